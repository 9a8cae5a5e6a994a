//! The bytecode a kernel is flattened into, and the names of what it refers to.
//!
//! One instruction is executed by a whole plane at once. A register *slot* holds 32 bits for
//! each of the plane's lanes; a 64-bit value takes two slots, a vector one value after another.

use std::fmt;

use cubecl_ir::{Builtin, attributes::BufferIOAttr, metadata::Info};

use super::{expression::Expression, kind::Kind};

/// Index of a register slot.
pub type Slot = u32;

/// Index into [`Program::objects`].
pub type ObjectId = u16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    ModFloor,
    Min,
    Max,
    MinNan,
    MaxNan,
    SaturatingAdd,
    SaturatingSub,
    MulHigh,
    Pow,
    Powi,
    Atan2,
    Hypot,
    RecipHypot,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Abs,
    Neg,
    Exp,
    Expm1,
    Log,
    Log1p,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Sqrt,
    RecipSqrt,
    Recip,
    Round,
    Floor,
    Ceil,
    Trunc,
    Erf,
    Degrees,
    Radians,
    Not,
    ReverseBits,
}

/// Functions whose result has another type than their argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    IsNan,
    IsInf,
    CountOnes,
    LeadingZeros,
    TrailingZeros,
    FindFirstSet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaneOp {
    Sum,
    Prod,
    Min,
    Max,
    All,
    Any,
    InclusiveSum,
    ExclusiveSum,
    InclusiveProd,
    ExclusiveProd,
    Ballot,
    Elect,
    Shuffle,
    ShuffleXor,
    ShuffleUp,
    ShuffleDown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomicOp {
    Load,
    Store,
    Exchange,
    CompareExchange,
    Apply(Binary),
}

/// Where a load or store goes.
#[derive(Clone, Copy, Debug)]
pub enum Address {
    /// A whole object: a variable that is not an array.
    Object(ObjectId),
    /// An element of an object, the index in a register.
    Element {
        object: ObjectId,
        index: Slot,
        /// The index takes two slots.
        wide: bool,
    },
    /// A pointer computed by the kernel: byte offset in the first slot, object in the second.
    Pointer(Slot),
}

#[derive(Clone, Copy, Debug)]
pub enum Inst {
    Copy { to: Slot, from: Slot, slots: u16 },
    Splat { to: Slot, from: Slot, width: u16, count: u16 },
    Binary { op: Binary, kind: Kind, to: Slot, a: Slot, b: Slot, count: u16 },
    Compare { op: Comparison, kind: Kind, to: Slot, a: Slot, b: Slot, count: u16 },
    Unary { op: Unary, kind: Kind, to: Slot, a: Slot, count: u16 },
    Query { op: Query, kind: Kind, to: Slot, a: Slot, count: u16 },
    Fma { kind: Kind, to: Slot, a: Slot, b: Slot, c: Slot, count: u16 },
    Dp4a { to: Slot, a: Slot, b: Slot, c: Slot, count: u16 },
    Select { to: Slot, condition: Slot, a: Slot, b: Slot, width: u16, count: u16, per_lane: bool },
    Cast { from: Kind, into: Kind, to: Slot, a: Slot, count: u16 },
    Bitcast { from: Kind, into: Kind, to: Slot, a: Slot, bytes: u16 },
    Extract { to: Slot, vector: Slot, index: Slot, width: u16, count: u16 },
    Insert { vector: Slot, index: Slot, value: Slot, width: u16, count: u16 },
    Offset { to: Slot, base: Slot, index: Slot, wide: bool, bytes: u32, length: u32 },
    Load { to: Slot, at: Address, kind: Kind, count: u16 },
    Store { at: Address, from: Slot, kind: Kind, count: u16 },
    Atomic { op: AtomicOp, kind: Kind, to: Slot, at: Address, a: Slot, b: Slot },
    Metadata { to: Slot, entry: u32, dimension: Slot, wide: bool },
    If { condition: Slot, otherwise: u32 },
    Else { end: u32 },
    EndIf,
    Loop,
    LoopWhile { condition: Slot, end: u32 },
    LoopAgain { top: u32 },
    EndLoop,
    Return,
    Barrier,
    Plane { op: PlaneOp, kind: Kind, to: Slot, a: Slot, b: Slot, count: u16 },
    Print { print: u32 },
}

/// Slots filled before the first instruction runs.
#[derive(Clone, Copy, Debug)]
pub enum Preset {
    Constant(u64),
    Builtin(Builtin),
    /// A scalar argument, at a byte of the argument block.
    Scalar {
        kind: Kind,
        byte: u32,
    },
    /// An entry of the metadata whose place is known: a buffer's length.
    Metadata(u32),
    /// A pointer to an object.
    Pointer(ObjectId),
}

/// Where an object lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// The kernel argument at this position.
    Buffer(u32),
    /// The `index`-th shared declaration.
    Shared { index: u32, bytes: u32 },
    /// Private to a unit: one slot for every 32 bits.
    Local { first: Slot, bytes: u32 },
}

/// Something a kernel can take an element of.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub space: Space,
    /// The scalar it is made of.
    pub kind: Kind,
    /// Bytes of one element: a scalar or a vector.
    pub element_bytes: u32,
    /// Some access to it is atomic.
    pub atomic: bool,
}

/// A `printf` of the kernel.
#[derive(Clone, Debug)]
pub struct Print {
    pub format: String,
    pub arguments: Vec<(Slot, Kind)>,
}

/// A kernel, ready to be executed.
#[derive(Clone, Debug)]
pub struct Program {
    /// The name that the kernel's author gave it.
    pub name: String,
    pub code: Vec<Inst>,
    /// For every instruction, its entry in [`expressions`](Self::expressions).
    pub sites: Vec<u32>,
    pub expressions: Vec<Expression>,
    pub slots: u32,
    pub presets: Vec<(Slot, Preset, Kind)>,
    pub objects: Vec<Object>,
    pub prints: Vec<Print>,
    pub shared_bytes: u32,
    pub local_slots: u32,
    pub info: Info,
    pub io: Vec<BufferIOAttr>,
    pub cube_dim: [u32; 3],
    /// Launched with `launch`, not with `launch_unchecked`.
    pub checked: bool,
    /// Indices and lengths are 64 bits wide.
    pub wide: bool,
    /// The lowered IR, for readers who ask for it.
    pub ir: String,
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.ir)
    }
}

impl Program {
    /// Units in one cube.
    pub fn units_per_cube(&self) -> u32 {
        self.cube_dim.iter().product()
    }

    /// The expression that instruction `at` computes.
    pub fn expression(&self, at: usize) -> &Expression {
        &self.expressions[self.sites[at] as usize]
    }
}
