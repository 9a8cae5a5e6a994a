//! Each as x times a share, with one product rule for all.

use kit::erf;

/// (x·F)′ = F + x·F′.
fn product(x: f64, share: f64, rate: f64) -> (f64, f64) {
    (x * share, share + x * rate)
}

/// A share of 0 or 1.
pub fn relu(x: f64) -> (f64, f64) {
    product(x, if x > 0.0 { 1.0 } else { 0.0 }, 0.0)
}

/// A share of the bell curve.
pub fn gelu(x: f64) -> (f64, f64) {
    let density = 0.398_942_280_401_432_7 * (-x * x / 2.0).exp();
    product(x, (1.0 + erf(x / 2f64.sqrt())) / 2.0, density)
}

/// A share by tanh u = 1 − 2/(e^2u + 1).
pub fn gelu_tanh(x: f64) -> (f64, f64) {
    let a = (2.0 / std::f64::consts::PI).sqrt();
    let u = a * x * (1.0 + 0.044715 * x * x);
    let share = if u > 0.0 {
        1.0 / (1.0 + (-2.0 * u).exp())
    } else {
        let e = (2.0 * u).exp();
        e / (1.0 + e)
    };
    // ½(1 + tanh u) is a logistic function of 2u.
    let rate = 2.0 * share * (1.0 - share) * (a + 3.0 * a * 0.044715 * x * x);
    product(x, share, rate)
}

/// A logistic share, by two formulas that cannot overflow.
pub fn silu(x: f64) -> (f64, f64) {
    let e = (-x.abs()).exp();
    let share = if x > 0.0 {
        1.0 / (1.0 + e)
    } else {
        e / (1.0 + e)
    };
    product(x, share, share * (1.0 - share))
}
