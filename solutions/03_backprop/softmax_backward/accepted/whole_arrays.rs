//! By whole arrays and broadcasting, as one writes it in NumPy; softmax by log-sum-exp.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2, Axis};

/// exp(z − log Σ exp z).
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let largest = z.map_axis(Axis(1), |row| row.fold(f64::NEG_INFINITY, |m, &z| m.max(z)));
    let shifted = z - largest.insert_axis(Axis(1));
    let log_sum = shifted.mapv(f64::exp).sum_axis(Axis(1)).mapv(f64::ln);
    (shifted - log_sum.insert_axis(Axis(1))).mapv(f64::exp)
}

/// A diagonal matrix less an outer product.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    let column = s.to_owned().insert_axis(Axis(1));
    let row = s.to_owned().insert_axis(Axis(0));
    Array2::from_diag(&s.to_owned()) - column.dot(&row)
}

/// p = s ⊙ g; dz = p − s Σp.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let p = s * g;
    let total = p.sum_axis(Axis(1)).insert_axis(Axis(1));
    p - s * total
}
