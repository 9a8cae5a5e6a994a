//! Functions of one value over a plane, and the few of three.

use num_traits::Float;

use super::{
    arithmetic::{Integer, to_bf16, to_f16},
    lanes::{Registers, Word},
    minifloat::to_tf32,
};
use crate::ir::{
    kind::Kind,
    program::{Query, Slot, Unary},
};

/// `to = op(a)` for `count` consecutive values.
pub fn unary(registers: &mut Registers, op: Unary, kind: Kind, [to, a]: [Slot; 2], count: u16) {
    for index in 0..Slot::from(count) {
        let skip = index * Slot::from(kind.slots());
        let at = [to + skip, a + skip];
        match kind {
            Kind::F32 => real::<f32>(registers, op, at, |value| value),
            Kind::F64 => real::<f64>(registers, op, at, |value| value),
            Kind::F16 => real::<f32>(registers, op, at, to_f16),
            Kind::Bf16 => real::<f32>(registers, op, at, to_bf16),
            Kind::Tf32 => real::<f32>(registers, op, at, to_tf32),
            Kind::Bool => registers.map(at[0], at[1], |x: bool| !x),
            Kind::U8 | Kind::Mini(_) => integer::<u8>(registers, op, at),
            Kind::U16 => integer::<u16>(registers, op, at),
            Kind::U32 => integer::<u32>(registers, op, at),
            Kind::U64 | Kind::Pointer => integer::<u64>(registers, op, at),
            Kind::I8 => integer::<i8>(registers, op, at),
            Kind::I16 => integer::<i16>(registers, op, at),
            Kind::I32 => integer::<i32>(registers, op, at),
            Kind::I64 => integer::<i64>(registers, op, at),
        }
    }
}

fn real<T: Word + Float>(
    registers: &mut Registers,
    op: Unary,
    [to, a]: [Slot; 2],
    round: impl Fn(T) -> T,
) {
    let f: fn(T) -> T = match op {
        Unary::Abs => T::abs,
        Unary::Neg => |x| -x,
        Unary::Exp => T::exp,
        Unary::Expm1 => T::exp_m1,
        Unary::Log => T::ln,
        Unary::Log1p => T::ln_1p,
        Unary::Sin => T::sin,
        Unary::Cos => T::cos,
        Unary::Tan => T::tan,
        Unary::Asin => T::asin,
        Unary::Acos => T::acos,
        Unary::Atan => T::atan,
        Unary::Sinh => T::sinh,
        Unary::Cosh => T::cosh,
        Unary::Tanh => T::tanh,
        Unary::Asinh => T::asinh,
        Unary::Acosh => T::acosh,
        Unary::Atanh => T::atanh,
        Unary::Sqrt => T::sqrt,
        Unary::RecipSqrt => |x| x.sqrt().recip(),
        Unary::Recip => T::recip,
        Unary::Round => round_ties_even,
        Unary::Floor => T::floor,
        Unary::Ceil => T::ceil,
        Unary::Trunc => T::trunc,
        Unary::Erf => erf,
        Unary::Degrees => T::to_degrees,
        Unary::Radians => T::to_radians,
        Unary::Not | Unary::ReverseBits => unreachable!("{op:?} is not defined on floats"),
    };
    // Most of these functions cost more than the bookkeeping of skipping a lane.
    let active = registers.active;
    let x = registers.read::<T>(a);
    let mut out = [T::zero(); super::lanes::LANES];
    super::lanes::lanes(active).for_each(|lane| out[lane] = round(f(x[lane])));
    registers.write(to, &out);
}

/// To the nearest integer; halfway to the even one, as GPUs do.
fn round_ties_even<T: Float>(x: T) -> T {
    let two = T::one() + T::one();
    let floor = x.floor();
    let above = x - floor;
    let half = two.recip();
    let up = above > half || (above == half && (floor / two).floor() * two != floor);
    let rounded = if up { floor + T::one() } else { floor };
    // -0.3 rounds to -0, infinities and NaN to themselves.
    if x.is_finite() { rounded.abs() * x.signum() } else { x }
}

/// The error function, exact to the last bits of an `f32`.
fn erf<T: Float>(x: T) -> T {
    T::from(erf_f64(x.to_f64().unwrap_or(f64::NAN))).unwrap_or_else(T::nan)
}

/// Its Taylor series near zero, its continued fraction further out.
fn erf_f64(x: f64) -> f64 {
    use std::f64::consts::PI;
    let a = x.abs();
    if x.is_nan() {
        return x;
    }
    let value = if a < 2.5 {
        let (mut term, mut sum, mut k) = (a, a, 0.0);
        while f64::abs(term) > 1e-17 {
            k += 1.0;
            term *= -a * a / k;
            sum += term / (2.0 * k + 1.0);
        }
        sum * 2.0 / PI.sqrt()
    } else {
        let fraction = (1..60).rev().fold(0.0, |below, k| f64::from(k) / 2.0 / (a + below));
        1.0 - (-a * a).exp() / ((a + fraction) * PI.sqrt())
    };
    value.copysign(x)
}

fn integer<T: Integer>(registers: &mut Registers, op: Unary, [to, a]: [Slot; 2]) {
    match op {
        Unary::Abs => registers.map(to, a, T::wrapping_magnitude),
        Unary::Neg => registers.map(to, a, T::wrapping_negative),
        Unary::Not => registers.map(to, a, |x: T| !x),
        Unary::ReverseBits => registers.map(to, a, |x: T| x.reverse_bits()),
        _ => unreachable!("{op:?} is not defined on integers"),
    }
}

