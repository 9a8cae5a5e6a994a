//! Every access of a plane to memory that others see: checked, counted, recorded.

use super::{
    address::Request,
    builtins::{cube_place, unit_place},
    cube::{Executor, Trap},
    lanes::lanes,
    memory::{Located, Location},
    plane::Plane,
    shadow::Violation,
    traffic::{Footprint, SECTOR_BYTES, SEGMENT_BYTES},
};
use crate::{
    counts::{SharedTraffic, Traffic},
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
        for lane in lanes(request.lanes) {
            let first = object.start + request.offsets[lane];
            let unit = plane.unit(lane) as u16;
            for cell in first >> shift..=(first + bytes - 1) >> shift {
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
        let (elements, bytes) = (
            units * u64::from(request.count),
            units * u64::from(request.bytes()),
        );
        for (lane, accesses) in plane.accesses.iter_mut().enumerate() {
            *accesses += request.lanes >> lane & 1;
        }
        let footprint = Footprint {
            offsets: &request.offsets,
            lanes: request.lanes,
            bytes: request.bytes(),
        };
        match object.location {
            Location::Global { buffer } => {
                let counts = &mut self.counts.buffers[buffer];
                match request.access {
                    Access::Read => {
                        count_global(&mut counts.load, elements, bytes, units, footprint)
                    }
                    Access::Write => {
                        count_global(&mut counts.store, elements, bytes, units, footprint)
                    }
                    Access::AtomicRead | Access::AtomicWrite => {
                        counts.atomics += elements;
                        counts.atomic_bytes += bytes;
                    }
                }
            }
            Location::Shared { .. } => match request.access {
                Access::Read => {
                    count_shared(&mut self.counts.shared.load, elements, bytes, footprint)
                }
                Access::Write => {
                    count_shared(&mut self.counts.shared.store, elements, bytes, footprint)
                }
                Access::AtomicRead | Access::AtomicWrite => self.counts.shared.atomics += elements,
            },
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
            self.recorder
                .iter_mut()
                .for_each(|recorder| recorder.record(touch.clone()));
        }
    }
}

fn count_global(
    traffic: &mut Traffic,
    elements: u64,
    bytes: u64,
    units: u64,
    footprint: Footprint,
) {
    traffic.elements += elements;
    traffic.bytes += bytes;
    traffic.accesses += units;
    traffic.requests += 1;
    traffic.segments += u64::from(footprint.blocks(SEGMENT_BYTES));
    traffic.sectors += u64::from(footprint.blocks(SECTOR_BYTES));
}

fn count_shared(traffic: &mut SharedTraffic, elements: u64, bytes: u64, footprint: Footprint) {
    traffic.elements += elements;
    traffic.bytes += bytes;
    traffic.requests += 1;
    traffic.bank_conflicts += u64::from(footprint.bank_conflicts());
}
