//! The state of one plane.

use super::lanes::{LANES, Lanes, Mask, Registers};

/// An open branch or loop.
#[derive(Clone, Copy, Debug)]
pub enum Frame {
    Branch {
        /// Lanes that entered the branch.
        entered: Mask,
        /// Lanes that still have to take the other side.
        pending: Mask,
    },
    Loop {
        /// Lanes that entered the loop.
        entered: Mask,
        /// Rounds completed.
        rounds: u64,
    },
}

/// Up to 32 units that execute in lock step.
pub struct Plane {
    /// Position of the first unit in its cube.
    pub first_unit: u32,
    pub registers: Registers,
    /// Local memory: one entry for every 32 bits of a unit's arrays.
    pub locals: Vec<Lanes>,
    /// The next instruction.
    pub at: usize,
    /// Units that have not returned.
    pub alive: Mask,
    pub frames: Vec<Frame>,
    /// Accesses to global and shared memory, by lane.
    pub accesses: Lanes,
}

impl Plane {
    /// A plane of `units` units, the first of which is `first_unit` of its cube.
    pub fn new(first_unit: u32, units: u32, slots: usize, local_slots: usize) -> Self {
        let mask = (u64::from(u32::MAX) >> (LANES as u32 - units.min(LANES as u32))) as Mask;
        Self {
            first_unit,
            registers: Registers::new(slots, mask),
            locals: vec![[0; LANES]; local_slots],
            at: 0,
            alive: mask,
            frames: Vec::new(),
            accesses: [0; LANES],
        }
    }

    /// Back to the first instruction, as a new cube finds it.
    pub fn restart(&mut self, template: &[Lanes]) {
        self.registers.fill_from(template);
        self.locals.fill([u32::MAX; LANES]);
        self.at = 0;
        self.alive = self.registers.units;
        self.frames.clear();
        self.accesses = [0; LANES];
    }

    /// The unit in a lane, as its position in the cube.
    pub fn unit(&self, lane: usize) -> u32 {
        self.first_unit + lane as u32
    }

    /// Rounds of the loops around the next instruction, outermost first.
    pub fn rounds(&self) -> impl Iterator<Item = u64> {
        self.frames.iter().filter_map(|frame| match frame {
            Frame::Loop { rounds, .. } => Some(*rounds),
            Frame::Branch { .. } => None,
        })
    }
}
