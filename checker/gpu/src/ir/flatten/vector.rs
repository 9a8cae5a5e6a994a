//! `composite.*` and `vector.*`: building vectors, their elements, and reductions over them.

use cubecl_ir::{
    dialect::{
        OperationPtrExt,
        vector::{CompositeExtractOp, CompositeInsertOp},
    },
    interfaces::TypedExt,
    prelude::*,
};

use super::{Flattened, Flattener, Refusal, Shape};
use crate::ir::program::{Binary, Inst, Slot, Unary};

impl Flattener<'_> {
    pub fn vector(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        match name {
            "composite.construct" => self.construct(op)?,
            "composite.extract" => self.extract(op)?,
            "composite.insert" => self.insert(op)?,
            "vector.broadcast" => {
                let from = self.operand(op, 0)?;
                let (to, Shape { kind, count }) = self.define_result(op)?;
                self.emit(Inst::Splat { to, from, width: kind.slots(), count });
            }
            "vector.extract_dynamic" => {
                let (vector, index) = (self.operand(op, 0)?, self.operand(op, 1)?);
                let Shape { kind, count } = self.operand_shape(op, 0)?;
                let (to, _) = self.define_result(op)?;
                self.emit(Inst::Extract { to, vector, index, width: kind.slots(), count });
            }
            "vector.insert_dynamic" => {
                let (from, value, index) =
                    (self.operand(op, 0)?, self.operand(op, 1)?, self.operand(op, 2)?);
                let (vector, shape) = self.define_result(op)?;
                let (width, count) = (shape.kind.slots(), shape.count);
                self.emit(Inst::Copy { to: vector, from, slots: shape.slots() });
                self.emit(Inst::Insert { vector, index, value, width, count });
            }
            "vector.f_sum" | "vector.i_sum" => {
                let (from, shape) = (self.operand(op, 0)?, self.operand_shape(op, 0)?);
                let (to, _) = self.define_result(op)?;
                self.sum(to, from, shape);
            }
            "vector.f_dot" | "vector.s_dot" | "vector.u_dot" => {
                let (a, b, shape) =
                    (self.operand(op, 0)?, self.operand(op, 1)?, self.operand_shape(op, 0)?);
                let (to, _) = self.define_result(op)?;
                self.dot(to, a, b, shape);
            }
            "vector.magnitude" => {
                let (a, shape) = (self.operand(op, 0)?, self.operand_shape(op, 0)?);
                let (to, _) = self.define_result(op)?;
                self.magnitude(to, a, shape);
            }
            "vector.normalize" => self.normalize(op)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn construct(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let elements = op.operands(self.ctx);
        let (to, Shape { kind, count }) = self.define_result(op)?;
        if elements.len() != usize::from(count) {
            return Err(aggregate());
        }
        for (index, element) in elements.into_iter().enumerate() {
            let from = self.slot(element)?;
            let to = to + index as Slot * Slot::from(kind.slots());
            self.emit(Inst::Copy { to, from, slots: kind.slots() });
        }
        Ok(())
    }

    fn extract(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let index = op.as_op::<CompositeExtractOp>(self.ctx).unwrap().index(self.ctx).0 as Slot;
        let vector = op.operand(self.ctx, 0);
        if !vector.is_vector(self.ctx) {
            return Err(aggregate());
        }
        let kind = self.shape_of(vector)?.kind;
        let from = self.slot(vector)? + index * Slot::from(kind.slots());
        let (to, _) = self.define_result(op)?;
        self.emit(Inst::Copy { to, from, slots: kind.slots() });
        Ok(())
    }

    fn insert(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let index = op.as_op::<CompositeInsertOp>(self.ctx).unwrap().index(self.ctx).0 as Slot;
        let (vector, value) = (self.operand(op, 0)?, self.operand(op, 1)?);
        let (to, shape) = self.define_result(op)?;
        let width = shape.kind.slots();
        self.emit(Inst::Copy { to, from: vector, slots: shape.slots() });
        self.emit(Inst::Copy { to: to + index * Slot::from(width), from: value, slots: width });
        Ok(())
    }

    /// Adds the elements of a vector from left to right.
    fn sum(&mut self, to: Slot, from: Slot, Shape { kind, count }: Shape) {
        let width = Slot::from(kind.slots());
        let total = self.reserve(kind.slots());
        self.emit(Inst::Copy { to: total, from, slots: kind.slots() });
        for index in 1..Slot::from(count) {
            let b = from + index * width;
            self.emit(Inst::Binary { op: Binary::Add, kind, to: total, a: total, b, count: 1 });
        }
        self.emit(Inst::Copy { to, from: total, slots: kind.slots() });
    }

    fn dot(&mut self, to: Slot, a: Slot, b: Slot, shape: Shape) {
        let products = self.reserve(shape.slots());
        let Shape { kind, count } = shape;
        self.emit(Inst::Binary { op: Binary::Mul, kind, to: products, a, b, count });
        self.sum(to, products, shape);
    }

    fn magnitude(&mut self, to: Slot, a: Slot, shape: Shape) {
        let squared = self.reserve(shape.kind.slots());
        self.dot(squared, a, a, shape);
        self.emit(Inst::Unary { op: Unary::Sqrt, kind: shape.kind, to, a: squared, count: 1 });
    }

    fn normalize(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let (a, shape) = (self.operand(op, 0)?, self.operand_shape(op, 0)?);
        let (to, _) = self.define_result(op)?;
        let Shape { kind, count } = shape;
        let length = self.reserve(kind.slots());
        self.magnitude(length, a, shape);
        let lengths = self.reserve(shape.slots());
        self.emit(Inst::Splat { to: lengths, from: length, width: kind.slots(), count });
        self.emit(Inst::Binary { op: Binary::Div, kind, to, a, b: lengths, count });
        Ok(())
    }
}

fn aggregate() -> Refusal {
    Refusal::new("an aggregate that is no vector", "keep its fields in separate variables")
}
