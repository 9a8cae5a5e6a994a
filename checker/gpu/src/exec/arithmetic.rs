//! Binary operations and comparisons over a plane.
//!
//! The operation is chosen outside the loop over lanes, so that each has a loop of its own that
//! the compiler can turn into vector instructions.

use half::{bf16, f16};
use num_traits::{
    Float, PrimInt, Saturating, WrappingAdd, WrappingMul, WrappingShl, WrappingShr, WrappingSub,
};

use super::{
    lanes::{Registers, Word},
    minifloat::to_tf32,
};
use crate::ir::{
    kind::Kind,
    program::{Binary, Comparison, Slot},
};

/// The nearest `f16`, as an `f32`.
pub fn to_f16(value: f32) -> f32 {
    f16::from_f32(value).to_f32()
}

/// The nearest `bf16`, as an `f32`.
pub fn to_bf16(value: f32) -> f32 {
    bf16::from_f32(value).to_f32()
}

/// `to = a op b` for `count` consecutive values.
pub fn binary(
    registers: &mut Registers,
    op: Binary,
    kind: Kind,
    [to, a, b]: [Slot; 3],
    count: u16,
) {
    for index in 0..Slot::from(count) {
        let skip = index * Slot::from(kind.slots());
        // The exponents of `powi` are of type `i32`, whatever the bases are.
        let b = b + if op == Binary::Powi { index } else { skip };
        let at = [to + skip, a + skip, b];
        match kind {
            Kind::F32 => real::<f32>(registers, op, at, |value| value),
            Kind::F64 => real::<f64>(registers, op, at, |value| value),
            Kind::F16 => real::<f32>(registers, op, at, to_f16),
            Kind::Bf16 => real::<f32>(registers, op, at, to_bf16),
            Kind::Tf32 => real::<f32>(registers, op, at, to_tf32),
            Kind::U32 | Kind::Bool => integer::<u32>(registers, op, at),
            Kind::I32 => integer::<i32>(registers, op, at),
            Kind::U64 | Kind::Pointer => integer::<u64>(registers, op, at),
            Kind::I64 => integer::<i64>(registers, op, at),
            Kind::U16 => integer::<u16>(registers, op, at),
            Kind::I16 => integer::<i16>(registers, op, at),
            Kind::U8 | Kind::Mini(_) => integer::<u8>(registers, op, at),
            Kind::I8 => integer::<i8>(registers, op, at),
        }
    }
}

fn real<T: Word + Float>(
    registers: &mut Registers,
    op: Binary,
    [to, a, b]: [Slot; 3],
    round: impl Fn(T) -> T,
) {
    if op == Binary::Powi {
        return power::<T>(registers, [to, a, b], |base, exponent| round(base.powi(exponent)));
    }
    macro_rules! each {
        ($f:expr) => {{
            let f: fn(T, T) -> T = $f;
            let _ = f;
            registers.zip::<T, T>(to, a, b, |x, y| round($f(x, y)))
        }};
    }
    match op {
        Binary::Add => each!(|x, y| x + y),
        Binary::Sub => each!(|x, y| x - y),
        Binary::Mul => each!(|x, y| x * y),
        Binary::Div => each!(|x, y| x / y),
        Binary::Rem => each!(|x, y| x % y),
        Binary::ModFloor => each!(|x: T, y: T| x - (x / y).floor() * y),
        Binary::Min => each!(|x: T, y: T| x.min(y)),
        Binary::Max => each!(|x: T, y: T| x.max(y)),
        Binary::MinNan => {
            each!(|x: T, y: T| if x.is_nan() || y.is_nan() { T::nan() } else { x.min(y) })
        }
        Binary::MaxNan => {
            each!(|x: T, y: T| if x.is_nan() || y.is_nan() { T::nan() } else { x.max(y) })
        }
        Binary::Pow => each!(|x: T, y: T| x.powf(y)),
        Binary::Atan2 => each!(|x: T, y: T| x.atan2(y)),
        Binary::Hypot => each!(|x: T, y: T| x.hypot(y)),
        Binary::RecipHypot => each!(|x: T, y: T| x.hypot(y).recip()),
        _ => unreachable!("{op:?} is not defined on floats"),
    }
}

fn power<T: Word>(registers: &mut Registers, [to, a, b]: [Slot; 3], f: impl Fn(T, i32) -> T) {
    let (bases, exponents) = (registers.read::<T>(a), registers.read::<i32>(b));
    let out = std::array::from_fn(|lane| f(bases[lane], exponents[lane]));
    registers.write(to, &out);
}

/// Integers with the wrapping arithmetic of a GPU.
pub trait Integer:
    Word
    + PrimInt
    + WrappingAdd
    + WrappingSub
    + WrappingMul
    + WrappingShl
    + WrappingShr
    + Saturating
    + std::fmt::Debug
{
    /// The upper half of the full product.
    fn multiply_high(self, other: Self) -> Self;
    fn wrapping_power(self, exponent: u32) -> Self;
    fn wrapping_negative(self) -> Self;
    fn wrapping_magnitude(self) -> Self;
    /// The low bits, for shifts and exponents.
    fn low(self) -> u32;
}

