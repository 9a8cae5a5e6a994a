//! Scalar kinds: what the interpreter computes with.

use cubecl_ir::{ElemType, FloatKind, IntKind, UIntKind};

/// A scalar type of a kernel.
///
/// `f16`, `bf16` and `tf32` are kept as `f32` in registers and rounded after every operation,
/// which is what a device without native half arithmetic does as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    F16,
    Bf16,
    Tf32,
    F32,
    F64,
    /// Kept as its code.
    Mini(Mini),
    U8,
    U16,
    U32,
    U64,
    I8,
    I16,
    I32,
    I64,
    Bool,
    /// Byte offset and object.
    Pointer,
}

/// A float of at most eight bits, which nothing computes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mini {
    E4m3,
    E5m2,
    Ue8m0,
    E2m3,
    E3m2,
    E2m1,
    /// Two in one byte.
    E2m1x2,
}

impl Kind {
    /// Two numbers to a value.
    pub const PACKED: Kind = Kind::Mini(Mini::E2m1x2);

    /// Bytes in memory.
    pub fn bytes(self) -> u32 {
        match self {
            Kind::U8 | Kind::I8 | Kind::Mini(_) => 1,
            Kind::F16 | Kind::Bf16 | Kind::U16 | Kind::I16 => 2,
            Kind::F32 | Kind::Tf32 | Kind::U32 | Kind::I32 | Kind::Bool => 4,
            Kind::F64 | Kind::U64 | Kind::I64 | Kind::Pointer => 8,
        }
    }

    /// Register slots of 32 bits.
    pub fn slots(self) -> u16 {
        if self.bytes() == 8 { 2 } else { 1 }
    }

    pub fn is_float(self) -> bool {
        matches!(self, Kind::F16 | Kind::Bf16 | Kind::Tf32 | Kind::F32 | Kind::F64)
    }

    /// The kind of an IR scalar, if the simulator computes with it. `index` is the kind of `usize`.
    pub fn of(elem: ElemType, index: Kind) -> Option<Kind> {
        Some(match elem {
            ElemType::Index => index,
            ElemType::Bool => Kind::Bool,
            ElemType::Float(FloatKind::F16) => Kind::F16,
            ElemType::Float(FloatKind::BF16) => Kind::Bf16,
            ElemType::Float(FloatKind::F32 | FloatKind::Flex32) => Kind::F32,
            ElemType::Float(FloatKind::F64) => Kind::F64,
            ElemType::Float(FloatKind::TF32) => Kind::Tf32,
            ElemType::Float(FloatKind::E4M3) => Kind::Mini(Mini::E4m3),
            ElemType::Float(FloatKind::E5M2) => Kind::Mini(Mini::E5m2),
            ElemType::Float(FloatKind::UE8M0) => Kind::Mini(Mini::Ue8m0),
            ElemType::Float(FloatKind::E2M3) => Kind::Mini(Mini::E2m3),
            ElemType::Float(FloatKind::E3M2) => Kind::Mini(Mini::E3m2),
            ElemType::Float(FloatKind::E2M1) => Kind::Mini(Mini::E2m1),
            ElemType::Float(FloatKind::E2M1x2) => Kind::PACKED,
            ElemType::UInt(UIntKind::U8) => Kind::U8,
            ElemType::UInt(UIntKind::U16) => Kind::U16,
            ElemType::UInt(UIntKind::U32) => Kind::U32,
            ElemType::UInt(UIntKind::U64) => Kind::U64,
            ElemType::Int(IntKind::I8) => Kind::I8,
            ElemType::Int(IntKind::I16) => Kind::I16,
            ElemType::Int(IntKind::I32) => Kind::I32,
            ElemType::Int(IntKind::I64) => Kind::I64,
            _ => return None,
        })
    }
}
