//! The server behind a client: memory, and launches one after another.
//!
//! It is synchronous, as the dummy server in CubeCL's own tests is, after whose structure it is
//! written (MIT or Apache-2.0). A launch that fails leaves its failure on the buffers it was to
//! write, where the read finds it.

mod properties;
mod run;

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use cubecl_common::{
    bytes::Bytes,
    device::{DeviceId, DeviceService, ServerUtilitiesHandle, ServiceId},
    profile::ProfileDuration,
};
use cubecl_environment::{backtrace::BackTrace, future::DynFut, stream::StreamId};
use cubecl_server::{
    allocator::ContiguousMemoryLayoutPolicy,
    dry_run::LaunchMode,
    id::KernelId,
    kernel::{CompiledKernel, CubeKernel},
    logging::ServerLogger,
    memory_management::{
        Claim, Cleanup, ErrorGraph, ManagedMemoryHandle, MemoryAllocationMode, MemoryConfiguration,
        MemoryManagement, MemoryManagementOptions, PageUpdate, Skipped, StreamMemoryReport,
    },
    runtime::Runtime,
    server::{
        BufferBinding, CopyDescriptor, CubeCount, KernelArguments, ProfileError, ProfilingToken,
        Server, ServerCommunication, ServerError, ServerStorage, ServerUtilities,
    },
    storage::{BytesResource, BytesStorage, ManagedResource},
    timestamp_profiler::TimestampProfiler,
};

use crate::{ir::Flattening, registry, runtime::Simulator};

/// Serves one simulated device.
pub struct SimulatedServer {
    state: registry::Shared,
    memory: MemoryManagement<BytesStorage>,
    failures: ErrorGraph,
    timestamps: TimestampProfiler,
    utilities: Arc<ServerUtilities>,
    kernels: HashMap<KernelId, Arc<CompiledKernel<Flattening>>>,
}

impl std::fmt::Debug for SimulatedServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SimulatedServer")
    }
}

impl DeviceService for SimulatedServer {
    fn init(device: DeviceId) -> Self {
        let logger = Arc::new(ServerLogger::default());
        let properties = properties::properties();
        let memory = MemoryManagement::from_configuration(
            BytesStorage::default(),
            &properties.memory,
            MemoryConfiguration::default(),
            logger.clone(),
            MemoryManagementOptions::new("simulator"),
        );
        let (utilities, _) = ServerUtilities::init(
            ServiceId::of::<Self>(device),
            "simulator",
            properties,
            Simulator::target_properties(),
            logger,
            ContiguousMemoryLayoutPolicy::new(BytesStorage::ALIGNMENT),
        );
        Self {
            state: registry::state(device.index_id),
            memory,
            failures: ErrorGraph::default(),
            timestamps: TimestampProfiler::default(),
            utilities: Arc::new(utilities),
            kernels: HashMap::new(),
        }
    }

    fn utilities(&self) -> ServerUtilitiesHandle {
        self.utilities.clone() as ServerUtilitiesHandle
    }
}

impl SimulatedServer {
    /// Fails if one of the buffers was to be written by work that failed.
    fn ensure_written<'a>(
        &self,
        buffers: impl Iterator<Item = &'a BufferBinding>,
    ) -> Result<(), ServerError> {
        self.failures.reports(buffers.filter_map(|buffer| {
            let id = buffer.memory.id();
            if !buffer.memory.descriptor().is_allocated() {
                return Some(Claim::Unallocated(id));
            }
            self.memory
                .failure(&buffer.memory, buffer.range())
                .map(|failure| Claim::Failed(failure, id))
        }))
    }

    /// Leaves a failure on the buffers that were to be written.
    fn taint(&mut self, error: ServerError, written: &[BufferBinding]) {
        self.timestamps.failure(&error);
        let failure = self.failures.insert(error);
        for buffer in written {
            self.memory.taint(&buffer.memory, buffer.range(), failure, &mut self.failures);
        }
        self.failures.prune(failure);
    }

    /// Leaves the failure that a launch's input carries on the buffers that the launch was to
    /// write, and says so.
    fn skip(
        &mut self,
        kernel: KernelId,
        inputs: &[BufferBinding],
        written: &[BufferBinding],
    ) -> bool {
        let carried = inputs.iter().find_map(|input| {
            let failure = if input.memory.descriptor().is_allocated() {
                self.memory.failure(&input.memory, input.range())
            } else {
                self.failures.unallocated_failure(input.memory.id())
            };
            failure.map(|failure| (failure, input.memory.id()))
        });
        let Some((failure, needed)) = carried else {
            return false;
        };
        if let Some(error) = self.failures.error(failure) {
            self.timestamps.failure(error);
        }
        let produced = written.iter().map(|buffer| buffer.memory.id()).collect();
        self.failures.skipped(failure, Skipped { kernel, needed, produced });
        for buffer in written {
            self.memory.taint(&buffer.memory, buffer.range(), failure, &mut self.failures);
        }
        true
    }

    fn note_operation(&self) {
        self.state.lock().operations += 1;
    }

    fn allocate(&mut self, memory: &ManagedMemoryHandle, size: u64) -> Result<(), ServerError> {
        let reserved = self.memory.reserve(size, PageUpdate::Allow, &mut self.failures)?;
        self.memory.bind(reserved, memory.clone(), 0, &mut self.failures)?;
        // A NaN in every float: what was never written must not look like a useful zero.
        self.memory.get_resource(memory.clone().binding(), None, None)?.write().fill(0xFF);
        Ok(())
    }

    fn resource(&mut self, buffer: &BufferBinding) -> Result<BytesResource, ServerError> {
        Ok(self.memory.get_resource(
            buffer.memory.clone(),
            buffer.offset_start,
            buffer.offset_end,
        )?)
    }
}

