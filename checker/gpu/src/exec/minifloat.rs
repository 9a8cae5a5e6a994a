//! Floats of at most eight bits, and `tf32`: they are converted and stored, nothing else.

use cubecl_common::{e2m1, e4m3, e5m2, ue8m0};

use crate::ir::kind::Mini;

/// The code that a number rounds to: to the nearest, ties to the even code, and what is too
/// large to the largest.
pub fn encode(mini: Mini, value: f32) -> u8 {
    match mini {
        Mini::E4m3 => e4m3::from_f32(value).to_bits(),
        Mini::E5m2 => e5m2::from_f32(value).to_bits(),
        Mini::Ue8m0 => ue8m0::from_f32(value).to_bits(),
        Mini::E2m3 | Mini::E3m2 => nearest(mini, value),
        Mini::E2m1 | Mini::E2m1x2 => e2m1::from_f32(value).to_bits(),
    }
}

/// The number that a code stands for; of a pair, the lower one.
pub fn decode(mini: Mini, code: u8) -> f32 {
    match mini {
        Mini::E4m3 => e4m3::from_bits(code).to_f32(),
        Mini::E5m2 => e5m2::from_bits(code).to_f32(),
        Mini::Ue8m0 => ue8m0::from_bits(code).to_f32(),
        Mini::E2m3 => six_bits(code, 3),
        Mini::E3m2 => six_bits(code, 2),
        Mini::E2m1 | Mini::E2m1x2 => e2m1::from_bits(code & 0xF).to_f32(),
    }
}

/// Two codes in one byte, the first in its lower half.
pub fn pack(low: f32, high: f32) -> u8 {
    encode(Mini::E2m1, low) | encode(Mini::E2m1, high) << 4
}

/// The number with ten binary digits after the first that is nearest, ties away from zero, as
/// NVIDIA's `cvt.rna.tf32.f32` rounds.
pub fn to_tf32(value: f32) -> f32 {
    const DROPPED: u32 = 13;
    if !value.is_finite() {
        return value;
    }
    let half = 1 << (DROPPED - 1);
    f32::from_bits((value.to_bits() + half) & !((1 << DROPPED) - 1))
}

/// A sign, an exponent and `digits` binary digits, without infinities or NaN (OCP Microscaling
/// Formats v1.0, section 5.3.2).
fn six_bits(code: u8, digits: u32) -> f32 {
    let exponent = i32::from(code >> digits & ((1 << (5 - digits)) - 1));
    let fraction = f32::from(code & ((1 << digits) - 1)) / (1 << digits) as f32;
    let bias = (1 << (4 - digits)) - 1;
    let size = match exponent {
        0 => fraction * 2f32.powi(1 - bias),
        _ => (1.0 + fraction) * 2f32.powi(exponent - bias),
    };
    if code & 0x20 == 0 { size } else { -size }
}

/// Tries all 32 sizes. NaN, which these formats do not have, becomes the largest.
fn nearest(mini: Mini, value: f32) -> u8 {
    let sign = u8::from(value.is_sign_negative()) << 5;
    let size = value.abs().min(decode(mini, 31));
    let off = |code: u8| (decode(mini, code) - size).abs();
    // Of two that are as near, the even one.
    let nearer = |&a: &u8, &b: &u8| off(a).total_cmp(&off(b)).then((a & 1).cmp(&(b & 1)));
    sign | (0..32).min_by(nearer).unwrap_or(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_rounding() {
        for mini in [Mini::E4m3, Mini::E5m2, Mini::Ue8m0, Mini::E2m3, Mini::E3m2, Mini::E2m1] {
            let codes = match mini {
                Mini::E2m1 => 16,
                Mini::E2m3 | Mini::E3m2 => 64,
                _ => 256,
            };
            for code in 0..codes {
                let value = decode(mini, code as u8);
                if value.is_finite() {
                    assert_eq!(encode(mini, value), code as u8, "{mini:?} {code:#x} {value}");
                }
            }
        }
    }

    #[test]
    fn six_bits_round_to_the_even_code_and_saturate() {
        let rounded = |mini, value| decode(mini, encode(mini, value));
        // e2m3 counts by 1/8 below 2, by 1/2 from 4 on; its largest is 7.5. e3m2's is 28.
        assert_eq!(rounded(Mini::E2m3, 1.0625), 1.0);
        assert_eq!(rounded(Mini::E2m3, 1.1875), 1.25);
        assert_eq!(rounded(Mini::E2m3, 0.0625), 0.0);
        assert_eq!(rounded(Mini::E2m3, -1e9), -7.5);
        assert_eq!(rounded(Mini::E3m2, f32::INFINITY), 28.0);
        assert_eq!(rounded(Mini::E3m2, 0.0625), 0.0625);
        assert_eq!(encode(Mini::E2m3, -0.0), 0x20);
    }

    #[test]
    fn tf32_keeps_ten_digits() {
        let step = 2f32.powi(-10);
        assert_eq!(to_tf32(1.0 + step / 2.0), 1.0 + step);
        assert_eq!(to_tf32(-(1.0 + step / 2.0)), -(1.0 + step));
        assert_eq!(to_tf32(1.0 + step / 2.0 - f32::EPSILON), 1.0);
        assert_eq!(to_tf32(f32::MAX), f32::INFINITY);
        assert!(to_tf32(f32::NAN).is_nan());
    }

    #[test]
    fn two_codes_share_a_byte() {
        assert_eq!(pack(-2.0, 0.5), 0b0001_1100);
    }
}
