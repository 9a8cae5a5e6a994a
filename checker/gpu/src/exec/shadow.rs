//! Who touched which memory cell, and the races that follow from it.
//!
//! Two accesses to a cell race if different units make them, at least one of them writes, they
//! are not both atomic, and nothing orders them: they lie between the same two barriers of one
//! cube, or in different cubes of one launch. The shadow of a cell keeps just enough of its
//! history to decide this exactly when the second access happens, in whatever order the units
//! are executed.

use super::{
    lanes::{Mask, lanes as lanes_of},
    track::{Clock, Track},
};
use crate::finding::Access;

/// An earlier access that nothing orders before the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub access: Access,
    pub interval: u32,
    pub unit: u16,
}

/// Why an access is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    Race(Conflict),
    Uninitialised,
}

/// What was done to a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    None,
    Read,
    Written,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    read: Track,
    write: Track,
}

impl Cell {
    const EMPTY: Cell = Cell { read: Track::EMPTY, write: Track::EMPTY };
}

/// The history of every cell of one memory.
#[derive(Clone, Debug)]
pub struct Shadow {
    plain: Vec<Cell>,
    /// The atomic accesses; empty where the kernel makes none.
    atomic: Vec<Cell>,
    /// All cubes see the same memory. If not, every cube finds it uninitialised.
    shared_by_cubes: bool,
}

impl Shadow {
    /// Of memory that all cubes of a launch see.
    pub fn global(cells: usize, atomic: bool) -> Self {
        Self::new(cells, atomic, true)
    }

    /// Of memory that every cube has for itself.
    pub fn per_cube(cells: usize, atomic: bool) -> Self {
        Self::new(cells, atomic, false)
    }

    fn new(cells: usize, atomic: bool, shared_by_cubes: bool) -> Self {
        Self {
            plain: vec![Cell::EMPTY; cells],
            atomic: vec![Cell::EMPTY; if atomic { cells } else { 0 }],
            shared_by_cubes,
        }
    }

    /// Records an access, unless it is wrong.
    pub fn access(
        &mut self,
        cell: usize,
        access: Access,
        clock: Clock,
        unit: u16,
    ) -> Result<(), Violation> {
        match access {
            Access::Read => self.read(cell, clock, unit),
            Access::Write => self.write(cell, clock, unit),
            Access::AtomicRead | Access::AtomicWrite => self.atomic(cell, access, clock, unit),
        }
    }

    /// Records the reads of those lanes whose cell nobody has written but their own cube before
    /// the last barrier, or nobody at all, and returns the other lanes: they may be wrong.
    #[inline]
    pub fn read_settled(
        &mut self,
        lanes: Mask,
        cell_of: impl Fn(usize) -> usize,
        clock: Clock,
        first_unit: u16,
    ) -> Mask {
        if !self.atomic.is_empty() {
            return lanes;
        }
        let Clock { now, cube_start } = clock;
        // Both kinds of memory in one comparison: written in the intervals from `oldest` on,
        // of which there are `settled`.
        let (oldest, settled) =
            if self.shared_by_cubes { (0, 1) } else { (cube_start, now - cube_start) };
        let mut others = 0;
        // Neighbours often read the same cell. Two readers say all that there is to say of it.
        let mut known_by_two = usize::MAX;
        for lane in lanes_of(lanes) {
            let index = cell_of(lane);
            if index == known_by_two {
                continue;
            }
            let cell = &mut self.plain[index];
            if cell.write.last.wrapping_sub(oldest) < settled {
                cell.read.touch(now, first_unit + lane as u16);
                if cell.read.is_known_by_two() {
                    known_by_two = index;
                }
            } else {
                others |= 1 << lane;
            }
        }
        others
    }

    /// What was ever done to a cell, atomics aside.
    pub fn use_of(&self, cell: usize) -> Use {
        match self.plain[cell] {
            Cell { write: Track { first: 1.., .. }, .. } => Use::Written,
            Cell { read: Track { first: 1.., .. }, .. } => Use::Read,
            _ => Use::None,
        }
    }

    /// Adds what another shadow knows of a cell.
    pub fn take_use(&mut self, cell: usize, other: &Shadow) {
        if self.use_of(cell) == Use::None {
            self.plain[cell] = other.plain[cell];
        }
    }

    fn read(&mut self, cell: usize, clock: Clock, unit: u16) -> Result<(), Violation> {
        if !self.shared_by_cubes {
            self.initialised(cell, clock)?;
        }
        let plain = &mut self.plain[cell];
        if let Some(found) = plain.write.unordered(clock, unit, self.shared_by_cubes) {
            return Err(race(Access::Write, found));
        }
        if let Some(atomic) = self.atomic.get(cell)
            && let Some(found) = atomic.write.unordered(clock, unit, self.shared_by_cubes)
        {
            return Err(race(Access::AtomicWrite, found));
        }
        plain.read.touch(clock.now, unit);
        Ok(())
    }

