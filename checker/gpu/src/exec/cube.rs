//! One cube after another: its planes, and the barriers between them.

use super::{
    atomics::Operands,
    builtins::{Arguments, Position, cube_place, unit_place},
    compute::{compute, float_ops, zero_divisor},
    control::control,
    lanes::{LANES, Lanes},
    memory::Memories,
    plane::Plane,
    planewide::plane_op,
    print::print,
    track::Clock,
    traffic::Costs,
};
use crate::{
    counts::Counts,
    finding::{Absence, Fault, Unit},
    ir::program::{Inst, Program, Slot},
    trace::Recorder,
};

/// A fault, and the instruction that caused it.
#[derive(Clone, Debug)]
pub struct Trap {
    pub fault: Fault,
    pub at: Option<usize>,
}

impl Trap {
    pub fn at(plane: &Plane, fault: Fault) -> Self {
        Self { fault, at: Some(plane.at) }
    }
}

/// Why a plane stops.
enum Stop {
    Barrier,
    End,
}

/// Executes cubes of one launch.
pub struct Executor<'a> {
    pub program: &'a Program,
    pub arguments: Arguments<'a>,
    pub grid: [u32; 3],
    pub memories: Memories,
    pub clock: Clock,
    pub counts: Counts,
    pub recorder: Option<Recorder>,
    pub printed: Vec<String>,
    /// Accesses out of bounds do nothing, and reads give zero.
    pub forgiving: bool,
    /// Instructions, over all units, after which a kernel counts as endless.
    pub budget: u64,
    cube: [u32; 3],
    /// Barriers of the current cube so far.
    cube_barriers: u64,
    /// The first interval of every cube executed so far, and its number in the grid.
    cubes: Vec<(u32, u64)>,
    /// What the accesses of every instruction cost.
    pub costs: Vec<Costs>,
    /// Floating-point operations of every instruction.
    float_ops: Vec<u64>,
}

impl<'a> Executor<'a> {
    pub fn new(
        program: &'a Program,
        arguments: Arguments<'a>,
        grid: [u32; 3],
        memories: Memories,
        counts: Counts,
        budget: u64,
    ) -> Self {
        Self {
            program,
            arguments,
            grid,
            memories,
            clock: Clock { now: 0, cube_start: 0 },
            counts,
            recorder: None,
            printed: Vec::new(),
            forgiving: false,
            budget,
            cube: [0; 3],
            cube_barriers: 0,
            cubes: Vec::new(),
            costs: vec![Costs::default(); program.code.len()],
            float_ops: program.code.iter().map(float_ops).collect(),
        }
    }

    /// Executes the cubes with these numbers.
    pub fn run(&mut self, cubes: std::ops::Range<u64>, template: &[Lanes]) -> Result<(), Trap> {
        let (program, units) = (self.program, self.program.units_per_cube());
        let mut planes: Vec<Plane> = (0..units)
            .step_by(LANES)
            .map(|first| {
                Plane::new(
                    first,
                    units - first,
                    program.slots as usize,
                    program.local_slots as usize,
                )
            })
            .collect();
        let mut start = template.to_vec();
        for index in cubes {
            self.start_cube(index);
            for plane in &mut planes {
                self.position(plane.first_unit).fill(program, &mut start);
                plane.restart(&start);
            }
            let result = self.run_cube(&mut planes);
            self.finish_cube(&planes);
            result?;
        }
        Ok(())
    }

    fn position(&self, first_unit: u32) -> Position {
        Position { grid: self.grid, cube: self.cube, cube_dim: self.program.cube_dim, first_unit }
    }

    fn start_cube(&mut self, index: u64) {
        self.cube = cube_place(index, self.grid);
        self.cube_barriers = 0;
        self.clock.now += 1;
        self.clock.cube_start = self.clock.now;
        self.cubes.push((self.clock.now, index));
        self.memories.start_cube();
    }

    fn finish_cube(&mut self, planes: &[Plane]) {
        let busiest = planes.iter().flat_map(|plane| plane.accesses).max().unwrap_or(0);
        let counts = &mut self.counts;
        counts.busiest_unit_accesses = counts.busiest_unit_accesses.max(busiest.into());
        counts.barriers += self.cube_barriers;
        counts.barriers_per_cube = counts.barriers_per_cube.max(self.cube_barriers);
    }

    fn run_cube(&mut self, planes: &mut [Plane]) -> Result<(), Trap> {
        loop {
            let mut waiting = 0;
            for plane in planes.iter_mut().filter(|plane| plane.alive != 0) {
                match self.run_plane(plane)? {
                    Stop::Barrier => waiting += 1,
                    Stop::End => {}
                }
            }
            if waiting == 0 {
                return Ok(());
            }
            self.meet(planes)?;
            planes.iter_mut().for_each(|plane| plane.at += 1);
            self.clock.now += 1;
            self.cube_barriers += 1;
        }
    }

