//! Only the right half is computed. The left one is its mirror image: f(−x) = f(x) − x, and
//! f′(−x) = 1 − f′(x).

use kit::erf;
use std::f64::consts::{PI, SQRT_2};

fn mirrored(x: f64, right: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let (value, slope) = right(x.abs());
    if x < 0.0 {
        (value + x, 1.0 - slope)
    } else {
        (value, slope)
    }
}

pub fn relu(x: f64) -> (f64, f64) {
    (x.max(0.0), f64::from(u8::from(x > 0.0)))
}

pub fn gelu(x: f64) -> (f64, f64) {
    mirrored(x, |x| {
        let share = 0.5 + 0.5 * erf(x / SQRT_2);
        (
            x * share,
            share + x * (-x * x / 2.0).exp() / (2.0 * PI).sqrt(),
        )
    })
}

pub fn gelu_tanh(x: f64) -> (f64, f64) {
    mirrored(x, |x| {
        let root = (2.0 / PI).sqrt();
        let u = root * (x + 0.044715 * x * x * x);
        let cosh = u.cosh(); // tanh′ = 1/cosh²; ∞ where u is large
        let bend = root * (1.0 + 0.134145 * x * x) / cosh / cosh;
        let bend = if cosh.is_finite() { x * bend } else { 0.0 };
        let share = 0.5 * (1.0 + u.tanh());
        (x * share, share + 0.5 * bend)
    })
}

pub fn silu(x: f64) -> (f64, f64) {
    mirrored(x, |x| {
        let e = (-x).exp(); // at most 1
        let share = 1.0 / (1.0 + e);
        // σ′ = e/(1 + e)², and an x that is too large for the product has e = 0.
        let bend = if e > 0.0 { x * e * share * share } else { 0.0 };
        (x * share, share + bend)
    })
}
