//! A simulated device, and what kernels did on it.

use crate::caught;
use gpu::cubecl::client::Client;
use gpu::cubecl::prelude::{BufferArg, CubeElement};
use gpu::cubecl::server::Handle;
use gpu::{BufferCounts, Finding, Gpu, Launch, Limits, Options, SharedCounts};
use kit::Check;
use std::marker::PhantomData;

/// Instructions that a launch may take, over all its units: a few seconds. Kernels of exercises
/// take a hundredth of it, and one that never ends is told from one that is slow.
const BUDGET: u64 = 500_000_000;

/// A device for the kernels of one check, which counts what they do and catches what they do
/// wrong. What runs on it runs on every GPU: it has no more units (256 a cube) and no more
/// shared memory (16 KiB) than WebGPU promises.
///
/// The first mistake ends a launch; its output, and what later launches make of that, is lost.
#[derive(Debug)]
pub struct Lab {
    gpu: Gpu,
}

/// Memory of the device for a number of `T`.
#[derive(Clone, Debug)]
pub struct Buffer<T> {
    handle: Handle,
    elements: PhantomData<T>,
}

impl<T> Buffer<T> {
    /// How many elements it holds.
    pub fn len(&self) -> usize {
        self.handle.size_in_used() as usize / size_of::<T>()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Lab {
    /// A device that nobody else uses.
    #[allow(clippy::new_without_default)] // a device is made on purpose
    pub fn new() -> Self {
        let options = Options {
            limits: Limits::WEBGPU,
            budget: BUDGET,
            ..Options::default()
        };
        Self {
            gpu: Gpu::with(options),
        }
    }

    /// What kernels are launched on.
    pub fn client(&self) -> Client {
        self.gpu.client()
    }

    /// A buffer of `values`; messages and counts call it `name`.
    pub fn upload<T: CubeElement>(&self, name: &str, values: &[T]) -> Buffer<T> {
        Buffer {
            handle: self.gpu.upload(name, values),
            elements: PhantomData,
        }
    }

    /// A buffer for `length` elements, which are NaN until a kernel writes them.
    pub fn allocate<T: CubeElement>(&self, name: &str, length: usize) -> Buffer<T> {
        Buffer {
            handle: self.gpu.allocate::<T>(name, length),
            elements: PhantomData,
        }
    }

    /// A buffer as the argument of a kernel.
    pub fn argument<T: CubeElement>(&self, buffer: &Buffer<T>) -> BufferArg {
        self.gpu.argument::<T>(&buffer.handle)
    }

    /// What a buffer holds; NaN where a mistake kept it from being written.
    pub fn read<T: CubeElement>(&self, buffer: &Buffer<T>) -> Vec<T> {
        // That nothing was caught is observed by `run`; a second message would say it again.
        let nothing = || T::from_bytes(&vec![0xff; size_of::<T>() * buffer.len()]).to_vec();
        self.gpu.read(&buffer.handle).unwrap_or_else(|_| nothing())
    }

    /// What a buffer of `f32` holds, as evidence: each number as the shortest decimal that stands
    /// for it, 0.1 rather than 0.10000000149011612, which is as true and can be read.
    pub fn numbers(&self, buffer: &Buffer<f32>) -> Vec<f64> {
        let decimal = |x: f32| x.to_string().parse().unwrap_or(f64::from(x));
        self.read(buffer).into_iter().map(decimal).collect()
    }

    /// What the launches since the last call did. `case` says with what they were launched, and
    /// names the observation of what was caught: if it was anything, that is the evidence, and
    /// there is no run to look at.
    ///
    /// # Panics
    /// As the kernel panicked while CubeCL compiled it: so does a `todo!()` in it.
    pub fn run(&self, c: &mut Check, case: &str) -> Option<Run> {
        let launched = self.launched();
        match &launched {
            Ok(_) => c.observe_told(case, caught::NOTHING, ""),
            Err(finding) => {
                c.observe_told(case, &caught::words(finding), &caught::story(finding));
            }
        }
        launched.ok()
    }

    /// What the launches since the last call did; without a check to tell it to.
    ///
    /// # Errors
    /// What was caught first.
    ///
    /// # Panics
    /// As [`run`](Lab::run).
    pub fn launched(&self) -> Result<Run, Box<Finding>> {
        let launches = self.gpu.launches();
        for line in launches.iter().flat_map(|launch| &launch.printed) {
            println!("{line}");
        }
        kit::resume_panic_of_another_thread();
        match launches.iter().find_map(|launch| launch.finding.clone()) {
            Some(finding) => Err(Box::new(finding)),
            None => Ok(Run { launches }),
        }
    }
}

/// What launches did that went through. Numbers are `f64` because evidence is.
#[derive(Clone, Debug)]
pub struct Run {
    /// Each launch, in order.
    pub launches: Vec<Launch>,
}

impl Run {
    /// Elements loaded from the buffers called `name`, over all launches.
    pub fn loads(&self, name: &str) -> f64 {
        self.named(name, |buffer| buffer.load.elements)
    }

    /// Elements stored to the buffers called `name`, over all launches.
    pub fn stores(&self, name: &str) -> f64 {
        self.named(name, |buffer| buffer.store.elements)
    }

    /// Sectors that loads from the buffers called `name` move: of each access of a plane, the
    /// aligned blocks of 32 bytes that it touches. A plane whose 32 units load neighbouring
    /// `f32` moves 4 of them; one whose units load far apart, 32.
    pub fn load_sectors(&self, name: &str) -> f64 {
        self.named(name, |buffer| buffer.load.sectors)
    }

    /// Sectors that stores to the buffers called `name` move, as of
    /// [`load_sectors`](Run::load_sectors).
    pub fn store_sectors(&self, name: &str) -> f64 {
        self.named(name, |buffer| buffer.store.sectors)
    }

    /// Elements loaded from and stored to global memory.
    pub fn traffic(&self) -> f64 {
        self.sum(|launch| launch.counts.load().elements + launch.counts.store().elements)
    }

    /// The most barriers that a cube meets at.
    pub fn barriers_per_cube(&self) -> f64 {
        self.max(|launch| launch.counts.barriers_per_cube)
    }

    /// The most bytes of shared memory that a cube declares.
    pub fn shared_bytes(&self) -> f64 {
        self.max(|launch| launch.counts.shared.bytes_per_cube)
    }

    /// Elements loaded from shared memory.
    pub fn shared_loads(&self) -> f64 {
        self.shared(|shared| shared.load.elements)
    }

    /// Elements stored to shared memory.
    pub fn shared_stores(&self) -> f64 {
        self.shared(|shared| shared.store.elements)
    }

    /// Cycles that planes wait because their units want different words of one bank of shared
    /// memory: word i is in bank i mod 32, and a bank serves one word a cycle. An access whose
    /// units want n words of a bank waits n − 1 cycles; units that want the same word share it.
    pub fn bank_conflicts(&self) -> f64 {
        self.shared(|shared| shared.load.bank_conflicts + shared.store.bank_conflicts)
    }

    /// The most accesses to memory, global or shared, that a single unit makes.
    pub fn busiest_unit(&self) -> f64 {
        self.max(|launch| launch.counts.busiest_unit_accesses)
    }

    /// Floating-point operations.
    pub fn flops(&self) -> f64 {
        self.sum(|launch| launch.counts.float_ops)
    }

    fn named(&self, name: &str, part: impl Fn(&BufferCounts) -> u64) -> f64 {
        self.sum(|launch| {
            let buffers = launch.counts.buffers.iter();
            let named = buffers.filter(|buffer| buffer.name.as_deref() == Some(name));
            named.map(&part).sum()
        })
    }

    fn shared(&self, part: impl Fn(&SharedCounts) -> u64) -> f64 {
        self.sum(|launch| part(&launch.counts.shared))
    }

    fn sum(&self, part: impl Fn(&Launch) -> u64) -> f64 {
        self.launches.iter().map(part).sum::<u64>() as f64
    }

    fn max(&self, part: impl Fn(&Launch) -> u64) -> f64 {
        self.launches.iter().map(part).max().unwrap_or(0) as f64
    }
}