/// A query's answer, a `u32` or a boolean, for `count` consecutive values.
pub fn query(registers: &mut Registers, op: Query, kind: Kind, [to, a]: [Slot; 2], count: u16) {
    for index in 0..Slot::from(count) {
        let at = [to + index, a + index * Slot::from(kind.slots())];
        match kind {
            Kind::F32 | Kind::F16 | Kind::Bf16 | Kind::Tf32 => {
                float_query::<f32>(registers, op, at)
            }
            Kind::F64 => float_query::<f64>(registers, op, at),
            Kind::U8 | Kind::Mini(_) => bit_query::<u8>(registers, op, at),
            Kind::U16 => bit_query::<u16>(registers, op, at),
            Kind::U32 | Kind::Bool => bit_query::<u32>(registers, op, at),
            Kind::U64 | Kind::Pointer => bit_query::<u64>(registers, op, at),
            Kind::I8 => bit_query::<i8>(registers, op, at),
            Kind::I16 => bit_query::<i16>(registers, op, at),
            Kind::I32 => bit_query::<i32>(registers, op, at),
            Kind::I64 => bit_query::<i64>(registers, op, at),
        }
    }
}

fn float_query<T: Word + Float>(registers: &mut Registers, op: Query, [to, a]: [Slot; 2]) {
    match op {
        Query::IsNan => registers.map(to, a, |x: T| x.is_nan()),
        Query::IsInf => registers.map(to, a, |x: T| x.is_infinite()),
        _ => unreachable!("{op:?} is not defined on floats"),
    }
}

fn bit_query<T: Integer>(registers: &mut Registers, op: Query, [to, a]: [Slot; 2]) {
    match op {
        Query::CountOnes => registers.map(to, a, |x: T| x.count_ones()),
        Query::LeadingZeros => registers.map(to, a, |x: T| x.leading_zeros()),
        Query::TrailingZeros => registers.map(to, a, |x: T| x.trailing_zeros()),
        Query::FindFirstSet => {
            registers.map(to, a, |x: T| if x.is_zero() { 0 } else { x.trailing_zeros() + 1 });
        }
        Query::IsNan | Query::IsInf => unreachable!("{op:?} is not defined on integers"),
    }
}

/// `to = a·b + c` with one rounding, for `count` consecutive values.
pub fn fma(registers: &mut Registers, kind: Kind, [to, a, b, c]: [Slot; 4], count: u16) {
    for index in 0..Slot::from(count) {
        let skip = index * Slot::from(kind.slots());
        let at = [to + skip, a + skip, b + skip, c + skip];
        match kind {
            Kind::F64 => multiply_add::<f64>(registers, at, |x| x),
            Kind::F16 => multiply_add::<f32>(registers, at, to_f16),
            Kind::Bf16 => multiply_add::<f32>(registers, at, to_bf16),
            Kind::Tf32 => multiply_add::<f32>(registers, at, to_tf32),
            _ => multiply_add::<f32>(registers, at, |x| x),
        }
    }
}

fn multiply_add<T: Word + Float>(
    registers: &mut Registers,
    [to, a, b, c]: [Slot; 4],
    round: impl Fn(T) -> T,
) {
    let (a, b, c) = (registers.read::<T>(a), registers.read::<T>(b), registers.read::<T>(c));
    let out = std::array::from_fn(|lane| round(a[lane].mul_add(b[lane], c[lane])));
    registers.write(to, &out);
}

/// `to = c +` the dot product of the four signed bytes of `a` and of `b`.
pub fn dp4a(registers: &mut Registers, [to, a, b, c]: [Slot; 4], count: u16) {
    for index in 0..Slot::from(count) {
        let (a, b) = (registers.read::<i32>(a + index), registers.read::<i32>(b + index));
        let c = registers.read::<i32>(c + index);
        let out = std::array::from_fn(|lane| {
            let bytes = a[lane].to_le_bytes().into_iter().zip(b[lane].to_le_bytes());
            bytes.fold(c[lane], |sum, (x, y)| {
                sum.wrapping_add(i32::from(x as i8) * i32::from(y as i8))
            })
        });
        registers.write(to + index, &out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_goes_to_the_even_neighbour() {
        for (x, want) in [
            (0.5f32, 0.0),
            (1.5, 2.0),
            (2.5, 2.0),
            (-0.5, -0.0),
            (-1.5, -2.0),
            (3.49, 3.0),
            (3.51, 4.0),
        ] {
            assert_eq!(round_ties_even(x).to_bits(), f32::to_bits(want), "{x}");
        }
        for x in [f32::INFINITY, f32::NEG_INFINITY, 1e30, -8_388_609.0, 0.0, -0.0] {
            assert_eq!(round_ties_even(x).to_bits(), x.round_ties_even().to_bits(), "{x}");
        }
        assert!(round_ties_even(f32::NAN).is_nan());
    }

    /// Values of the error function from Abramowitz and Stegun, table 7.1.
    #[test]
    fn the_error_function_agrees_with_the_table() {
        for (x, want) in [
            (0.0, 0.0),
            (0.5, 0.520_499_877_8),
            (1.0, 0.842_700_792_9),
            (2.0, 0.995_322_265_0),
            (3.0, 0.999_977_909_5),
        ] {
            assert!((erf_f64(x) - want).abs() < 1e-10, "{x}: {}", erf_f64(x));
            assert_eq!(erf_f64(-x), -erf_f64(x));
        }
    }
}
