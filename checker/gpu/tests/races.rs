//! The race detector against a brute-force oracle, on random small programs.
//!
//! One kernel executes a script: for every unit and every interval between two barriers, what
//! it does to which cell. The oracle compares every pair of accesses of the script.

use gpu::{
    Access, Fault, Gpu, Memory, ReadError, Unit,
    cubecl::{self, prelude::*},
};

const READ: u32 = 1;
const WRITE: u32 = 2;
const ATOMIC_UPDATE: u32 = 3;
const ATOMIC_READ: u32 = 4;

/// Executes a script on global memory. `plain` and `atomic` are the same buffer.
#[cube(launch)]
fn scripted_global(
    script: &[u32],
    plain: &mut [u32],
    atomic: &[Atomic<u32>],
    sums: &mut [u32],
    #[comptime] intervals: u32,
    #[comptime] steps: u32,
) {
    let mut sum = 0u32;
    for interval in 0..intervals {
        for step in 0..steps {
            let code =
                script[((ABSOLUTE_POS as u32 * intervals + interval) * steps + step) as usize];
            let cell = (code / 8) as usize;
            let action = code % 8;
            if action == 1 {
                sum += plain[cell];
            }
            if action == 2 {
                plain[cell] = sum;
            }
            if action == 3 {
                atomic[cell].fetch_add(1u32);
            }
            if action == 4 {
                sum += atomic[cell].load();
            }
        }
        sync_cube();
    }
    sums[ABSOLUTE_POS] = sum;
}

/// Executes a script on shared memory.
#[cube(launch)]
fn scripted_shared(
    script: &[u32],
    sums: &mut [u32],
    #[comptime] intervals: u32,
    #[comptime] steps: u32,
    #[comptime] cells: usize,
) {
    let mut memory = Shared::<[u32]>::new_slice(cells);
    let mut sum = 0u32;
    for interval in 0..intervals {
        for step in 0..steps {
            let code =
                script[((ABSOLUTE_POS as u32 * intervals + interval) * steps + step) as usize];
            let cell = (code / 8) as usize;
            let action = code % 8;
            if action == 1 {
                sum += memory[cell];
            }
            if action == 2 {
                memory[cell] = sum;
            }
        }
        sync_cube();
    }
    sums[ABSOLUTE_POS] = sum;
}

/// The shape of a launch and of its script.
#[derive(Clone, Copy)]
struct Shape {
    cubes: u32,
    units: u32,
    intervals: u32,
    steps: u32,
    cells: u32,
}

/// One access of a script.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Touch {
    cube: u32,
    unit: u32,
    interval: u32,
    step: u32,
    cell: u32,
    access: Access,
}

impl Touch {
    fn races(&self, other: &Touch) -> bool {
        let same_unit = (self.cube, self.unit) == (other.cube, other.unit);
        let ordered = self.cube == other.cube && self.interval != other.interval;
        let harmless = !self.access.writes() && !other.access.writes();
        let atomic = self.access.is_atomic() && other.access.is_atomic();
        self.cell == other.cell && !same_unit && !ordered && !harmless && !atomic
    }

    /// Another cube of shared memory is another memory.
    fn races_in_cube(&self, other: &Touch) -> bool {
        self.cube == other.cube && self.races(other)
    }

    /// Nothing that is ordered before this read has written its cell.
    fn is_uninitialised(&self, touches: &[Touch]) -> bool {
        let before = |other: &&Touch| {
            let same_unit = other.unit == self.unit;
            other.cube == self.cube
                && other.cell == self.cell
                && other.access.writes()
                && (other.interval < self.interval
                    || (same_unit && other.interval == self.interval && other.step < self.step))
        };
        !self.access.writes() && !touches.iter().any(|other| before(&other))
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }
}

/// A random script, mostly idle, with actions up to `actions`.
fn script(random: &mut Random, shape: Shape, actions: u32) -> (Vec<u32>, Vec<Touch>) {
    let (mut codes, mut touches) = (Vec::new(), Vec::new());
    // From nearly empty scripts, most of which are right, to busy ones, most of which are not.
    let idle = 1 + random.below(40);
    for index in 0..shape.cubes * shape.units * shape.intervals * shape.steps {
        let action = if random.below(idle + 1) == 0 { 1 + random.below(actions) } else { 0 };
        let cell = random.below(shape.cells);
        codes.push(cell * 8 + action);
        let access = match action {
            READ => Access::Read,
            WRITE => Access::Write,
            ATOMIC_UPDATE => Access::AtomicWrite,
            ATOMIC_READ => Access::AtomicRead,
            _ => continue,
        };
        let step = index % shape.steps;
        let interval = index / shape.steps % shape.intervals;
        let unit = index / (shape.steps * shape.intervals);
        let (cube, unit) = (unit / shape.units, unit % shape.units);
        touches.push(Touch { cube, unit, interval, step, cell, access });
    }
    (codes, touches)
}

