//! Constants, builtins, arguments, casts and selection.

use cubecl_ir::{
    ConstantValue, ContextExt,
    dialect::{
        OperationPtrExt,
        general::{BufferLenOp, PrintfOp, ReadBuiltinOp, ReadScalarOp, ShapeOp, StrideOp},
    },
    interfaces::ConstantAttr,
    prelude::*,
};
use half::{bf16, f16};
use pliron::{attribute::attr_cast, builtin::ops::ConstantOp, printable::Printable};

use super::{Flattened, Flattener, Kind, Refusal};
use crate::ir::program::{Binary, Inst, Preset, Print, Unary};

impl Flattener<'_> {
    /// `builtin.*` and `cube.*`.
    pub fn general(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        match name {
            "builtin.constant" => self.constant_op(op)?,
            "cube.read_builtin" => {
                let builtin = op.as_op::<ReadBuiltinOp>(self.ctx).unwrap().builtin(self.ctx).0;
                let kind = self.shape_of(op.result(self.ctx))?.kind;
                let slot = self.preset(Preset::Builtin(builtin), kind);
                self.slots.insert(op.result(self.ctx), slot);
            }
            "cube.read_scalar" => self.read_scalar(op)?,
            "cube.buffer_len" => {
                let buffer = op.as_op::<BufferLenOp>(self.ctx).unwrap().buffer_idx(self.ctx).0;
                let entry = self.program.info.buffer_len_index(buffer) as u32;
                let slot = self.preset(Preset::Metadata(entry), self.index);
                self.slots.insert(op.result(self.ctx), slot);
            }
            "cube.shape" => {
                let buffer = op.as_op::<ShapeOp>(self.ctx).unwrap().buffer_idx(self.ctx).0;
                self.metadata(op, self.program.info.shape_offset_index(buffer))?;
            }
            "cube.stride" => {
                let buffer = op.as_op::<StrideOp>(self.ctx).unwrap().buffer_idx(self.ctx).0;
                self.metadata(op, self.program.info.stride_offset_index(buffer))?;
            }
            "cube.copy" => self.alias(op),
            "cube.poison" => {
                self.define_result(op)?;
            }
            "cube.comment" | "cube.free" => {}
            "cube.cast" => self.cast(op)?,
            "cube.reinterpret_cast" => self.reinterpret(op)?,
            "cube.select" => self.select(op)?,
            "cube.bool_and" => self.binary(op, Binary::And)?,
            "cube.bool_or" => self.binary(op, Binary::Or)?,
            "cube.bool_not" => self.unary(op, Unary::Not)?,
            "cube.printf" => self.printf(op)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The result is the operand under another name.
    pub fn alias(&mut self, op: Ptr<Operation>) {
        let (from, to) = (op.operand(self.ctx, 0), op.result(self.ctx));
        if let Some(slot) = self.slots.get(&from).copied() {
            self.slots.insert(to, slot);
        }
        if let Some(address) = self.addresses.get(&from).copied() {
            self.addresses.insert(to, address);
        }
    }

    fn constant_op(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let result = op.result(self.ctx);
        let shape = self.shape_of(result)?;
        let attribute = op.as_op::<ConstantOp>(self.ctx).unwrap();
        let attribute = attribute.get_attr_builtin_constant_value(self.ctx).unwrap();
        let constant = attr_cast::<dyn ConstantAttr>(&**attribute).ok_or_else(|| {
            Refusal::new(
                format!("the constant {}", op.disp(self.ctx)),
                "build the vector at run time",
            )
        })?;
        // The only constant a vector can be is zero.
        let bits =
            if shape.count == 1 { bits(shape.kind, constant.as_const_val(self.ctx)) } else { 0 };
        let slot = self.constant(bits, shape.kind);
        if shape.count == 1 {
            self.slots.insert(result, slot);
        } else {
            let (to, _) = self.define(result)?;
            self.emit(Inst::Splat {
                to,
                from: slot,
                width: shape.kind.slots(),
                count: shape.count,
            });
        }
        Ok(())
    }

    fn read_scalar(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let read = op.as_op::<ReadScalarOp>(self.ctx).unwrap();
        let (ty, id) = (read.ty(self.ctx).get_type(self.ctx), read.id(self.ctx).0 as u32);
        let field = self.program.info.scalars.iter().find(|field| field.ty.to_type(self.ctx) == ty);
        let field =
            *field.ok_or_else(|| Refusal::new("this scalar argument", "pass it in a buffer"))?;
        let kind = Kind::of(field.ty, self.index)
            .ok_or_else(|| Refusal::value_type(&field.ty.to_string()))?;
        let size = field.ty.expand_size(self.ctx.address_type()) as u32;
        let byte = field.offset as u32 + id * size;
        let slot = self.preset(Preset::Scalar { kind, byte }, kind);
        self.slots.insert(op.result(self.ctx), slot);
        Ok(())
    }

    /// A tensor's shape or stride along a dimension.
    fn metadata(&mut self, op: Ptr<Operation>, entry: usize) -> Flattened<()> {
        let dimension = self.operand(op, 0)?;
        let wide = self.program.wide;
        let (to, _) = self.define_result(op)?;
        self.emit(Inst::Metadata { to, entry: entry as u32, dimension, wide });
        Ok(())
    }

    fn cast(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let from = self.operand_shape(op, 0)?;
        let into = self.shape_of(op.result(self.ctx))?;
        if from == into {
            self.alias(op);
            return Ok(());
        }
        let a = self.operand(op, 0)?;
        let (to, _) = self.define_result(op)?;
        // Two packed numbers are one value.
        let packed = from.kind == Kind::PACKED && into.count == 2 * from.count
            || into.kind == Kind::PACKED && from.count == 2 * into.count;
        let plain = from.kind != Kind::PACKED && into.kind != Kind::PACKED;
        if packed || plain && from.count == into.count {
            let count = from.count.min(into.count);
            self.emit(Inst::Cast { from: from.kind, into: into.kind, to, a, count });
        } else if plain && from.count == 1 {
            self.emit(Inst::Cast { from: from.kind, into: into.kind, to, a, count: 1 });
            self.emit(Inst::Splat { to, from: to, width: into.kind.slots(), count: into.count });
        } else {
            return Err(Refusal::new(
                "a cast between vectors of different length",
                "cast element by element",
            ));
        }
        Ok(())
    }

    fn reinterpret(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let from = self.operand_shape(op, 0)?;
        let into = self.shape_of(op.result(self.ctx))?;
        if from.kind == Kind::Pointer || from == into {
            self.alias(op);
            return Ok(());
        }
        if from.bytes() != into.bytes() {
            return Err(Refusal::new(
                format!("the bit cast {}", op.disp(self.ctx)),
                "reinterpret between types of the same size",
            ));
        }
        let a = self.operand(op, 0)?;
        let (to, _) = self.define_result(op)?;
        let bytes = into.bytes() as u16;
        self.emit(Inst::Bitcast { from: from.kind, into: into.kind, to, a, bytes });
        Ok(())
    }

    fn select(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let (condition, a, b) = (self.operand(op, 0)?, self.operand(op, 1)?, self.operand(op, 2)?);
        let per_lane = self.operand_shape(op, 0)?.count > 1;
        let (to, shape) = self.define_result(op)?;
        let (width, count) = (shape.kind.slots(), shape.count);
        self.emit(Inst::Select { to, condition, a, b, width, count, per_lane });
        Ok(())
    }

    fn printf(&mut self, op: Ptr<Operation>) -> Flattened<()> {
        let printf = op.as_op::<PrintfOp>(self.ctx).unwrap();
        let format = String::from(printf.format_string(self.ctx).clone());
        let mut arguments = Vec::new();
        for value in printf.args(self.ctx) {
            arguments.push((self.slot(value)?, self.shape_of(value)?.kind));
        }
        let print = self.program.prints.len() as u32;
        self.program.prints.push(Print { format, arguments });
        self.emit(Inst::Print { print });
        Ok(())
    }
}

/// A constant as a register holds it.
pub fn bits(kind: Kind, value: ConstantValue) -> u64 {
    let float = match value {
        ConstantValue::Float(float) => float,
        ConstantValue::Int(int) => int as f64,
        ConstantValue::UInt(int) => int as f64,
        ConstantValue::Bool(bool) => f64::from(u8::from(bool)),
        ConstantValue::Complex(real, _) => real,
    };
    let int = match value {
        ConstantValue::Float(float) => float as i64,
        ConstantValue::Int(int) => int,
        ConstantValue::UInt(int) => int as i64,
        ConstantValue::Bool(bool) => i64::from(bool),
        ConstantValue::Complex(real, _) => real as i64,
    };
    match kind {
        Kind::F64 => float.to_bits(),
        Kind::F32 => u64::from((float as f32).to_bits()),
        Kind::F16 => u64::from(f16::from_f64(float).to_f32().to_bits()),
        Kind::Bf16 => u64::from(bf16::from_f64(float).to_f32().to_bits()),
        Kind::U64 | Kind::I64 | Kind::Pointer => int as u64,
        _ => u64::from(int as u32),
    }
}
