//! Conversions between types over a plane.

use num_traits::AsPrimitive;

use super::{
    arithmetic::{to_bf16, to_f16},
    cells,
    lanes::{Registers, Word, lanes},
};
use crate::ir::{kind::Kind, program::Slot};

/// Converts `count` consecutive values as Rust's `as` does: integers wrap, floats saturate.
pub fn cast(registers: &mut Registers, from: Kind, into: Kind, [to, a]: [Slot; 2], count: u16) {
    for index in 0..Slot::from(count) {
        let at = [
            to + index * Slot::from(into.slots()),
            a + index * Slot::from(from.slots()),
        ];
        match from {
            Kind::F32 | Kind::F16 | Kind::Bf16 => cast_from::<f32>(registers, into, at),
            Kind::F64 => cast_from::<f64>(registers, into, at),
            Kind::I8 | Kind::I16 | Kind::I32 => cast_from::<i32>(registers, into, at),
            Kind::U8 | Kind::U16 | Kind::U32 | Kind::Bool => cast_from::<u32>(registers, into, at),
            Kind::I64 => cast_from::<i64>(registers, into, at),
            Kind::U64 | Kind::Pointer => cast_from::<u64>(registers, into, at),
        }
    }
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
    /// The nearest `bf16`, rounded once.
    fn to_bf16(self) -> f32;
}

impl Source for f32 {
    fn to_bf16(self) -> f32 {
        to_bf16(self)
    }
}

impl Source for f64 {
    fn to_bf16(self) -> f32 {
        half::bf16::from_f64(self).to_f32()
    }
}

macro_rules! integer_sources {
    ($($type:ty)*) => {$(
        impl Source for $type {
            fn to_bf16(self) -> f32 {
                round_integer_to_bf16(i128::from(self))
            }
        }
    )*};
}

integer_sources! { u32 i32 u64 i64 }

/// A 64-bit integer has more digits than an `f32`, through which it would be rounded twice.
/// Cutting it to 16 digits and one that says whether anything was cut off leaves the one
/// rounding to 8 digits right.
fn round_integer_to_bf16(value: i128) -> f32 {
    let magnitude = value.unsigned_abs();
    let digits = u128::BITS - magnitude.leading_zeros();
    let excess = digits.saturating_sub(16);
    let sticky = u128::from(magnitude & ((1 << excess) - 1) != 0);
    let cut = (magnitude >> excess << 1 | sticky) as f64 * 2f64.powi(excess as i32 - 1);
    half::bf16::from_f64(cut.copysign(if value < 0 { -1.0 } else { 1.0 })).to_f32()
}

fn cast_from<T: Source>(registers: &mut Registers, into: Kind, [to, a]: [Slot; 2]) {
    match into {
        Kind::F32 => registers.map(to, a, |x: T| -> f32 { x.as_() }),
        Kind::F16 => registers.map(to, a, |x: T| to_f16(x.as_())),
        Kind::Bf16 => registers.map(to, a, T::to_bf16),
        Kind::F64 => registers.map(to, a, |x: T| -> f64 { x.as_() }),
        Kind::U8 => registers.map(to, a, |x: T| -> u8 { x.as_() }),
        Kind::U16 => registers.map(to, a, |x: T| -> u16 { x.as_() }),
        Kind::U32 => registers.map(to, a, |x: T| -> u32 { x.as_() }),
        Kind::U64 | Kind::Pointer => registers.map(to, a, |x: T| -> u64 { x.as_() }),
        Kind::I8 => registers.map(to, a, |x: T| -> i8 { x.as_() }),
        Kind::I16 => registers.map(to, a, |x: T| -> i16 { x.as_() }),
        Kind::I32 => registers.map(to, a, |x: T| -> i32 { x.as_() }),
        Kind::I64 => registers.map(to, a, |x: T| -> i64 { x.as_() }),
        Kind::Bool => registers.map(to, a, |x: T| x != T::default()),
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
    use super::round_integer_to_bf16;

    #[test]
    fn integers_are_rounded_once() {
        // Halfway between two neighbours plus a digit that an f32 would lose.
        let half = 1i128 << 40 | 1 << 32;
        assert_eq!(round_integer_to_bf16(half), (1u64 << 40) as f32);
        assert_eq!(
            round_integer_to_bf16(half + 1),
            ((1u64 << 40) + (1 << 33)) as f32
        );
        for value in [0, 1, 127, 255, 256, 257, 65_535, -1, -300] {
            assert_eq!(
                round_integer_to_bf16(value),
                half::bf16::from_f64(value as f64).to_f32()
            );
        }
    }
}
