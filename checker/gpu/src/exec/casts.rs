//! Conversions between types over a plane.

use num_traits::AsPrimitive;

use super::{
    arithmetic::{to_bf16, to_f16},
    cells,
    lanes::{Registers, Word, lanes},
    minifloat::{decode, encode, pack, to_tf32},
};
use crate::ir::{
    kind::{Kind, Mini},
    program::Slot,
};

/// Converts `count` consecutive values as Rust's `as` does: integers wrap, floats saturate.
/// Where one side is packed, `count` is that of its bytes.
pub fn cast(registers: &mut Registers, from: Kind, into: Kind, at: [Slot; 2], count: u16) {
    match (from, into) {
        (from, Kind::PACKED) => pack_pairs(registers, from, at, count),
        (Kind::PACKED, into) => unpack_pairs(registers, into, at, count),
        _ => cast_each(registers, from, into, at, count),
    }
}

/// `$work`, where `$value` makes the value of what registers hold of a kind.
macro_rules! with_value {
    ($kind:expr, $value:ident => $work:expr) => {
        match $kind {
            Kind::F32 | Kind::F16 | Kind::Bf16 | Kind::Tf32 => {
                let $value = |x: f32| x;
                $work
            }
            Kind::F64 => {
                let $value = |x: f64| x;
                $work
            }
            Kind::I8 | Kind::I16 | Kind::I32 => {
                let $value = |x: i32| x;
                $work
            }
            Kind::U8 | Kind::U16 | Kind::U32 | Kind::Bool => {
                let $value = |x: u32| x;
                $work
            }
            Kind::I64 => {
                let $value = |x: i64| x;
                $work
            }
            Kind::U64 | Kind::Pointer => {
                let $value = |x: u64| x;
                $work
            }
            Kind::Mini(mini) => {
                let $value = |code: u8| decode(mini, code);
                $work
            }
        }
    };
}

fn cast_each(registers: &mut Registers, from: Kind, into: Kind, [to, a]: [Slot; 2], count: u16) {
    for index in 0..Slot::from(count) {
        let at = [to + index * Slot::from(into.slots()), a + index * Slot::from(from.slots())];
        with_value!(from, value => cast_from(registers, into, at, value));
    }
}

/// Makes `count` bytes of twice as many values.
fn pack_pairs(registers: &mut Registers, from: Kind, [to, a]: [Slot; 2], count: u16) {
    let width = Slot::from(from.slots());
    for index in 0..Slot::from(count) {
        let at = [to + index, a + 2 * index * width, a + (2 * index + 1) * width];
        with_value!(from, value => pair(registers, at, value));
    }
}

/// Makes twice as many values of `count` bytes.
fn unpack_pairs(registers: &mut Registers, into: Kind, [to, a]: [Slot; 2], count: u16) {
    let width = Slot::from(into.slots());
    for index in 0..Slot::from(count) {
        let (low, high) = (to + 2 * index * width, to + (2 * index + 1) * width);
        cast_from(registers, into, [low, a + index], |code| decode(Mini::E2m1, code));
        cast_from(registers, into, [high, a + index], |code: u8| decode(Mini::E2m1, code >> 4));
    }
}

fn pair<T: Word, S: Source>(
    registers: &mut Registers,
    [to, low, high]: [Slot; 3],
    value: impl Fn(T) -> S,
) {
    let value = |x| value(x).rounded_to_odd();
    registers.zip(to, low, high, |low: T, high: T| pack(value(low), value(high)));
}

/// A type that converts to all others.
trait Source:
    Word
    + PartialEq
    + AsPrimitive<f32>
    + AsPrimitive<f64>
    + AsPrimitive<u8>
    + AsPrimitive<u16>
    + AsPrimitive<u32>
    + AsPrimitive<u64>
    + AsPrimitive<i8>
    + AsPrimitive<i16>
    + AsPrimitive<i32>
    + AsPrimitive<i64>
{
    /// An `f32` that a narrower float rounds to is the one that the exact value rounds to.
    ///
    /// An `f32` between two neighbours has its last digit set, so that it is never mistaken for
    /// the middle between two narrower floats.
    fn rounded_to_odd(self) -> f32;
}

impl Source for f32 {
    fn rounded_to_odd(self) -> f32 {
        self
    }
}

impl Source for f64 {
    fn rounded_to_odd(self) -> f32 {
        let nearest = self as f32;
        if f64::from(nearest) == self || self.is_nan() {
            return nearest;
        }
        let away = f64::from(nearest).abs() > self.abs();
        let towards_zero = nearest.to_bits() - u32::from(away);
        f32::from_bits(towards_zero | 1)
    }
}

