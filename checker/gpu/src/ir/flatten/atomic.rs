//! `atomic.*`.

use cubecl_ir::{dialect::OperationPtrExt, prelude::*};

use super::{Flattened, Flattener};
use crate::ir::program::{Address, AtomicOp, Binary, Inst};

impl Flattener<'_> {
    pub fn atomic(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        let Some(atomic) = atomic_of(name) else {
            return Ok(false);
        };
        let operands = op.operands(self.ctx);
        let at = self.address(operands[0])?;
        self.mark_atomic(at);
        let a = operands.get(1).map_or(Ok(0), |value| self.slot(*value))?;
        let b = operands.get(2).map_or(Ok(0), |value| self.slot(*value))?;
        let (to, kind) = match op.opt_result(self.ctx) {
            Some(result) => self.define(result).map(|(to, shape)| (to, shape.kind))?,
            None => {
                let shape = self.shape_of(operands[1])?;
                (self.reserve(shape.slots()), shape.kind)
            }
        };
        self.emit(Inst::Atomic { op: atomic, kind, to, at, a, b });
        Ok(true)
    }

    /// Remembers that an object's accesses may be atomic, which its shadow has to tell apart.
    pub fn mark_atomic(&mut self, at: Address) {
        match at {
            Address::Object(object) | Address::Element { object, .. } => {
                self.program.objects[usize::from(object)].atomic = true;
            }
            // It may point to anything.
            Address::Pointer(_) => {
                self.program.objects.iter_mut().for_each(|object| object.atomic = true);
            }
        }
    }
}

fn atomic_of(name: &str) -> Option<AtomicOp> {
    Some(match name {
        "load" => AtomicOp::Load,
        "store" => AtomicOp::Store,
        "exchange" => AtomicOp::Exchange,
        "compare_exchange_weak" => AtomicOp::CompareExchange,
        "i_add" | "f_add" => AtomicOp::Apply(Binary::Add),
        "i_sub" | "f_sub" => AtomicOp::Apply(Binary::Sub),
        "s_min" | "u_min" | "f_min" => AtomicOp::Apply(Binary::Min),
        "s_max" | "u_max" | "f_max" => AtomicOp::Apply(Binary::Max),
        "and" => AtomicOp::Apply(Binary::And),
        "or" => AtomicOp::Apply(Binary::Or),
        "xor" => AtomicOp::Apply(Binary::Xor),
        _ => return None,
    })
}
