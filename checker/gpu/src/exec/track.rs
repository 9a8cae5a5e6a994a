//! The history of one kind of access to one memory cell.

/// No unit.
const NOBODY: u16 = u16::MAX;

/// Logical time. It advances at every barrier and at the start of every cube.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The interval between two barriers that is being executed; the first is 1.
    pub now: u32,
    /// The interval in which the current cube began.
    pub cube_start: u32,
}

/// The history of one class of access to one cell.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// The last interval in which it was accessed; 0 for never.
    pub last: u32,
    /// The first interval in which it was accessed.
    pub first: u32,
    /// The unit that accessed it first in `last`.
    unit: u16,
    /// Another unit that accessed it in `last`.
    other: u16,
    /// The unit of `first`.
    first_unit: u16,
}

impl Track {
    pub const EMPTY: Track =
        Track { last: 0, first: 0, unit: NOBODY, other: NOBODY, first_unit: NOBODY };

    /// Notes an access.
    #[inline]
    pub fn touch(&mut self, now: u32, unit: u16) {
        if self.last == now {
            if self.unit != unit && self.other == NOBODY {
                self.other = unit;
            }
            return;
        }
        (self.last, self.unit, self.other) = (now, unit, NOBODY);
        if self.first == 0 {
            (self.first, self.first_unit) = (now, unit);
        }
    }

    /// Two units have accessed it in `last`: more of them would say nothing new.
    pub fn is_known_by_two(&self) -> bool {
        self.other != NOBODY
    }

    /// An access by another unit in this interval or, where cubes share the memory, by an
    /// earlier cube.
    #[inline]
    pub fn unordered(&self, clock: Clock, unit: u16, shared_by_cubes: bool) -> Option<(u32, u16)> {
        if self.last == clock.now {
            if self.unit != unit {
                return Some((self.last, self.unit));
            }
            if self.other != NOBODY {
                return Some((self.last, self.other));
            }
        }
        let earlier_cube = shared_by_cubes && self.first != 0 && self.first < clock.cube_start;
        earlier_cube.then_some((self.first, self.first_unit))
    }
}
