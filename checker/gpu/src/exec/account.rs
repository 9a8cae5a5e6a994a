//! Every access of a plane to memory that others see: checked, counted, recorded.

use super::{
    address::Request,
    builtins::{cube_place, unit_place},
    cube::{Executor, Trap},
    lanes::lanes,
    memory::{Located, Location},
    plane::Plane,
    shadow::Violation,
    traffic::{Blocks, Footprint},
};
use crate::{
    finding::{Access, Fault, Place, Unit},
    trace::Touch,
};

impl Executor<'_> {
    /// Checks a request and counts it.
    pub fn admit(&mut self, plane: &mut Plane, request: &Request) -> Result<(), Trap> {
        let object = *self.memories.object(request.object);
        if matches!(object.location, Location::Local { .. }) {
            return Ok(());
        }
        self.check_shadow(plane, request, &object)?;
        self.count(plane, request, &object);
        self.trace(plane, request, &object);
        Ok(())
    }

    fn check_shadow(
        &mut self,
        plane: &Plane,
        request: &Request,
        object: &Located,
    ) -> Result<(), Trap> {
        let store = &mut self.memories.stores[object.store];
        let (clock, access, bytes, shift) =
            (self.clock, request.access, request.bytes(), store.shift);
        let cell_of = |byte: u32| (object.start + byte) >> shift;
        let mut unchecked = request.lanes;
        if access == Access::Read && bytes == 1 << shift {
            let cell = |lane: usize| cell_of(request.offsets[lane]) as usize;
            let first_unit = plane.first_unit as u16;
            unchecked = store.shadow.read_settled(unchecked, cell, clock, first_unit);
        }
        for lane in lanes(unchecked) {
            let first = request.offsets[lane];
            let unit = plane.unit(lane) as u16;
            for cell in cell_of(first)..=cell_of(first + bytes - 1) {
                if let Err(violation) = store.shadow.access(cell as usize, access, clock, unit) {
                    let byte = (cell << shift).saturating_sub(object.start);
                    return Err(self.violation(plane, lane, request, object, byte, violation));
                }
            }
        }
        Ok(())
    }

    #[cold]
    fn violation(
        &self,
        plane: &Plane,
        lane: usize,
        request: &Request,
        object: &Located,
        byte: u32,
        violation: Violation,
    ) -> Trap {
        let place = Place {
            memory: self.memories.name(object.location),
            element: u64::from(byte / object.element_bytes),
        };
        let unit = self.unit(plane.unit(lane));
        Trap::at(
            plane,
            match violation {
                Violation::Uninitialised => Fault::Uninitialised { place, unit },
                Violation::Race(conflict) => {
                    let cube = cube_place(self.cube_of(conflict.interval), self.grid);
                    let first = Unit {
                        cube,
                        unit: unit_place(conflict.unit.into(), self.program.cube_dim),
                    };
                    Fault::Race {
                        place,
                        first: (first, conflict.access),
                        second: (unit, request.access),
                    }
                }
            },
        )
    }

    fn count(&mut self, plane: &mut Plane, request: &Request, object: &Located) {
        let units = u64::from(request.lanes.count_ones());
        let (elements, bytes) =
            (units * u64::from(request.count), units * u64::from(request.bytes()));
        if request.lanes == u32::MAX {
            plane.accesses.iter_mut().for_each(|accesses| *accesses += 1);
        } else {
            lanes(request.lanes).for_each(|lane| plane.accesses[lane] += 1);
        }
        let footprint =
            Footprint { offsets: request.offsets, lanes: request.lanes, bytes: request.bytes() };
        let costs = &mut self.costs[plane.at];
        match object.location {
            Location::Global { buffer } => {
                let counts = &mut self.counts.buffers[buffer];
                let traffic = match request.access {
                    Access::Read => &mut counts.load,
                    Access::Write => &mut counts.store,
                    Access::AtomicRead | Access::AtomicWrite => {
                        counts.atomics += elements;
                        counts.atomic_bytes += bytes;
                        return;
                    }
                };
                let Blocks { segments, sectors } = costs.blocks(&footprint);
                traffic.elements += elements;
                traffic.bytes += bytes;
                traffic.accesses += units;
                traffic.requests += 1;
                traffic.segments += u64::from(segments);
                traffic.sectors += u64::from(sectors);
            }
            Location::Shared { .. } => {
                let shared = &mut self.counts.shared;
                let traffic = match request.access {
                    Access::Read => &mut shared.load,
                    Access::Write => &mut shared.store,
                    Access::AtomicRead | Access::AtomicWrite => {
                        shared.atomics += elements;
                        return;
                    }
                };
                traffic.elements += elements;
                traffic.bytes += bytes;
                traffic.requests += 1;
                traffic.bank_conflicts += u64::from(costs.bank_conflicts(&footprint));
            }
            Location::Local { .. } => {}
        }
    }

    fn trace(&mut self, plane: &Plane, request: &Request, object: &Located) {
        if self.recorder.is_none() {
            return;
        }
        for lane in lanes(request.lanes) {
            let touch = Touch {
                unit: self.unit(plane.unit(lane)),
                interval: self.interval(),
                memory: self.memories.name(object.location),
                element: u64::from(request.offsets[lane] / object.element_bytes),
                access: request.access,
            };
            self.recorder.iter_mut().for_each(|recorder| recorder.record(touch.clone()));
        }
    }
}
