//! Derivatives by central differences, and the step at which they are best.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x by the central difference, with f taken at x ± h.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    (f(x + h) - f(x - h)) / (h + h)
}

/// The h > 0 for which h²/6·|f‴| + u·|f|/h is least: where h/3·|f‴| = u·|f|/h².
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    (3.0 * unit_roundoff * (f / f3).abs()).cbrt()
}

/// The central differences of f along each coordinate: x `[n]` → ∂f/∂x `[n]`.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    let mut moved = x.to_owned();
    let slope = |i| {
        moved[i] = x[i] + h;
        let ahead = f(&moved);
        moved[i] = x[i] - h;
        let behind = f(&moved);
        moved[i] = x[i]; // not `+= h`: (x − h) + h is rounded, and need not be x
        (ahead - behind) / (h + h)
    };
    (0..x.len()).map(slope).collect()
}

// Look back. 2n evaluations of f and one copy of x. At the best h both errors are of the order
// u^⅔: eleven digits of f64, five of f32. The one-sided difference takes n + 1 evaluations and
// leaves u^½: eight digits, four. Alternative: f(x + ih) with a complex step has no difference
// in it, so nothing cancels. Limitation: the cost grows with n, whatever the step.
