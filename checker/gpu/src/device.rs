//! A simulated device and its owner's view of it.

use cubecl_common::device::DeviceId;
use cubecl_core::{
    CubeElement,
    client::Client,
    server::{Handle, ServerError},
};
use cubecl_server::runtime::Runtime;

use crate::{
    counts::Launch,
    finding::Finding,
    limits::Limits,
    registry,
    runtime::{SimulatedDevice, Simulator},
};

/// How a device behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What a launch may ask for; [`Limits::CUDA`] by default.
    pub limits: Limits,
    /// Instructions, counted over all units of a launch, after which the kernel is stopped as
    /// endless. 20 thousand million by default, which takes a few seconds to minutes.
    pub budget: u64,
    /// What becomes of an access outside its buffer; [`Bounds::Catch`] by default.
    pub bounds: Bounds,
    /// Accesses that each launch records in its [`Trace`](crate::Trace); none by default.
    pub trace: usize,
    /// Threads that execute the cubes of one launch; 1 by default. Results, counts and findings
    /// do not depend on it.
    pub threads: usize,
}

/// What becomes of an access outside its buffer or array.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bounds {
    /// It is a [`Fault::OutOfBounds`](crate::Fault::OutOfBounds), however the kernel is launched.
    #[default]
    Catch,
    /// What CubeCL promises: in a kernel launched with `launch` the read gives zero and the write
    /// does nothing; in one launched with `launch_unchecked` it is a fault.
    AsLaunched,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::CUDA,
            budget: 20_000_000_000,
            bounds: Bounds::Catch,
            trace: 0,
            threads: 1,
        }
    }
}

/// A simulated GPU that nobody else uses.
///
/// Kernels are launched on its [`client`](Gpu::client), which is the same type for every CubeCL
/// runtime. What the launches did is in [`launches`](Gpu::launches).
///
/// ```
/// use gpu::{Gpu, cubecl::{self, prelude::*}};
///
/// #[cube(launch)]
/// fn double(x: &[f32], y: &mut [f32]) {
///     if ABSOLUTE_POS < y.len() {
///         y[ABSOLUTE_POS] = x[ABSOLUTE_POS] + x[ABSOLUTE_POS];
///     }
/// }
///
/// fn main() -> Result<(), gpu::ReadError> {
///     let gpu = Gpu::new();
///     let x = gpu.upload("x", &[1.0f32, 2.0, 3.0]);
///     let y = gpu.allocate::<f32>("y", 3);
///     double::launch(
///         &gpu.client(),
///         CubeCount::Static(1, 1, 1),
///         CubeDim::new_1d(32),
///         gpu.argument::<f32>(&x),
///         gpu.argument::<f32>(&y),
///     );
///     assert_eq!(gpu.read::<f32>(&y)?, [2.0, 4.0, 6.0]);
///
///     let launch = &gpu.launches()[0];
///     assert_eq!(launch.counts.buffer("x").unwrap().load.elements, 6);
///     assert_eq!(launch.counts.float_ops, 3);
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Gpu {
    index: u16,
}

impl Gpu {
    /// A device with the default [`Options`].
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    /// A device that behaves as asked.
    ///
    /// ```
    /// use gpu::{Gpu, Limits, Options};
    ///
    /// let portable = Gpu::with(Options { limits: Limits::WEBGPU, ..Options::default() });
    /// ```
    pub fn with(options: Options) -> Self {
        Self { index: registry::acquire(options) }
    }

    /// The client on which kernels are launched.
    pub fn client(&self) -> Client {
        Simulator::client(&self.device())
    }

    /// The device, for code that is generic over CubeCL's runtimes.
    pub fn device(&self) -> SimulatedDevice {
        SimulatedDevice::from(DeviceId { type_id: 0, index_id: self.index })
    }

    /// A buffer that holds `values` and is called `name` in counts and findings.
    pub fn upload<T: CubeElement>(&self, name: &str, values: &[T]) -> Handle {
        let handle = self.client().create_from_slice(T::as_bytes(values));
        self.name(&handle, name);
        handle
    }

    /// A buffer for `length` elements, called `name`. It is full of bytes that make a NaN.
    pub fn allocate<T: CubeElement>(&self, name: &str, length: usize) -> Handle {
        let handle = self.client().empty(length * size_of::<T>());
        self.name(&handle, name);
        handle
    }

    /// Calls a buffer `name` in the counts and findings of launches still to come.
    pub fn name(&self, handle: &Handle, name: &str) {
        let id = handle.memory.clone().binding().id();
        registry::state(self.index).lock().names.insert(id, name.into());
    }

    /// A kernel argument over a whole buffer of `T`.
    pub fn argument<T: CubeElement>(&self, handle: &Handle) -> cubecl_core::prelude::BufferArg {
        let length = handle.size_in_used() as usize / size_of::<T>();
        // SAFETY: the length is the handle's own, and the simulator checks every access anyway.
        unsafe { cubecl_core::prelude::BufferArg::from_raw_parts(handle.clone(), length) }
    }

    /// The elements of a buffer, once everything launched before has run.
    ///
    /// # Errors
    /// The finding of the launch that was to write the buffer; or what CubeCL says about it, if
    /// the failure was none of a kernel's.
    pub fn read<T: CubeElement>(&self, handle: &Handle) -> Result<Vec<T>, ReadError> {
        match self.client().read_one(handle.clone()) {
            Ok(bytes) => Ok(T::from_bytes(&bytes).to_vec()),
            Err(error) => Err(match self.finding_in(&error) {
                Some(finding) => ReadError::Finding(Box::new(finding)),
                None => ReadError::Server(error.to_string()),
            }),
        }
    }

    /// The finding that one of CubeCL's errors is about.
    pub fn finding_in(&self, error: &ServerError) -> Option<Finding> {
        let text = error.to_string();
        let state = registry::state(self.index);
        let state = state.lock();
        let found = state.findings.iter().rev().find(|(words, _)| text.contains(words));
        found.map(|(_, finding)| finding.clone())
    }

    /// Allocations, reads, writes and launches that the device was asked for so far.
    pub fn operations(&self) -> u64 {
        registry::state(self.index).lock().operations
    }

    /// The launches since the last call, in order, once they have run.
    pub fn launches(&self) -> Vec<Launch> {
        // A failed launch is in the list as well; that it failed is nothing to stop for.
        let _ = cubecl_environment::future::block_on(self.client().sync());
        std::mem::take(&mut registry::state(self.index).lock().launches)
    }
}

impl Default for Gpu {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Gpu {
    fn drop(&mut self) {
        // What is still queued must not be recorded for the next owner.
        let _ = cubecl_environment::future::block_on(self.client().sync());
        registry::release(self.index);
    }
}

/// Why a buffer could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// A kernel that was to write it made a mistake.
    Finding(Box<Finding>),
    /// Anything else, in CubeCL's words.
    Server(String),
}

impl std::error::Error for ReadError {}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReadError::Finding(finding) => finding.fmt(f),
            ReadError::Server(text) => f.write_str(text),
        }
    }
}
