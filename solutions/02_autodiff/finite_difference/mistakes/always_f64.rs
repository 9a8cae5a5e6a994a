//! Right for no precision: `f64::EPSILON` is 2⁻⁵², the distance from 1 to the next number, and
//! rounding is off by at most half of it, the unit roundoff 2⁻⁵³. And it stays the same when the
//! function is computed in f32. The argument says what u is.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (R::of(2.0) * h)
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (3.0 * f64::EPSILON * (f / f3).abs()).cbrt()
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
