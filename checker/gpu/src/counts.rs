//! What a launch did, in numbers.

use std::fmt;

use crate::{finding::Finding, trace::Trace};

/// Loads from or stores to one buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Scalars: an access to a vector of 4 counts 4.
    pub elements: u64,
    pub bytes: u64,
    /// Accesses, one for each unit that makes one.
    pub accesses: u64,
    /// Accesses, one for each plane that makes one.
    pub requests: u64,
    /// Aligned blocks of 128 bytes that each request touches, summed over the requests.
    pub segments: u64,
    /// Aligned blocks of 32 bytes that each request touches, summed over the requests. This is
    /// what a GPU moves, as far as its caches do not help.
    pub sectors: u64,
}

impl Traffic {
    /// The part of the moved bytes that the kernel asked for; 1 for perfectly coalesced access,
    /// above 1 where units of a plane share a load.
    pub fn efficiency(&self) -> f64 {
        self.bytes as f64 / (self.sectors * 32) as f64
    }

    fn add(&mut self, other: &Traffic) {
        self.elements += other.elements;
        self.bytes += other.bytes;
        self.accesses += other.accesses;
        self.requests += other.requests;
        self.segments += other.segments;
        self.sectors += other.sectors;
    }
}

/// What happened to one kernel argument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BufferCounts {
    /// The name given to the buffer, if any.
    pub name: Option<String>,
    pub load: Traffic,
    pub store: Traffic,
    /// Atomic operations, in scalars. They are part of neither `load` nor `store`.
    pub atomics: u64,
    /// Bytes of the atomic operations.
    pub atomic_bytes: u64,
}

/// Loads from or stores to shared memory, summed over cubes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SharedTraffic {
    /// Scalars.
    pub elements: u64,
    pub bytes: u64,
    /// Accesses, one for each plane that makes one.
    pub requests: u64,
    /// Cycles that bank conflicts cost: an access of which `n` lanes want different words of
    /// the same bank costs `n - 1`.
    pub bank_conflicts: u64,
}

/// What happened to shared memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SharedCounts {
    /// Bytes that one cube declares.
    pub bytes_per_cube: u64,
    pub load: SharedTraffic,
    pub store: SharedTraffic,
    /// Atomic operations, in scalars.
    pub atomics: u64,
}

/// Everything that can be counted while a kernel runs. Sums over all cubes unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// One entry for each buffer argument, in their order.
    pub buffers: Vec<BufferCounts>,
    pub shared: SharedCounts,
    /// Floating-point operations: 1 for an addition, a multiplication, a function such as `exp`;
    /// 2 for a fused multiply-add. Comparisons and conversions are none.
    pub float_ops: u64,
    /// Barriers, one for each cube that meets at one.
    pub barriers: u64,
    /// The most barriers that one cube meets at.
    pub barriers_per_cube: u64,
    /// Plane operations, one for each plane that executes one.
    pub plane_ops: u64,
    /// Branches and loop tests, one for each plane that executes one.
    pub branches: u64,
    /// Those of them at which the units of a plane part.
    pub divergent_branches: u64,
    /// The most accesses to global and shared memory that a single unit makes.
    pub busiest_unit_accesses: u64,
    /// Instructions of the simulator's bytecode, summed over units. They measure the simulator,
    /// and move when CubeCL's optimisations do.
    pub instructions: u64,
}

impl Counts {
    /// Loads of all buffers together.
    pub fn load(&self) -> Traffic {
        self.total(|buffer| &buffer.load)
    }

    /// Stores of all buffers together.
    pub fn store(&self) -> Traffic {
        self.total(|buffer| &buffer.store)
    }

    fn total(&self, part: impl Fn(&BufferCounts) -> &Traffic) -> Traffic {
        self.buffers.iter().map(part).fold(Traffic::default(), |mut sum, traffic| {
            sum.add(traffic);
            sum
        })
    }

