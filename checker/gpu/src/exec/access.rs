//! Loads and stores of a plane: addresses, bounds, counts, shadows, and the data itself.

use super::{
    builtins::{cube_place, unit_place},
    cells,
    cube::{Executor, Trap},
    lanes::{LANES, Mask, lanes},
    memory::{Located, Location},
    plane::Plane,
    shadow::Violation,
    traffic::{Footprint, SECTOR_BYTES, SEGMENT_BYTES},
};
use crate::{
    counts::{SharedTraffic, Traffic},
    finding::{Access, Fault, Place, Unit},
    ir::{
        kind::Kind,
        program::{Address, ObjectId, Slot},
    },
    trace::Touch,
};

/// What a plane does to one object.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    pub object: ObjectId,
    pub lanes: Mask,
    /// Byte of the object at which each lane's access begins.
    pub offsets: [u32; LANES],
    /// Scalars of each lane's access.
    pub count: u16,
    pub kind: Kind,
    pub access: Access,
}

impl Request {
    /// Bytes of each lane's access.
    pub fn bytes(&self) -> u32 {
        self.kind.bytes() * u32::from(self.count)
    }
}

impl Executor<'_> {
    pub fn load(
        &mut self,
        plane: &mut Plane,
        to: Slot,
        at: Address,
        kind: Kind,
        count: u16,
    ) -> Result<(), Trap> {
        self.each_object(
            plane,
            at,
            kind,
            count,
            Access::Read,
            |executor, plane, request| {
                executor.admit(plane, request)?;
                let object = *executor.memories.object(request.object);
                match object.location {
                    Location::Local { first } => load_local(plane, request, &object, first, to),
                    _ => executor.load_bytes(plane, request, &object, to),
                }
                Ok(())
            },
        )
    }

    pub fn store(
        &mut self,
        plane: &mut Plane,
        at: Address,
        from: Slot,
        kind: Kind,
        count: u16,
    ) -> Result<(), Trap> {
        self.each_object(
            plane,
            at,
            kind,
            count,
            Access::Write,
            |executor, plane, request| {
                executor.admit(plane, request)?;
                let object = *executor.memories.object(request.object);
                match object.location {
                    Location::Local { first } => store_local(plane, request, &object, first, from),
                    _ => executor.store_bytes(plane, request, &object, from),
                }
                Ok(())
            },
        )
    }

    /// Calls `f` with the request to every object that the active lanes address; it is one
    /// object unless the kernel chooses between pointers.
    pub fn each_object(
        &mut self,
        plane: &mut Plane,
        at: Address,
        kind: Kind,
        count: u16,
        access: Access,
        f: impl Fn(&mut Self, &mut Plane, &Request) -> Result<(), Trap>,
    ) -> Result<(), Trap> {
        let active = plane.registers.active;
        let request = |object, lanes, offsets| Request {
            object,
            lanes,
            offsets,
            count,
            kind,
            access,
        };
        match at {
            Address::Object(object) => f(self, plane, &request(object, active, [0; LANES])),
            Address::Element {
                object,
                index,
                wide,
            } => {
                let offsets = self.element_offsets(plane, object, index, wide, access)?;
                f(self, plane, &request(object, active, offsets))
            }
            Address::Pointer(slot) => {
                let (offsets, objects) =
                    (*plane.registers.slot(slot), *plane.registers.slot(slot + 1));
                let mut rest = active;
                while rest != 0 {
                    let object = objects[rest.trailing_zeros() as usize];
                    let same: Mask = lanes(rest)
                        .filter(|lane| objects[*lane] == object)
                        .map(|lane| 1 << lane)
                        .sum();
                    rest &= !same;
                    f(self, plane, &request(object as ObjectId, same, offsets))?;
                }
                Ok(())
            }
        }
    }

    /// Byte offsets of elements, checked against the object's length.
    fn element_offsets(
        &self,
        plane: &Plane,
        id: ObjectId,
        index: Slot,
        wide: bool,
        access: Access,
    ) -> Result<[u32; LANES], Trap> {
        let object = self.memories.object(id);
        let length = object.bytes / object.element_bytes;
        let indices = plane.registers.slot(index);
        let mut offsets = [0; LANES];
        let mut outside = 0;
        for lane in 0..LANES {
            offsets[lane] = indices[lane].wrapping_mul(object.element_bytes);
            outside |= u32::from(indices[lane] >= length) << lane;
        }
        if wide {
            outside |= plane.registers.truth(index + 1);
        }
        let outside = outside & plane.registers.active;
        if outside == 0 {
            return Ok(offsets);
        }
        let lane = outside.trailing_zeros() as usize;
        let element = if wide {
            plane.registers.wide(index, lane)
        } else {
            u64::from(indices[lane])
        };
        Err(self.out_of_bounds(plane, lane, object, element, access))
    }

    #[cold]
    fn out_of_bounds(
        &self,
        plane: &Plane,
        lane: usize,
        object: &Located,
        element: u64,
        access: Access,
    ) -> Trap {
        Trap::at(
            plane,
            Fault::OutOfBounds {
                access,
                place: Place {
                    memory: self.memories.name(object.location),
                    element,
                },
                length: u64::from(object.bytes / object.element_bytes),
                unit: self.unit(plane.unit(lane)),
            },
        )
    }

    /// Checks a request and counts it.
    pub fn admit(&mut self, plane: &mut Plane, request: &Request) -> Result<(), Trap> {
        let object = *self.memories.object(request.object);
        let bytes = request.bytes();
        let end = object.bytes.checked_sub(bytes);
        if let Some(lane) =
            lanes(request.lanes).find(|lane| end.is_none_or(|end| request.offsets[*lane] > end))
        {
            let element = u64::from(request.offsets[lane] / object.element_bytes);
            return Err(self.out_of_bounds(plane, lane, &object, element, request.access));
        }
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

    fn load_bytes(&self, plane: &mut Plane, request: &Request, object: &Located, to: Slot) {
        let bytes = &self.memories.stores[object.store].bytes;
        let size = request.kind.bytes() as usize;
        if size == 4 {
            return load_words(bytes, plane, request, object, to);
        }
        for lane in lanes(request.lanes) {
            let first = (object.start + request.offsets[lane]) as usize;
            for index in 0..usize::from(request.count) {
                let at = first + index * size;
                let value = cells::load(&bytes[at..at + size], request.kind);
                let slot = to + index as Slot * Slot::from(request.kind.slots());
                cells::set_register(&mut plane.registers, request.kind, slot, lane, value);
            }
        }
    }

    fn store_bytes(&mut self, plane: &Plane, request: &Request, object: &Located, from: Slot) {
        let bytes = &mut self.memories.stores[object.store].bytes;
        let size = request.kind.bytes() as usize;
        for lane in lanes(request.lanes) {
            let first = (object.start + request.offsets[lane]) as usize;
            for index in 0..usize::from(request.count) {
                let at = first + index * size;
                let slot = from + index as Slot * Slot::from(request.kind.slots());
                let value = cells::register(&plane.registers, request.kind, slot, lane);
                cells::store(&mut bytes[at..at + size], request.kind, value);
            }
        }
    }
}