fn is(touch: &Touch, (unit, access): (Unit, Access)) -> bool {
    (touch.cube, touch.unit, touch.access) == (unit.cube[0], unit.unit[0], access)
}

/// The finding is one of the oracle's, and there is none only if the oracle has none.
fn agree(
    touches: &[Touch],
    fault: Option<Fault>,
    races: impl Fn(&Touch, &Touch) -> bool,
    shared: bool,
) -> bool {
    let pairs =
        || touches.iter().enumerate().flat_map(|(i, a)| touches[..i].iter().map(move |b| (a, b)));
    match fault {
        None => {
            let race = pairs().any(|(a, b)| races(a, b));
            let early = shared && touches.iter().any(|touch| touch.is_uninitialised(touches));
            !race && !early
        }
        Some(Fault::Race { place, first, second }) => pairs().any(|(a, b)| {
            let those = (is(a, first) && is(b, second)) || (is(a, second) && is(b, first));
            races(a, b) && those && u64::from(a.cell) == place.element
        }),
        Some(Fault::Uninitialised { place, unit }) => touches.iter().any(|touch| {
            is(touch, (unit, Access::Read))
                && u64::from(touch.cell) == place.element
                && touch.is_uninitialised(touches)
        }),
        Some(other) => panic!("{other}"),
    }
}

fn fault_of(result: Result<Vec<u32>, ReadError>) -> Option<Fault> {
    match result {
        Ok(_) => None,
        Err(ReadError::Finding(finding)) => Some(finding.fault),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn global_memory() {
    let (gpu, mut random) = (Gpu::new(), Random(1));
    let shape = Shape { cubes: 3, units: 40, intervals: 3, steps: 2, cells: 400 };
    let mut wrong = 0;
    for round in 0..400 {
        let (codes, touches) = script(&mut random, shape, 4);
        let script = gpu.upload("script", &codes);
        let memory = gpu.upload("memory", &vec![0u32; shape.cells as usize]);
        let sums = gpu.allocate::<u32>("sums", (shape.cubes * shape.units) as usize);
        scripted_global::launch(
            &gpu.client(),
            CubeCount::Static(shape.cubes, 1, 1),
            CubeDim::new_1d(shape.units),
            gpu.argument::<u32>(&script),
            gpu.argument::<u32>(&memory),
            gpu.argument::<u32>(&memory),
            gpu.argument::<u32>(&sums),
            shape.intervals,
            shape.steps,
        );
        let fault = fault_of(gpu.read(&sums));
        if let Some(Fault::Race { place, .. }) = &fault {
            assert!(
                matches!(&place.memory, Memory::Buffer { name: Some(name), .. } if name == "memory")
            );
        }
        wrong += usize::from(fault.is_some());
        assert!(agree(&touches, fault.clone(), Touch::races, false), "round {round}: {fault:?}");
    }
    // The oracle is put to the question in both directions.
    assert!((60..340).contains(&wrong), "{wrong} of 400 scripts race");
}

#[test]
fn shared_memory() {
    let (gpu, mut random) = (Gpu::new(), Random(2));
    let shape = Shape { cubes: 2, units: 40, intervals: 3, steps: 2, cells: 60 };
    let (mut races, mut uninitialised) = (0, 0);
    for round in 0..400 {
        // With writes alone no read is uninitialised, and races are left.
        let (mut codes, mut touches) = script(&mut random, shape, 2);
        if round % 2 == 0 {
            codes.iter_mut().for_each(|code| *code += u32::from(*code % 8 == READ));
            touches.iter_mut().for_each(|touch| touch.access = Access::Write);
        }
        let script = gpu.upload("script", &codes);
        let sums = gpu.allocate::<u32>("sums", (shape.cubes * shape.units) as usize);
        scripted_shared::launch(
            &gpu.client(),
            CubeCount::Static(shape.cubes, 1, 1),
            CubeDim::new_1d(shape.units),
            gpu.argument::<u32>(&script),
            gpu.argument::<u32>(&sums),
            shape.intervals,
            shape.steps,
            shape.cells as usize,
        );
        let fault = fault_of(gpu.read(&sums));
        races += usize::from(matches!(fault, Some(Fault::Race { .. })));
        uninitialised += usize::from(matches!(fault, Some(Fault::Uninitialised { .. })));
        assert!(
            agree(&touches, fault.clone(), Touch::races_in_cube, true),
            "round {round}: {fault:?}"
        );
    }
    assert!(
        races > 60 && uninitialised > 60 && races + uninitialised < 380,
        "{races} {uninitialised}"
    );
}
