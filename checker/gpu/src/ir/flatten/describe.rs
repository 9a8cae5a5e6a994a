//! Text for the operations that can go wrong.

use cubecl_ir::{
    ConstantValue,
    dialect::{
        OperationPtrExt,
        general::{BufferLenOp, ReadBuiltinOp, ReadScalarOp},
    },
    interfaces::ConstantAttr,
    prelude::*,
};
use pliron::{attribute::attr_cast, builtin::ops::ConstantOp};

use super::Flattener;
use crate::ir::{
    expression::Expression,
    program::{Address, Space},
};

/// Deeper expressions are cut off: they explain nothing any more.
const DEPTH: u32 = 8;

impl Flattener<'_> {
    /// Notes what the instructions that follow compute.
    pub fn describe(&mut self, op: Ptr<Operation>, name: &str) {
        let expression = match name {
            "memory.load" => self.operand_text(op, 0),
            "memory.store" => {
                self.operand_text(op, 0).then_text(" = ").then(self.operand_text(op, 1))
            }
            "sync.sync" => Expression::text("sync_cube()"),
            _ if name.starts_with("plane.") || name.starts_with("atomic.") => self.call(op, name),
            "math.u_div" | "math.s_div" | "math.u_rem" | "math.s_rem" => self.expression(op, DEPTH),
            // What has no text of its own belongs to the operation before it.
            _ => Expression::text(name.rsplit('.').next().unwrap_or(name)),
        };
        self.program.expressions.push(expression);
    }

    fn operand_text(&self, op: Ptr<Operation>, index: usize) -> Expression {
        self.value(op.operand(self.ctx, index), DEPTH)
    }

    /// `name(operands)`.
    fn call(&self, op: Ptr<Operation>, name: &str) -> Expression {
        let name = name.replace('.', "_").replace("_f_", "_").replace("_i_", "_");
        let mut text = Expression::text(format!("{name}("));
        for (index, operand) in op.operands(self.ctx).into_iter().enumerate() {
            if index > 0 {
                text = text.then_text(", ");
            }
            text = text.then(self.value(operand, DEPTH));
        }
        text.then_text(")")
    }

    fn value(&self, value: Value, depth: u32) -> Expression {
        if let Some(number) = self.loops.get(&value) {
            return Expression::text(loop_name(*number));
        }
        let is_element = value.defining_op().is_some_and(|op| self.name(op) == "memory.index");
        if let Some(Address::Object(object)) = self.addresses.get(&value)
            && !is_element
        {
            return match self.program.objects[usize::from(*object)].space {
                Space::Buffer(position) => Expression::buffer(position),
                Space::Shared { index, .. } => Expression::text(format!("shared#{index}")),
                Space::Local { .. } => Expression::text("local"),
            };
        }
        match value.defining_op() {
            Some(_) if depth == 0 => Expression::text(".."),
            Some(op) => self.expression(op, depth - 1),
            None => Expression::text("?"),
        }
    }

    fn expression(&self, op: Ptr<Operation>, depth: u32) -> Expression {
        let operand = |index| self.value(op.operand(self.ctx, index), depth);
        let name = self.name(op);
        if let Some(symbol) = symbol(&name) {
            return Expression::infix(operand(0), symbol, operand(1));
        }
        match name.as_str() {
            "builtin.constant" => self.constant_text(op),
            "cube.read_builtin" => {
                let builtin = op.as_op::<ReadBuiltinOp>(self.ctx).unwrap().builtin(self.ctx).0;
                Expression::text(constant_case(&format!("{builtin:?}")))
            }
            "cube.read_scalar" => {
                let id = op.as_op::<ReadScalarOp>(self.ctx).unwrap().id(self.ctx).0;
                Expression::text(format!("scalar#{id}"))
            }
            "cube.buffer_len" => {
                let buffer = op.as_op::<BufferLenOp>(self.ctx).unwrap().buffer_idx(self.ctx).0;
                Expression::buffer(buffer as u32).then_text(".len()")
            }
            "cube.cast" | "cube.copy" | "cube.reinterpret_cast" | "memory.load" => operand(0),
            "memory.index" => Expression::element(operand(0), operand(1)),
            "memory.declare_variable" => Expression::text("variable"),
            _ => Expression::text(format!("{}(..)", name.rsplit('.').next().unwrap_or(&name))),
        }
    }

    fn constant_text(&self, op: Ptr<Operation>) -> Expression {
        let value = op.as_op::<ConstantOp>(self.ctx).and_then(|constant| {
            let attribute = constant.get_attr_builtin_constant_value(self.ctx)?;
            Some(attr_cast::<dyn ConstantAttr>(&**attribute)?.as_const_val(self.ctx))
        });
        Expression::text(match value {
            Some(ConstantValue::Int(int)) => int.to_string(),
            Some(ConstantValue::UInt(int)) => int.to_string(),
            Some(ConstantValue::Float(float)) => format!("{float:?}"),
            Some(ConstantValue::Bool(bool)) => bool.to_string(),
            Some(ConstantValue::Complex(real, imaginary)) => format!("({real} + {imaginary}i)"),
            None => "constant".into(),
        })
    }
}

fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "math.i_add" | "math.f_add" => "+",
        "math.i_sub" | "math.f_sub" => "-",
        "math.i_mul" | "math.f_mul" => "*",
        "math.u_div" | "math.s_div" | "math.f_div" => "/",
        "math.u_rem" | "math.s_rem" | "math.f_rem" => "%",
        "bitwise.and" => "&",
        "bitwise.or" => "|",
        "bitwise.xor" => "^",
        "bitwise.shl" => "<<",
        "bitwise.shr" => ">>",
        _ => return None,
    })
}

/// `i`, `j`, `k` for the first loops of a kernel, then `i3`, `i4`, ….
fn loop_name(number: usize) -> String {
    match ["i", "j", "k"].get(number) {
        Some(name) => (*name).into(),
        None => format!("i{number}"),
    }
}

/// `UnitPosX` as a kernel writes it: `UNIT_POS_X`.
fn constant_case(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_uppercase());
    }
    text
}
