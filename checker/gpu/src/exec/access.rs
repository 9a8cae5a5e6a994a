//! Loads and stores: moving values between registers and memory.

use super::{
    address::{Request, Width},
    cells,
    cube::{Executor, Trap},
    lanes::{LANES, lanes},
    memory::{Located, Location},
    plane::Plane,
};
use crate::{
    finding::Access,
    ir::{
        kind::Kind,
        program::{Address, Slot},
    },
};

impl Executor<'_> {
    pub fn load(
        &mut self,
        plane: &mut Plane,
        to: Slot,
        at: Address,
        kind: Kind,
        count: u16,
    ) -> Result<(), Trap> {
        if self.forgiving {
            for slot in 0..Slot::from(count * kind.slots()) {
                plane.registers.write_slot(to + slot, &[0; LANES]);
            }
        }
        self.each_object(
            plane,
            at,
            Width { kind, count },
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
            Width { kind, count },
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

    fn load_bytes(&self, plane: &mut Plane, request: &Request, object: &Located, to: Slot) {
        let bytes = &self.memories.stores[object.store].bytes;
        if load_words(bytes, plane, request, object, to) {
            return;
        }
        let size = request.kind.bytes() as usize;
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

/// Values of 4 bytes are in memory as they are in registers. Says whether they could be loaded
/// so: where they lie at multiples of 4.
fn load_words(
    bytes: &[u8],
    plane: &mut Plane,
    request: &Request,
    object: &Located,
    to: Slot,
) -> bool {
    let bits = request.offsets.iter().fold(object.start, |bits, offset| bits | offset);
    if bits % 4 != 0 || request.kind.bytes() != 4 {
        return false;
    }
    let (words, _) = bytes.as_chunks::<4>();
    for index in 0..u32::from(request.count) {
        let slot = plane.registers.slot_mut(to + index);
        let start = object.start / 4 + index;
        for lane in lanes(request.lanes) {
            slot[lane] = u32::from_ne_bytes(words[(start + request.offsets[lane] / 4) as usize]);
        }
    }
    true
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
