//! A launch: compile, check what it asks for, execute, and put the memory back.

use std::{
    any::Any,
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use cubecl_core::define_kernel;
use cubecl_environment::backtrace::BackTrace;
use cubecl_server::{
    compiler::CompilationError,
    kernel::{CompiledKernel, CubeKernel},
    memory_management::ManagedMemoryId,
    server::{
        BufferBinding, CubeCount, KernelArguments, KernelResource, LaunchError, ResourceLimitError,
        ServerError,
    },
};

use super::{SimulatedServer, failure};
use crate::{
    counts::{Counts, Launch},
    device::Bounds,
    exec::{Binding, Outcome, Task, execute},
    finding::{Fault, Finding, Resource},
    ir::{
        Flattening,
        program::Program,
        refusal::{Refusal, refusal_in},
    },
    limits::{Limits, Request},
    trace::Recorder,
};

/// What a panic said.
fn words_of(panic: &(dyn Any + Send)) -> &str {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words")
}

/// Why a kernel does not compile, without what CubeCL wraps around it.
fn reason(error: &CompilationError) -> String {
    let words = match error {
        CompilationError::Generic { reason, .. } | CompilationError::Validation { reason, .. } => {
            reason.clone()
        }
        CompilationError::ExpansionPanicked { message, .. } => message.clone(),
        other => other.to_string(),
    };
    let words = words.trim_start_matches("Compilation error: verification failed.");
    words.trim().replace('\n', " ")
}

impl SimulatedServer {
    /// The kernel's bytecode, compiled once.
    pub fn compile(
        &mut self,
        kernel: &dyn CubeKernel,
    ) -> Result<Arc<CompiledKernel<Flattening>>, ServerError> {
        let id = kernel.id();
        if let Some(compiled) = self.kernels.get(&id) {
            return Ok(compiled.clone());
        }
        let compiled = define_kernel(kernel).and_then(|definition| {
            let compile = || CompiledKernel::compile(kernel, definition, &mut Flattening, &());
            // CubeCL's passes panic at some kernels, such as a constant index beyond a local array.
            catch_unwind(AssertUnwindSafe(compile)).unwrap_or_else(|panic| {
                let reason = format!("its compiler panicked: {}", words_of(panic.as_ref()));
                Err(CompilationError::Generic { reason, backtrace: BackTrace::capture() })
            })
        });
        let mut compiled = compiled.map_err(|error| self.not_compiled(kernel, error))?;
        if let Some(program) = &mut compiled.repr {
            program.name = readable_name(kernel.name());
        }
        let compiled = Arc::new(compiled);
        self.kernels.insert(id, compiled.clone());
        Ok(compiled)
    }

    /// A kernel that does not compile is a finding, and a launch.
    fn not_compiled(&mut self, kernel: &dyn CubeKernel, error: CompilationError) -> ServerError {
        let refusal = refusal_in(&error);
        let fault = match &refusal {
            Some(Refusal { what, instead }) => {
                Fault::Unsupported { what: what.clone(), instead: instead.clone() }
            }
            None => Fault::NotCompiled { why: reason(&error) },
        };
        let finding = Finding { kernel: readable_name(kernel.name()), fault, expression: None };
        let dim = kernel.id().cube_dim;
        let error = match refusal {
            Some(_) => failure(finding.to_string()),
            None => LaunchError::CompilationError(error).into(),
        };
        let launch = Launch {
            kernel: finding.kernel.clone(),
            grid: [0; 3],
            cube_dim: [dim.x, dim.y, dim.z],
            counts: Counts::default(),
            finding: Some(finding),
            printed: Vec::new(),
            trace: None,
        };
        self.record(launch, Some(&error));
        error
    }

    /// Remembers a launch and, if it failed, what CubeCL is told about it.
    fn record(&mut self, launch: Launch, error: Option<&ServerError>) {
        let mut state = self.state.lock();
        if let (Some(finding), Some(error)) = (&launch.finding, error) {
            state.findings.push((error.to_string(), finding.clone()));
        }
        state.launches.push(launch);
    }

    /// Executes a compiled kernel.
    pub fn run(
        &mut self,
        kernel: &CompiledKernel<Flattening>,
        count: CubeCount,
        arguments: &KernelArguments,
    ) -> Result<(), ServerError> {
        let program = kernel
            .repr
            .as_ref()
            .ok_or_else(|| failure("kernels in source form are not simulated"))?;
        let grid = self.grid(count)?;
        let buffers = buffers(arguments)?;
        let launch = |counts, finding| Launch {
            kernel: program.name.clone(),
            grid,
            cube_dim: program.cube_dim,
            counts,
            finding,
            printed: Vec::new(),
            trace: None,
        };
        if let Err(fault) = self.check_limits(program, grid, buffers.len()) {
            let error = limit_error(program, &fault);
            let finding = Finding { kernel: program.name.clone(), fault, expression: None };
            self.record(launch(Counts::default(), Some(finding)), Some(&error));
            return Err(error);
        }

        let regions = regions(&buffers);
        let outcome = self.execute(program, grid, arguments, &buffers, &regions)?;
        let Outcome { counts, finding, printed, trace, arenas } = outcome;
        let error = finding.as_ref().map(|finding| failure(finding.to_string()));
        self.record(Launch { printed, trace, ..launch(counts, finding) }, error.as_ref());
        match error {
            Some(error) => Err(error),
            None => self.put_back(&regions, &arenas),
        }
    }

    fn grid(&mut self, count: CubeCount) -> Result<[u32; 3], ServerError> {
        match count {
            CubeCount::Static(x, y, z) => Ok([x, y, z]),
            CubeCount::Dynamic(buffer) => {
                let resource = self.resource(&buffer)?;
                let words = resource
                    .read()
                    .chunks_exact(4)
                    .map(|word| u32::from_ne_bytes([word[0], word[1], word[2], word[3]]));
                let words: Vec<u32> = words.take(3).collect();
                words
                    .try_into()
                    .map_err(|_| failure("a dynamic cube count needs a buffer of three u32"))
            }
        }
    }

    fn check_limits(&self, program: &Program, grid: [u32; 3], buffers: usize) -> Result<(), Fault> {
        let shared_bytes = program.shared_bytes.into();
        let request = Request { grid, cube_dim: program.cube_dim, shared_bytes, buffers };
        self.state.lock().options.limits.check(&request)
    }

    fn execute(
        &mut self,
        program: &Program,
        grid: [u32; 3],
        arguments: &KernelArguments,
        buffers: &[&BufferBinding],
        regions: &[Region],
    ) -> Result<Outcome, ServerError> {
        let arenas = self.take_out(regions)?;
        let options = self.state.lock().options.clone();
        let bytes: Vec<u8> =
            arguments.info.data.iter().flat_map(|word| word.to_ne_bytes()).collect();
        Ok(execute(Task {
            program,
            grid,
            arguments: &bytes,
            bindings: self.bindings(buffers, regions),
            arenas,
            budget: options.budget,
            forgiving: options.bounds == Bounds::AsLaunched && program.checked,
            threads: options.threads,
            recorder: (options.trace > 0).then(|| Recorder::new(options.trace)),
        }))
    }

    fn bindings(&self, buffers: &[&BufferBinding], regions: &[Region]) -> Vec<Binding> {
        let state = self.state.lock();
        let binding = |buffer: &&BufferBinding| {
            let id = buffer.memory.id();
            let arena = regions
                .iter()
                .position(|region| region.id == id)
                .expect("every buffer has a region");
            Binding {
                arena,
                start: (buffer.offset_start.unwrap_or(0) - regions[arena].start) as u32,
                bytes: buffer.size_in_used() as u32,
                name: state.names.get(&id).cloned(),
            }
        };
        buffers.iter().map(binding).collect()
    }

    /// Copies of the memory that a launch may touch.
    fn take_out(&mut self, regions: &[Region]) -> Result<Vec<Vec<u8>>, ServerError> {
        regions
            .iter()
            .map(|region| {
                let resource =
                    self.memory.get_resource(region.buffer.memory.clone(), None, None)?;
                Ok(resource.read()[region.start as usize..region.end as usize].to_vec())
            })
            .collect()
    }

    fn put_back(&mut self, regions: &[Region], arenas: &[Vec<u8>]) -> Result<(), ServerError> {
        for (region, bytes) in regions.iter().zip(arenas) {
            let mut resource =
                self.memory.get_resource(region.buffer.memory.clone(), None, None)?;
            resource.write()[region.start as usize..region.end as usize].copy_from_slice(bytes);
        }
        Ok(())
    }
}

/// What CubeCL calls a limit that it knows too.
fn limit_error(program: &Program, fault: &Fault) -> ServerError {
    let Fault::Limit { resource, requested, limit } = *fault else {
        return failure(fault.to_string());
    };
    let backtrace = BackTrace::capture();
    let [x, y, z] = program.cube_dim;
    let error = match resource {
        Resource::SharedBytes => ResourceLimitError::SharedMemory {
            requested: requested as usize,
            max: limit as usize,
            backtrace,
        },
        Resource::UnitsPerCube => {
            ResourceLimitError::Units { requested: requested as u32, max: limit as u32, backtrace }
        }
        Resource::CubeDim { .. } => {
            let [max_x, max_y, max_z] = Limits::CUDA.cube_dim;
            ResourceLimitError::CubeDim {
                requested: (x, y, z),
                max: (max_x, max_y, max_z),
                backtrace,
            }
        }
        Resource::CubeCount { .. } | Resource::Buffers => return failure(fault.to_string()),
    };
    LaunchError::TooManyResources(error).into()
}

fn buffers(arguments: &KernelArguments) -> Result<Vec<&BufferBinding>, ServerError> {
    arguments
        .resources
        .iter()
        .map(|resource| match resource {
            KernelResource::Buffer(buffer) => Ok(buffer),
            KernelResource::TensorMap(_) => Err(failure("tensor maps are not simulated")),
        })
        .collect()
}

/// The part of one allocation that a launch's buffers cover.
struct Region {
    id: ManagedMemoryId,
    buffer: BufferBinding,
    start: u64,
    end: u64,
}

/// One region for each allocation, so that buffers which overlap share memory.
fn regions(buffers: &[&BufferBinding]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut known: HashMap<ManagedMemoryId, usize> = HashMap::new();
    for buffer in buffers {
        let id = buffer.memory.id();
        let start = buffer.offset_start.unwrap_or(0);
        let end = start + buffer.size_in_used();
        match known.get(&id) {
            Some(index) => {
                let region = &mut regions[*index];
                (region.start, region.end) = (region.start.min(start), region.end.max(end));
            }
            None => {
                known.insert(id, regions.len());
                regions.push(Region { id, buffer: (*buffer).clone(), start, end });
            }
        }
    }
    regions
}

/// `crate::kernels::TiledMatmul<f32>` as its author wrote it: `tiled_matmul`.
fn readable_name(type_name: &str) -> String {
    let path = type_name.split('<').next().unwrap_or(type_name);
    let name = path.rsplit("::").next().unwrap_or(path);
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::readable_name;

    #[test]
    fn a_kernel_is_called_what_its_author_called_it() {
        assert_eq!(readable_name("a::b::TiledMatmul<a::F32, R>"), "tiled_matmul");
        assert_eq!(readable_name("Add"), "add");
    }
}