    /// All planes have to stand at the same barrier, in the same round of every loop around it.
    fn meet(&self, planes: &[Plane]) -> Result<(), Trap> {
        let Some(first) = planes.iter().find(|plane| plane.alive != 0) else {
            return Ok(());
        };
        for plane in planes {
            let why = if plane.alive == 0 {
                Absence::Finished
            } else if plane.at != first.at {
                Absence::ElsewhereInFlow
            } else if !plane.rounds().eq(first.rounds()) {
                Absence::OtherIteration
            } else {
                continue;
            };
            let with_first = |plane: &&Plane| {
                plane.alive != 0 && plane.at == first.at && plane.rounds().eq(first.rounds())
            };
            let waiting =
                planes.iter().filter(with_first).map(|plane| plane.alive.count_ones()).sum();
            return Err(self.divergent_barrier(
                first,
                waiting,
                (first, first.alive),
                (plane, plane.registers.units),
                why,
            ));
        }
        Ok(())
    }

    fn divergent_barrier(
        &self,
        at: &Plane,
        waiting: u32,
        waiter: (&Plane, u32),
        absent: (&Plane, u32),
        why: Absence,
    ) -> Trap {
        let lowest =
            |(plane, lanes): (&Plane, u32)| self.unit(plane.unit(lanes.trailing_zeros() as usize));
        Trap::at(
            at,
            Fault::DivergentBarrier {
                waiting,
                of: self.program.units_per_cube(),
                waiter: lowest(waiter),
                absent: lowest(absent),
                why,
            },
        )
    }

    fn run_plane(&mut self, plane: &mut Plane) -> Result<Stop, Trap> {
        let program = self.program;
        loop {
            let inst = program.code[plane.at];
            let active = u64::from(plane.registers.active.count_ones());
            self.counts.instructions += active;
            self.counts.float_ops += self.float_ops[plane.at] * active;
            if self.counts.instructions > self.budget {
                return Err(Trap::at(plane, Fault::Endless { instructions: self.budget }));
            }
            match inst {
                Inst::Load { to, at, kind, count } => self.load(plane, to, at, kind, count)?,
                Inst::Store { at, from, kind, count } => {
                    self.store(plane, at, from, kind, count)?
                }
                Inst::Atomic { op, kind, to, at, a, b } => {
                    self.atomic(plane, op, kind, at, Operands { to, a, b })?;
                }
                Inst::Metadata { to, entry, dimension, wide } => {
                    self.metadata(plane, to, entry, dimension, wide)
                }
                Inst::Barrier if active == 0 => {}
                Inst::Barrier => {
                    self.arrive(plane)?;
                    return Ok(Stop::Barrier);
                }
                Inst::Plane { op, kind, to, a, b, count } if active != 0 => {
                    self.gather(plane)?;
                    plane_op(plane, op, kind, [to, a, b], count);
                }
                Inst::Plane { .. } => {}
                Inst::Print { print: index } => {
                    self.printed.extend(print(plane, &program.prints[index as usize]));
                }
                _ => match control(plane, &mut self.counts, inst) {
                    Some(true) => continue,
                    Some(false) => return Ok(Stop::End),
                    None => {
                        if let Some(lane) = zero_divisor(&plane.registers, inst) {
                            let unit = self.unit(plane.unit(lane));
                            return Err(Trap::at(plane, Fault::DivisionByZero { unit }));
                        }
                        compute(&mut plane.registers, inst);
                    }
                },
            }
            plane.at += 1;
        }
    }

    /// The units of a plane have to arrive at a barrier together.
    fn arrive(&self, plane: &Plane) -> Result<(), Trap> {
        let (active, units) = (plane.registers.active, plane.registers.units);
        if active == units {
            return Ok(());
        }
        let absent = units & !active;
        let gone = absent & !plane.alive;
        let (absent, why) = match gone {
            0 => (absent, Absence::ElsewhereInFlow),
            gone => (gone, Absence::Finished),
        };
        Err(self.divergent_barrier(
            plane,
            active.count_ones(),
            (plane, active),
            (plane, absent),
            why,
        ))
    }

    /// The units of a plane have to execute a plane operation together.
    fn gather(&mut self, plane: &Plane) -> Result<(), Trap> {
        let (active, units) = (plane.registers.active, plane.registers.units);
        self.counts.plane_ops += 1;
        if active == units {
            return Ok(());
        }
        let unit = |lanes: u32| self.unit(plane.unit(lanes.trailing_zeros() as usize));
        Err(Trap::at(
            plane,
            Fault::DivergentPlane { waiter: unit(active), absent: unit(units & !active) },
        ))
    }

    fn metadata(&self, plane: &mut Plane, to: Slot, entry: u32, dimension: Slot, wide: bool) {
        let dimensions: [u64; LANES] = if wide {
            plane.registers.read(dimension)
        } else {
            plane.registers.read::<u32>(dimension).map(u64::from)
        };
        let values = dimensions.map(|dimension| self.arguments.dimension(entry, dimension));
        if wide {
            plane.registers.write(to, &values);
        } else {
            plane.registers.write(to, &values.map(|value| value as u32));
        }
    }

    /// A unit of the current cube.
    pub fn unit(&self, unit: u32) -> Unit {
        Unit { cube: self.cube, unit: unit_place(unit, self.program.cube_dim) }
    }

    /// The number of the cube to which an interval belongs.
    pub fn cube_of(&self, interval: u32) -> u64 {
        let next = self.cubes.partition_point(|(start, _)| *start <= interval);
        self.cubes[next - 1].1
    }

    /// Barriers that the current cube has met at.
    pub fn interval(&self) -> u32 {
        self.clock.now - self.clock.cube_start
    }
}
