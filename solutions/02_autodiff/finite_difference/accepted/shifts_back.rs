//! Shifts the coordinate there and back again on one copy, and builds the cube root by Newton's
//! method.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    let ahead = f(x + h) / h;
    let behind = f(x - h) / h;
    (ahead - behind) * R::of(0.5)
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    let cube = 3.0 * unit_roundoff * f.abs() / f3.abs();
    let mut h = cube.sqrt();
    for _ in 0..100 {
        h -= (h - cube / (h * h)) / 3.0;
    }
    h
}

/// The gradient of f at x.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let mut point = x.to_vec();
    let mut gradient = vec![0.0; point.len()];
    for i in 0..point.len() {
        point[i] += h;
        let ahead = f(&Array1::from(point.clone()));
        point[i] -= h + h;
        let behind = f(&Array1::from(point.clone()));
        point[i] += h;
        gradient[i] = (ahead - behind) / (h + h);
    }
    Array1::from(gradient)
}
