//! The gradient by the slope of a function of one number: each call makes its own copy of x,
//! so that there is nothing to put back. The best step by logarithms.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    let rise = f(x + h) - f(x - h);
    let run = (x + h) - (x - h); // what the rounded points are really apart
    rise / run
}

/// The best step.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    let f = f.abs().ln() + unit_roundoff.ln();
    ((f - f3.abs().ln() + 3f64.ln()) / 3.0).exp()
}

/// The gradient of f at x.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let along = |i: usize| {
        let f = &f;
        move |xi: f64| {
            let mut moved = x.to_owned();
            moved[i] = xi;
            f(&moved)
        }
    };
    Array1::from_shape_fn(x.len(), |i| central_diff(along(i), x[i], h))
}