macro_rules! integer_sources {
    ($($type:ty)*) => {$(
        impl Source for $type {
            fn rounded_to_odd(self) -> f32 {
                // 24 digits are kept, and one that says whether anything was cut off.
                let magnitude = i128::from(self).unsigned_abs();
                let excess = (u128::BITS - magnitude.leading_zeros()).saturating_sub(24);
                let sticky = magnitude & ((1 << excess) - 1) != 0;
                let digits = (magnitude >> excess | u128::from(sticky)) as f32;
                let scaled = digits * 2f32.powi(excess as i32);
                if i128::from(self) < 0 { -scaled } else { scaled }
            }
        }
    )*};
}

integer_sources! { u32 i32 u64 i64 }

/// Converts what registers hold, by way of the value that it stands for.
fn cast_from<T: Word, S: Source>(
    registers: &mut Registers,
    into: Kind,
    [to, a]: [Slot; 2],
    value: impl Fn(T) -> S,
) {
    match into {
        Kind::F32 => registers.map(to, a, |x: T| -> f32 { value(x).as_() }),
        Kind::F16 => registers.map(to, a, |x: T| to_f16(value(x).rounded_to_odd())),
        Kind::Bf16 => registers.map(to, a, |x: T| to_bf16(value(x).rounded_to_odd())),
        Kind::Tf32 => registers.map(to, a, |x: T| to_tf32(value(x).rounded_to_odd())),
        Kind::Mini(mini) => registers.map(to, a, |x: T| encode(mini, value(x).rounded_to_odd())),
        Kind::F64 => registers.map(to, a, |x: T| -> f64 { value(x).as_() }),
        Kind::U8 => registers.map(to, a, |x: T| -> u8 { value(x).as_() }),
        Kind::U16 => registers.map(to, a, |x: T| -> u16 { value(x).as_() }),
        Kind::U32 => registers.map(to, a, |x: T| -> u32 { value(x).as_() }),
        Kind::U64 | Kind::Pointer => registers.map(to, a, |x: T| -> u64 { value(x).as_() }),
        Kind::I8 => registers.map(to, a, |x: T| -> i8 { value(x).as_() }),
        Kind::I16 => registers.map(to, a, |x: T| -> i16 { value(x).as_() }),
        Kind::I32 => registers.map(to, a, |x: T| -> i32 { value(x).as_() }),
        Kind::I64 => registers.map(to, a, |x: T| -> i64 { value(x).as_() }),
        Kind::Bool => registers.map(to, a, |x: T| value(x) != S::default()),
    }
}

/// Reads the same bytes as values of another type.
pub fn bitcast(registers: &mut Registers, from: Kind, into: Kind, [to, a]: [Slot; 2], bytes: u16) {
    let mut buffer = vec![0; usize::from(bytes)];
    let values = |kind: Kind| Slot::from(bytes) / kind.bytes();
    for lane in lanes(registers.active) {
        for index in 0..values(from) {
            let value =
                cells::register(registers, from, a + index * Slot::from(from.slots()), lane);
            let at = (index * from.bytes()) as usize;
            cells::store(&mut buffer[at..at + from.bytes() as usize], from, value);
        }
        for index in 0..values(into) {
            let at = (index * into.bytes()) as usize;
            let value = cells::load(&buffer[at..at + into.bytes() as usize], into);
            cells::set_register(
                registers,
                into,
                to + index * Slot::from(into.slots()),
                lane,
                value,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, to_bf16};

    /// Just past the middle between two `bf16`, by a digit that an `f32` would lose.
    #[test]
    fn values_are_rounded_once() {
        assert_eq!(to_bf16((1u64 << 40 | 1 << 32).rounded_to_odd()), (1u64 << 40) as f32);
        let past = (1u64 << 40 | 1 << 32) + 1;
        assert_eq!(to_bf16(past.rounded_to_odd()), ((1u64 << 40) + (1 << 33)) as f32);
        assert_eq!(
            to_bf16((-(past as i64)).rounded_to_odd()),
            -(((1u64 << 40) + (1 << 33)) as f32)
        );
        let past = f64::from_bits(0x3FF0_1000_0000_0001);
        assert_eq!(to_bf16(past.rounded_to_odd()), 1.0 + 2f32.powi(-7));
    }

    #[test]
    fn extremes_keep_their_meaning() {
        assert_eq!(to_bf16(1e300f64.rounded_to_odd()), f32::INFINITY);
        assert_eq!(to_bf16(f64::NEG_INFINITY.rounded_to_odd()), f32::NEG_INFINITY);
        assert_eq!(to_bf16(f64::MIN_POSITIVE.rounded_to_odd()), 0.0);
        assert!(f64::NAN.rounded_to_odd().is_nan());
        assert_eq!(0i32.rounded_to_odd(), 0.0);
    }
}
