//! `cmp.*`: comparisons, minima, maxima and clamps.

use cubecl_ir::prelude::*;

use super::{Flattened, Flattener, Shape};
use crate::ir::program::{Binary, Comparison, Inst};

impl Flattener<'_> {
    pub fn comparison(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        // The first part of a name is the class of its operands: f, s, u, i or bool.
        let Some((_, operation)) = name.split_once('_') else {
            return Ok(false);
        };
        match operation {
            "min" => self.binary(op, Binary::Min)?,
            "max" => self.binary(op, Binary::Max)?,
            "min_nan" => self.binary(op, Binary::MinNan)?,
            "max_nan" => self.binary(op, Binary::MaxNan)?,
            "clamp" => self.clamp(op, [(Binary::Max, 1), (Binary::Min, 2)])?,
            "clamp_nan" => self.clamp(op, [(Binary::MinNan, 2), (Binary::MaxNan, 1)])?,
            "equal" => self.compare(op, Comparison::Equal)?,
            "not_equal" => self.compare(op, Comparison::NotEqual)?,
            "less_than" => self.compare(op, Comparison::Less)?,
            "less_than_or_equal" => self.compare(op, Comparison::LessEqual)?,
            "greater_than" => self.compare(op, Comparison::Greater)?,
            "greater_than_or_equal" => self.compare(op, Comparison::GreaterEqual)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn compare(&mut self, op: Ptr<Operation>, comparison: Comparison) -> Flattened<()> {
        let Shape { kind, count } = self.operand_shape(op, 0)?;
        let (a, b) = (self.operand(op, 0)?, self.operand(op, 1)?);
        let (to, _) = self.define_result(op)?;
        self.emit(Inst::Compare { op: comparison, kind, to, a, b, count });
        Ok(())
    }

    /// Two steps, each with the operand that holds its bound.
    fn clamp(&mut self, op: Ptr<Operation>, steps: [(Binary, usize); 2]) -> Flattened<()> {
        let (to, Shape { kind, count }) = self.define_result(op)?;
        let between = self.reserve(kind.slots() * count);
        let mut a = self.operand(op, 0)?;
        for ((op_code, bound), to) in steps.into_iter().zip([between, to]) {
            let b = self.operand(op, bound)?;
            self.emit(Inst::Binary { op: op_code, kind, to, a, b, count });
            a = between;
        }
        Ok(())
    }
}
