//! Atomic operations: the lanes of a plane take turns, lowest first.

use super::{
    address::Width,
    arithmetic, cells,
    cube::{Executor, Trap},
    lanes::{Registers, lanes},
    memory::Location,
    plane::Plane,
};
use crate::{
    finding::Access,
    ir::{
        kind::Kind,
        program::{Address, AtomicOp, Binary, Slot},
    },
};

/// Registers of an atomic operation.
#[derive(Clone, Copy, Debug)]
pub struct Operands {
    pub to: Slot,
    pub a: Slot,
    pub b: Slot,
}

impl Executor<'_> {
    pub fn atomic(
        &mut self,
        plane: &mut Plane,
        op: AtomicOp,
        kind: Kind,
        at: Address,
        operands: Operands,
    ) -> Result<(), Trap> {
        let access = if op == AtomicOp::Load { Access::AtomicRead } else { Access::AtomicWrite };
        self.each_object(plane, at, Width { kind, count: 1 }, access, |executor, plane, request| {
            executor.admit(plane, request)?;
            let object = *executor.memories.object(request.object);
            if let Location::Local { .. } = object.location {
                unreachable!("atomics are declared in shared or global memory");
            }
            let size = kind.bytes() as usize;
            for lane in lanes(request.lanes) {
                let at = (object.start + request.offsets[lane]) as usize;
                let bytes = &mut executor.memories.stores[object.store].bytes[at..at + size];
                let old = cells::load(bytes, kind);
                let a = cells::register(&plane.registers, kind, operands.a, lane);
                let b = cells::register(&plane.registers, kind, operands.b, lane);
                cells::store(bytes, kind, updated(op, kind, old, a, b));
                cells::set_register(&mut plane.registers, kind, operands.to, lane, old);
            }
            Ok(())
        })
    }
}

fn updated(op: AtomicOp, kind: Kind, old: u64, a: u64, b: u64) -> u64 {
    match op {
        AtomicOp::Load => old,
        AtomicOp::Store | AtomicOp::Exchange => a,
        AtomicOp::CompareExchange if old == a => b,
        AtomicOp::CompareExchange => old,
        AtomicOp::Apply(binary) => apply(binary, kind, old, a),
    }
}

/// A binary operation on single values.
pub fn apply(op: Binary, kind: Kind, a: u64, b: u64) -> u64 {
    let mut scratch = Registers::new(6, 1);
    cells::set_register(&mut scratch, kind, 2, 0, a);
    cells::set_register(&mut scratch, kind, 4, 0, b);
    arithmetic::binary(&mut scratch, op, kind, [0, 2, 4], 1);
    cells::register(&scratch, kind, 0, 0)
}
