//! Which unit touched which element, between which barriers.

mod svg;
mod terminal;

use std::collections::{BTreeMap, BTreeSet};

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
///
/// A device records one for each launch if its [`Options::trace`](crate::Options::trace) says
/// so. `Display` draws it in text, [`to_svg`](Trace::to_svg) as a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub touches: Vec<Touch>,
    /// Accesses beyond the limit, which were not recorded.
    pub omitted: u64,
}

/// What a unit did to an element in one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Read,
    Written,
    Both,
    Atomic,
}

impl Mark {
    fn of(access: Access) -> Self {
        match access {
            Access::Read => Mark::Read,
            Access::Write => Mark::Written,
            Access::AtomicRead | Access::AtomicWrite => Mark::Atomic,
        }
    }

    fn and(self, other: Mark) -> Self {
        match (self, other) {
            (Mark::Atomic, _) | (_, Mark::Atomic) => Mark::Atomic,
            (a, b) if a == b => a,
            _ => Mark::Both,
        }
    }

    fn letter(self) -> char {
        match self {
            Mark::Read => 'r',
            Mark::Written => 'w',
            Mark::Both => 'b',
            Mark::Atomic => 'a',
        }
    }
}

/// What happened to one memory in one interval: units by elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    pub interval: u32,
    pub memory: Memory,
    /// The elements that were touched, in order.
    pub elements: Vec<u64>,
    /// For each unit that touched one, in order, a mark for each of `elements`.
    pub rows: Vec<(Unit, Vec<Option<Mark>>)>,
}

/// What each unit did to each element.
type Marks = BTreeMap<(Unit, u64), Mark>;

impl Trace {
    /// The trace, laid out for drawing: by interval, then by memory.
    pub fn panels(&self) -> Vec<Panel> {
        let mut marks: BTreeMap<(u32, &Memory), Marks> = BTreeMap::new();
        for touch in &self.touches {
            let mark = Mark::of(touch.access);
            marks
                .entry((touch.interval, &touch.memory))
                .or_default()
                .entry((touch.unit, touch.element))
                .and_modify(|before| *before = before.and(mark))
                .or_insert(mark);
        }
        let panel = |((interval, memory), marks): ((u32, &Memory), Marks)| {
            let elements: BTreeSet<u64> = marks.keys().map(|(_, element)| *element).collect();
            let units: BTreeSet<Unit> = marks.keys().map(|(unit, _)| *unit).collect();
            let row = |unit: Unit| {
                let cells = elements.iter().map(|element| marks.get(&(unit, *element)).copied());
                (unit, cells.collect())
            };
            let rows = units.into_iter().map(row).collect();
            Panel {
                interval,
                memory: memory.clone(),
                elements: elements.iter().copied().collect(),
                rows,
            }
        };
        marks.into_iter().map(panel).collect()
    }
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
        Self { trace: Trace::default(), limit }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn trace() -> Trace {
        let touch = |x, interval, element, access| Touch {
            unit: Unit { cube: [0; 3], unit: [x, 0, 0] },
            interval,
            memory: Memory::Shared { index: 0 },
            element,
            access,
        };
        Trace {
            touches: vec![
                touch(0, 0, 0, Access::Write),
                touch(1, 0, 1, Access::Write),
                touch(0, 1, 1, Access::Read),
                touch(1, 1, 1, Access::Read),
                touch(1, 1, 1, Access::Write),
            ],
            omitted: 2,
        }
    }

    #[test]
    fn a_trace_is_drawn_in_text() {
        assert_eq!(
            trace().to_string(),
            "before the first barrier\n  \
               shared memory #0 elements 0..=1\n    \
                 cube (0,0,0) unit (0,0,0)  w.\n    \
                 cube (0,0,0) unit (1,0,0)  .w\n\
             after 1 barrier\n  \
               shared memory #0 elements 1..=1\n    \
                 cube (0,0,0) unit (0,0,0)  r\n    \
                 cube (0,0,0) unit (1,0,0)  b\n\
             (2 more accesses were not recorded)\n",
        );
    }

    #[test]
    fn a_trace_is_drawn_as_a_picture() {
        let svg = trace().to_svg();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        // Four cells in the first interval, two in the second.
        assert_eq!(svg.matches("<rect ").count(), 6);
        assert_eq!(svg.matches("#9467bd").count(), 1);
    }
}