macro_rules! integers {
    ($($type:ty, $wide:ty, $magnitude:expr;)*) => {$(
        impl Integer for $type {
            #[inline]
            fn multiply_high(self, other: Self) -> Self {
                ((self as $wide * other as $wide) >> <$type>::BITS) as $type
            }

            #[inline]
            fn wrapping_power(self, exponent: u32) -> Self {
                self.wrapping_pow(exponent)
            }

            #[inline]
            fn wrapping_negative(self) -> Self {
                self.wrapping_neg()
            }

            #[inline]
            fn wrapping_magnitude(self) -> Self {
                $magnitude(self)
            }

            #[inline]
            fn low(self) -> u32 {
                self as u32
            }
        }
    )*};
}

integers! {
    u8, u16, |x| x;
    u16, u32, |x| x;
    u32, u64, |x| x;
    u64, u128, |x| x;
    i8, i16, i8::wrapping_abs;
    i16, i32, i16::wrapping_abs;
    i32, i64, i32::wrapping_abs;
    i64, i128, i64::wrapping_abs;
}

fn integer<T: Integer>(registers: &mut Registers, op: Binary, [to, a, b]: [Slot; 3]) {
    // Where a quotient overflows it wraps to the dividend; a zero divisor has been reported
    // for the lanes that compute with it.
    let quotient = |x: T, y: T| x.checked_div(&y).unwrap_or(x);
    let remainder = |x: T, y: T| {
        if y.is_zero() { x } else { x.wrapping_sub(&quotient(x, y).wrapping_mul(&y)) }
    };
    match op {
        Binary::Add => registers.zip(to, a, b, |x: T, y: T| x.wrapping_add(&y)),
        Binary::Sub => registers.zip(to, a, b, |x: T, y: T| x.wrapping_sub(&y)),
        Binary::Mul => registers.zip(to, a, b, |x: T, y: T| x.wrapping_mul(&y)),
        Binary::Div => registers.zip(to, a, b, quotient),
        Binary::Rem => registers.zip(to, a, b, remainder),
        Binary::ModFloor => registers.zip(to, a, b, |x, y| {
            let rest = remainder(x, y);
            let differs = (rest < T::zero()) != (y < T::zero());
            if !rest.is_zero() && differs { rest.wrapping_add(&y) } else { rest }
        }),
        Binary::Min | Binary::MinNan => registers.zip(to, a, b, |x: T, y: T| x.min(y)),
        Binary::Max | Binary::MaxNan => registers.zip(to, a, b, |x: T, y: T| x.max(y)),
        Binary::SaturatingAdd => {
            registers.zip(to, a, b, |x: T, y: T| Saturating::saturating_add(x, y))
        }
        Binary::SaturatingSub => {
            registers.zip(to, a, b, |x: T, y: T| Saturating::saturating_sub(x, y))
        }
        Binary::MulHigh => registers.zip(to, a, b, T::multiply_high),
        Binary::Pow => registers.zip(to, a, b, |x: T, y: T| x.wrapping_power(y.low())),
        Binary::Powi => power::<T>(registers, [to, a, b], |x, y| x.wrapping_power(y as u32)),
        Binary::And => registers.zip(to, a, b, |x: T, y: T| x & y),
        Binary::Or => registers.zip(to, a, b, |x: T, y: T| x | y),
        Binary::Xor => registers.zip(to, a, b, |x: T, y: T| x ^ y),
        Binary::ShiftLeft => registers.zip(to, a, b, |x: T, y: T| x.wrapping_shl(y.low())),
        Binary::ShiftRight => registers.zip(to, a, b, |x: T, y: T| x.wrapping_shr(y.low())),
        Binary::Atan2 | Binary::Hypot | Binary::RecipHypot => {
            unreachable!("{op:?} is not defined on integers")
        }
    }
}

/// `to = a op b`, a boolean, for `count` consecutive values.
pub fn compare(
    registers: &mut Registers,
    op: Comparison,
    kind: Kind,
    [to, a, b]: [Slot; 3],
    count: u16,
) {
    for index in 0..Slot::from(count) {
        let skip = index * Slot::from(kind.slots());
        let at = [to + index, a + skip, b + skip];
        match kind {
            Kind::F32 | Kind::F16 | Kind::Bf16 | Kind::Tf32 => ordered::<f32>(registers, op, at),
            Kind::F64 => ordered::<f64>(registers, op, at),
            Kind::I8 | Kind::I16 | Kind::I32 => ordered::<i32>(registers, op, at),
            // Minifloats are told apart by their codes: no device compares them.
            Kind::U8 | Kind::U16 | Kind::U32 | Kind::Bool | Kind::Mini(_) => {
                ordered::<u32>(registers, op, at)
            }
            Kind::I64 => ordered::<i64>(registers, op, at),
            Kind::U64 | Kind::Pointer => ordered::<u64>(registers, op, at),
        }
    }
}

fn ordered<T: Word + PartialOrd>(registers: &mut Registers, op: Comparison, [to, a, b]: [Slot; 3]) {
    match op {
        Comparison::Equal => registers.zip(to, a, b, |x: T, y: T| x == y),
        Comparison::NotEqual => registers.zip(to, a, b, |x: T, y: T| x != y),
        Comparison::Less => registers.zip(to, a, b, |x: T, y: T| x < y),
        Comparison::LessEqual => registers.zip(to, a, b, |x: T, y: T| x <= y),
        Comparison::Greater => registers.zip(to, a, b, |x: T, y: T| x > y),
        Comparison::GreaterEqual => registers.zip(to, a, b, |x: T, y: T| x >= y),
    }
}