fn failure(reason: impl Into<String>) -> ServerError {
    ServerError::Generic { reason: reason.into(), backtrace: BackTrace::capture() }
}

impl ServerCommunication for SimulatedServer {}

impl Server for SimulatedServer {
    fn logger(&self) -> Arc<ServerLogger> {
        self.utilities.logger.clone()
    }

    fn utilities(&self) -> Arc<ServerUtilities> {
        self.utilities.clone()
    }

    fn initialize_memory(
        &mut self,
        memory: ManagedMemoryHandle,
        size: u64,
        _: StreamId,
    ) -> Result<(), ServerError> {
        self.note_operation();
        let allocated = self.allocate(&memory, size);
        if let Err(error) = &allocated {
            self.failures.fail_unallocated(&memory, error.clone());
        }
        allocated
    }

    fn read(
        &mut self,
        descriptors: Vec<CopyDescriptor>,
        _: StreamId,
    ) -> DynFut<Result<Vec<Bytes>, ServerError>> {
        self.note_operation();
        let written = self.ensure_written(descriptors.iter().map(|descriptor| &descriptor.handle));
        let bytes = written.and_then(|()| {
            let mut all = Vec::new();
            for descriptor in &descriptors {
                let size = descriptor.handle.size_in_used() as usize;
                let resource = self.resource(&descriptor.handle)?;
                all.push(Bytes::from_bytes_vec(resource.read()[..size].to_vec()));
            }
            Ok(all)
        });
        Box::pin(async move { bytes })
    }

    fn write(&mut self, descriptors: Vec<(CopyDescriptor, Bytes)>, _: StreamId) {
        self.note_operation();
        for (descriptor, data) in descriptors {
            let buffer = descriptor.handle;
            match self.resource(&buffer) {
                Ok(mut resource) => {
                    resource.write()[..data.len()].copy_from_slice(&data);
                    self.memory.written(&buffer.memory, buffer.range(), &mut self.failures);
                }
                Err(error) => self.taint(error, &[buffer]),
            }
        }
    }

    fn sync(
        &mut self,
        buffers: Vec<BufferBinding>,
        _: StreamId,
    ) -> DynFut<Result<(), ServerError>> {
        let result = self.ensure_written(buffers.iter());
        Box::pin(async move { result })
    }

    fn check(&mut self, buffers: Vec<BufferBinding>, _: StreamId) -> Result<(), ServerError> {
        self.ensure_written(buffers.iter())
    }

    // The trait makes the method unsafe because kernels may be; simulated ones are checked.
    unsafe fn launch(
        &mut self,
        kernel: Box<dyn CubeKernel>,
        count: CubeCount,
        arguments: KernelArguments,
        _: StreamId,
        mode: LaunchMode,
    ) {
        self.note_operation();
        let compiled = self.compile(kernel.as_ref());
        if mode.is_skipped() {
            return;
        }
        let io = compiled.as_ref().ok().and_then(|kernel| kernel.io.clone());
        let written: Vec<BufferBinding> =
            arguments.buffers_written(io.as_deref()).cloned().collect();
        let mut inputs: Vec<BufferBinding> =
            arguments.buffers_read(io.as_deref()).cloned().collect();
        if let CubeCount::Dynamic(buffer) = &count {
            inputs.push(buffer.clone());
        }
        let result = match compiled {
            Err(error) => Err(error),
            Ok(_) if self.skip(kernel.id(), &inputs, &written) => return,
            // A bug in here must not look like a kernel that wrote nothing.
            Ok(compiled) => {
                catch_unwind(AssertUnwindSafe(|| self.run(&compiled, count, &arguments)))
                    .unwrap_or_else(|_| Err(failure("the simulator itself panicked")))
            }
        };
        match result {
            Ok(()) => {
                for buffer in &written {
                    self.memory.written(&buffer.memory, buffer.range(), &mut self.failures);
                }
            }
            Err(error) => self.taint(error, &written),
        }
    }

    fn flush(&mut self, _: StreamId) -> Result<(), ServerError> {
        Ok(())
    }

    fn memory_report(&mut self, stream: StreamId) -> Option<StreamMemoryReport> {
        Some(StreamMemoryReport {
            stream,
            pools: self.memory.memory_report(),
            auxiliary: Vec::new(),
        })
    }

    fn memory_cleanup(&mut self, _: StreamId) -> Result<(), ServerError> {
        self.memory.cleanup(Cleanup::Explicit, &mut self.failures);
        Ok(())
    }

    fn start_profile(&mut self, _: StreamId) -> Result<ProfilingToken, ServerError> {
        Ok(self.timestamps.start())
    }

    fn end_profile(
        &mut self,
        _: StreamId,
        token: ProfilingToken,
    ) -> Result<ProfileDuration, ProfileError> {
        self.timestamps.stop(token)
    }

    fn allocation_mode(&mut self, mode: MemoryAllocationMode, _: StreamId) {
        self.memory.mode(mode);
    }
}

impl ServerStorage for SimulatedServer {
    type Storage = BytesStorage;

    fn get_resource(
        &mut self,
        buffer: BufferBinding,
        _: StreamId,
    ) -> Result<ManagedResource<BytesResource>, ServerError> {
        let resource = self.resource(&buffer)?;
        Ok(ManagedResource::new(buffer.memory, resource))
    }
}