/// Values of 4 bytes are in memory as they are in registers.
fn load_words(bytes: &[u8], plane: &mut Plane, request: &Request, object: &Located, to: Slot) {
    for index in 0..u32::from(request.count) {
        let slot = plane.registers.slot_mut(to + index);
        for lane in lanes(request.lanes) {
            let at = (object.start + request.offsets[lane] + index * 4) as usize;
            slot[lane] =
                u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
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

/// The slot of a unit's local memory in which a byte of an object lies.
fn local_slot(object: &Located, first: Slot, byte: u32) -> usize {
    (first + byte / object.scalar_bytes * object.scalar_slots) as usize
}

fn load_local(plane: &mut Plane, request: &Request, object: &Located, first: Slot, to: Slot) {
    for lane in lanes(request.lanes) {
        let from = local_slot(object, first, request.offsets[lane]);
        for slot in 0..Slot::from(request.count * request.kind.slots()) {
            plane.registers.slot_mut(to + slot)[lane] = plane.locals[from + slot as usize][lane];
        }
    }
}

fn store_local(plane: &mut Plane, request: &Request, object: &Located, first: Slot, from: Slot) {
    for lane in lanes(request.lanes) {
        let to = local_slot(object, first, request.offsets[lane]);
        for slot in 0..Slot::from(request.count * request.kind.slots()) {
            plane.locals[to + slot as usize][lane] = plane.registers.slot(from + slot)[lane];
        }
    }
}
