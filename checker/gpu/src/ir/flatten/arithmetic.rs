//! `math.*` and `bitwise.*`.

use cubecl_ir::prelude::*;

use super::{Flattened, Flattener, Kind, Shape};
use crate::ir::program::{Binary, Inst, Query, Unary};

impl Flattener<'_> {
    pub fn arithmetic(&mut self, op: Ptr<Operation>, name: &str) -> Flattened<bool> {
        if let Some(binary) = binary_of(name) {
            self.binary(op, binary)?;
        } else if let Some(unary) = unary_of(name) {
            self.unary(op, unary)?;
        } else if let Some(query) = query_of(name) {
            self.query(op, query)?;
        } else {
            let ternary = match name {
                "fma" => {
                    |kind, to, [a, b, c]: [u32; 3], count| Inst::Fma { kind, to, a, b, c, count }
                }
                "dp4a" => {
                    |_: Kind, to, [a, b, c]: [u32; 3], count| Inst::Dp4a { to, a, b, c, count }
                }
                _ => return Ok(false),
            };
            let operands = [self.operand(op, 0)?, self.operand(op, 1)?, self.operand(op, 2)?];
            let (to, Shape { kind, count }) = self.define_result(op)?;
            self.emit(ternary(kind, to, operands, count));
        }
        Ok(true)
    }

    pub fn binary(&mut self, op: Ptr<Operation>, binary: Binary) -> Flattened<()> {
        let (a, b) = (self.operand(op, 0)?, self.operand(op, 1)?);
        let (to, Shape { kind, count }) = self.define_result(op)?;
        self.emit(Inst::Binary { op: binary, kind, to, a, b, count });
        Ok(())
    }

    pub fn unary(&mut self, op: Ptr<Operation>, unary: Unary) -> Flattened<()> {
        let a = self.operand(op, 0)?;
        let (to, Shape { kind, count }) = self.define_result(op)?;
        self.emit(Inst::Unary { op: unary, kind, to, a, count });
        Ok(())
    }

    fn query(&mut self, op: Ptr<Operation>, query: Query) -> Flattened<()> {
        let Shape { kind, count } = self.operand_shape(op, 0)?;
        let a = self.operand(op, 0)?;
        let (to, _) = self.define_result(op)?;
        self.emit(Inst::Query { op: query, kind, to, a, count });
        Ok(())
    }
}

fn binary_of(name: &str) -> Option<Binary> {
    Some(match name {
        "i_add" | "f_add" => Binary::Add,
        "i_sub" | "f_sub" => Binary::Sub,
        "i_mul" | "f_mul" => Binary::Mul,
        "s_div" | "u_div" | "f_div" => Binary::Div,
        "s_rem" | "u_rem" | "f_rem" => Binary::Rem,
        "s_mod_floor" | "f_mod_floor" => Binary::ModFloor,
        "u_mul_hi" | "s_mul_hi" => Binary::MulHigh,
        "saturating_s_add" | "saturating_u_add" => Binary::SaturatingAdd,
        "saturating_s_sub" | "saturating_u_sub" => Binary::SaturatingSub,
        "powf" => Binary::Pow,
        "powi" => Binary::Powi,
        "arc_tan2" => Binary::Atan2,
        "hypot" => Binary::Hypot,
        "rhypot" => Binary::RecipHypot,
        "and" => Binary::And,
        "or" => Binary::Or,
        "xor" => Binary::Xor,
        "shl" => Binary::ShiftLeft,
        "shr" => Binary::ShiftRight,
        _ => return None,
    })
}

fn unary_of(name: &str) -> Option<Unary> {
    Some(match name {
        "f_abs" | "s_abs" => Unary::Abs,
        "f_neg" | "s_neg" => Unary::Neg,
        "exp" => Unary::Exp,
        "expm1" => Unary::Expm1,
        "log" => Unary::Log,
        "log1p" => Unary::Log1p,
        "sin" => Unary::Sin,
        "cos" => Unary::Cos,
        "tan" => Unary::Tan,
        "arcsin" => Unary::Asin,
        "arccos" => Unary::Acos,
        "arctan" => Unary::Atan,
        "sinh" => Unary::Sinh,
        "cosh" => Unary::Cosh,
        "tanh" => Unary::Tanh,
        "arcsinh" => Unary::Asinh,
        "arccosh" => Unary::Acosh,
        "arctanh" => Unary::Atanh,
        "sqrt" => Unary::Sqrt,
        "rsqrt" => Unary::RecipSqrt,
        "recip" => Unary::Recip,
        "round" => Unary::Round,
        "floor" => Unary::Floor,
        "ceil" => Unary::Ceil,
        "trunc" => Unary::Trunc,
        "erf" => Unary::Erf,
        "degrees" => Unary::Degrees,
        "radians" => Unary::Radians,
        "not" => Unary::Not,
        "reverse_bits" => Unary::ReverseBits,
        _ => return None,
    })
}

fn query_of(name: &str) -> Option<Query> {
    Some(match name {
        "is_nan" => Query::IsNan,
        "is_inf" => Query::IsInf,
        "count_ones" => Query::CountOnes,
        "leading_zeros" => Query::LeadingZeros,
        "trailing_zeros" => Query::TrailingZeros,
        "find_first_set" => Query::FindFirstSet,
        _ => return None,
    })
}