    /// Bytes of global memory that the kernel asks for: loads, stores and atomics.
    pub fn global_bytes(&self) -> u64 {
        let atomics: u64 = self.buffers.iter().map(|buffer| buffer.atomic_bytes).sum();
        self.load().bytes + self.store().bytes + atomics
    }

    /// Floating-point operations for each byte of global memory asked for, in FLOP/B.
    /// Infinite where no byte is.
    pub fn intensity(&self) -> f64 {
        self.float_ops as f64 / self.global_bytes() as f64
    }

    /// The counts of the buffer that was given this name.
    pub fn buffer(&self, name: &str) -> Option<&BufferCounts> {
        self.buffers.iter().find(|buffer| buffer.name.as_deref() == Some(name))
    }

    /// Adds what other cubes of the same launch did.
    pub(crate) fn add(&mut self, other: &Counts) {
        for (buffer, more) in self.buffers.iter_mut().zip(&other.buffers) {
            buffer.load.add(&more.load);
            buffer.store.add(&more.store);
            buffer.atomics += more.atomics;
            buffer.atomic_bytes += more.atomic_bytes;
        }
        for (part, more) in [
            (&mut self.shared.load, &other.shared.load),
            (&mut self.shared.store, &other.shared.store),
        ] {
            part.elements += more.elements;
            part.bytes += more.bytes;
            part.requests += more.requests;
            part.bank_conflicts += more.bank_conflicts;
        }
        self.shared.atomics += other.shared.atomics;
        self.float_ops += other.float_ops;
        self.barriers += other.barriers;
        self.barriers_per_cube = self.barriers_per_cube.max(other.barriers_per_cube);
        self.plane_ops += other.plane_ops;
        self.branches += other.branches;
        self.divergent_branches += other.divergent_branches;
        self.busiest_unit_accesses = self.busiest_unit_accesses.max(other.busiest_unit_accesses);
        self.instructions += other.instructions;
    }
}

/// A launch that has run, or was stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Launch {
    /// The kernel's name.
    pub kernel: String,
    /// Cubes along x, y and z.
    pub grid: [u32; 3],
    /// Units of a cube along x, y and z.
    pub cube_dim: [u32; 3],
    /// What was counted; up to the mistake, if there was one.
    pub counts: Counts,
    /// The mistake that stopped the launch.
    pub finding: Option<Finding>,
    /// Lines the kernel printed, in the order of its units.
    pub printed: Vec<String>,
    /// Its accesses, if they were to be recorded.
    pub trace: Option<Trace>,
}

impl Launch {
    /// Cubes in the launch.
    pub fn cubes(&self) -> u64 {
        self.grid.iter().map(|count| u64::from(*count)).product()
    }

    /// Units in the launch.
    pub fn units(&self) -> u64 {
        self.cubes() * self.cube_dim.iter().map(|count| u64::from(*count)).product::<u64>()
    }
}

impl fmt::Display for Launch {
    /// A summary of a few lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        writeln!(f, "{}: {} cubes, {} units", self.kernel, self.cubes(), self.units())?;
        for (position, buffer) in counts.buffers.iter().enumerate() {
            let name = buffer.name.clone().unwrap_or_else(|| format!("buffer #{position}"));
            writeln!(
                f,
                "  {name}: {} loads in {} sectors, {} stores in {} sectors, {} atomics",
                buffer.load.elements,
                buffer.load.sectors,
                buffer.store.elements,
                buffer.store.sectors,
                buffer.atomics,
            )?;
        }
        let shared = &counts.shared;
        writeln!(
            f,
            "  shared memory: {} bytes per cube, {} loads, {} stores, {} bank conflicts",
            shared.bytes_per_cube,
            shared.load.elements,
            shared.store.elements,
            shared.load.bank_conflicts + shared.store.bank_conflicts,
        )?;
        write!(
            f,
            "  {} float operations, {} barriers, {} of {} branches divergent",
            counts.float_ops, counts.barriers, counts.divergent_branches, counts.branches,
        )
    }
}