    fn write(&mut self, cell: usize, clock: Clock, unit: u16) -> Result<(), Violation> {
        let plain = &mut self.plain[cell];
        if let Some(found) = plain.write.unordered(clock, unit, self.shared_by_cubes) {
            return Err(race(Access::Write, found));
        }
        if let Some(found) = plain.read.unordered(clock, unit, self.shared_by_cubes) {
            return Err(race(Access::Read, found));
        }
        if let Some(atomic) = self.atomic.get(cell) {
            if let Some(found) = atomic.write.unordered(clock, unit, self.shared_by_cubes) {
                return Err(race(Access::AtomicWrite, found));
            }
            if let Some(found) = atomic.read.unordered(clock, unit, self.shared_by_cubes) {
                return Err(race(Access::AtomicRead, found));
            }
        }
        plain.write.touch(clock.now, unit);
        Ok(())
    }

    fn atomic(
        &mut self,
        cell: usize,
        access: Access,
        clock: Clock,
        unit: u16,
    ) -> Result<(), Violation> {
        if access == Access::AtomicRead && !self.shared_by_cubes {
            self.initialised(cell, clock)?;
        }
        let plain = &self.plain[cell];
        if let Some(found) = plain.write.unordered(clock, unit, self.shared_by_cubes) {
            return Err(race(Access::Write, found));
        }
        if access.writes() {
            if let Some(found) = plain.read.unordered(clock, unit, self.shared_by_cubes) {
                return Err(race(Access::Read, found));
            }
            self.atomic[cell].write.touch(clock.now, unit);
        } else {
            self.atomic[cell].read.touch(clock.now, unit);
        }
        Ok(())
    }

    /// Some unit of this cube has written the cell.
    fn initialised(&self, cell: usize, clock: Clock) -> Result<(), Violation> {
        let written = self.plain[cell].write.last >= clock.cube_start
            || self.atomic.get(cell).is_some_and(|cell| cell.write.last >= clock.cube_start);
        if written { Ok(()) } else { Err(Violation::Uninitialised) }
    }
}

fn race(access: Access, (interval, unit): (u32, u16)) -> Violation {
    Violation::Race(Conflict { access, interval, unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUBE: Clock = Clock { now: 1, cube_start: 1 };

    fn later(clock: Clock) -> Clock {
        Clock { now: clock.now + 1, ..clock }
    }

    fn next_cube(clock: Clock) -> Clock {
        Clock { now: clock.now + 1, cube_start: clock.now + 1 }
    }

    #[test]
    fn a_barrier_orders_a_write_and_a_read() {
        let mut shadow = Shadow::per_cube(1, false);
        shadow.access(0, Access::Write, CUBE, 3).unwrap();
        let conflict = Conflict { access: Access::Write, interval: 1, unit: 3 };
        assert_eq!(shadow.access(0, Access::Read, CUBE, 4), Err(Violation::Race(conflict)));
        shadow.access(0, Access::Read, CUBE, 3).unwrap();
        shadow.access(0, Access::Read, later(CUBE), 4).unwrap();
    }

    #[test]
    fn of_two_readers_the_other_one_is_named() {
        let mut shadow = Shadow::global(1, false);
        shadow.access(0, Access::Read, CUBE, 3).unwrap();
        shadow.access(0, Access::Read, CUBE, 4).unwrap();
        let conflict = Conflict { access: Access::Read, interval: 1, unit: 4 };
        assert_eq!(shadow.access(0, Access::Write, CUBE, 3), Err(Violation::Race(conflict)));
    }

    #[test]
    fn no_barrier_orders_two_cubes() {
        let mut shadow = Shadow::global(1, false);
        shadow.access(0, Access::Read, CUBE, 0).unwrap();
        let second = next_cube(later(CUBE));
        shadow.access(0, Access::Read, second, 0).unwrap();
        let conflict = Conflict { access: Access::Read, interval: 1, unit: 0 };
        assert_eq!(
            shadow.access(0, Access::Write, later(second), 0),
            Err(Violation::Race(conflict))
        );
    }

    #[test]
    fn every_cube_finds_its_shared_memory_uninitialised() {
        let mut shadow = Shadow::per_cube(1, false);
        shadow.access(0, Access::Write, CUBE, 0).unwrap();
        shadow.access(0, Access::Read, later(CUBE), 1).unwrap();
        let second = next_cube(later(CUBE));
        assert_eq!(shadow.access(0, Access::Read, second, 0), Err(Violation::Uninitialised));
        shadow.access(0, Access::Write, second, 5).unwrap();
    }

    #[test]
    fn atomics_race_with_plain_accesses_only() {
        let mut shadow = Shadow::global(1, true);
        shadow.access(0, Access::AtomicWrite, CUBE, 0).unwrap();
        shadow.access(0, Access::AtomicWrite, CUBE, 1).unwrap();
        shadow.access(0, Access::AtomicRead, CUBE, 2).unwrap();
        let conflict = Conflict { access: Access::AtomicWrite, interval: 1, unit: 1 };
        assert_eq!(shadow.access(0, Access::Read, CUBE, 0), Err(Violation::Race(conflict)));
        shadow.access(0, Access::Read, later(CUBE), 0).unwrap();
    }
}
