//! Which unit touched which element, between which barriers.

use crate::finding::{Access, Memory, Unit};

/// One access of one unit to one element.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Touch {
    pub unit: Unit,
    /// Barriers that the unit's cube had met at before.
    pub interval: u32,
    pub memory: Memory,
    /// In elements as the kernel declares them.
    pub element: u64,
    pub access: Access,
}

/// The accesses of a launch, in the order in which they were executed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub touches: Vec<Touch>,
    /// Accesses beyond the limit, which were not recorded.
    pub omitted: u64,
}

/// Records accesses up to a limit.
#[derive(Clone, Debug)]
pub struct Recorder {
    trace: Trace,
    limit: usize,
}

impl Recorder {
    /// Records up to `limit` accesses.
    pub fn new(limit: usize) -> Self {
        Self {
            trace: Trace::default(),
            limit,
        }
    }

    pub fn record(&mut self, touch: Touch) {
        if self.trace.touches.len() < self.limit {
            self.trace.touches.push(touch);
        } else {
            self.trace.omitted += 1;
        }
    }

    pub fn finish(self) -> Trace {
        self.trace
    }
}
