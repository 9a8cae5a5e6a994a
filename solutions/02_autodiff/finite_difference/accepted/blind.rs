//! Plain loops where the reference has a closure, and 2h by a literal of R.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x by the central difference, with f taken at x ± h.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (R::of(2.0) * h)
}

/// The h > 0 for which h²/6·|f‴| + u·|f|/h is least. `f` and `f3` are the values f(x) and
/// f‴(x), not 0; `unit_roundoff` is u.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (3.0 * unit_roundoff * (f / f3).abs()).cbrt()
}

/// The central differences of f along each coordinate: x `[n]` → ∂f/∂x `[n]`.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let mut moved = x.to_owned();
    let mut gradient = Array1::zeros(x.len());
    for i in 0..x.len() {
        moved[i] = x[i] + h;
        let ahead = f(&moved);
        moved[i] = x[i] - h;
        let behind = f(&moved);
        moved[i] = x[i];
        gradient[i] = (ahead - behind) / (2.0 * h);
    }
    gradient
}
