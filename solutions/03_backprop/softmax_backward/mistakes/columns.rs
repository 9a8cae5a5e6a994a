//! The columns sum to 1, not the rows. Each row is one example with V logits to choose from;
//! the examples of a batch do not compete. Normalise along the axis of the logits, the last
//! one.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Probabilities of logits.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut column in s.columns_mut() {
        let max = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        column.mapv_inplace(|z| (z - max).exp());
        let sum = column.sum();
        column /= sum;
    }
    s
}

/// The derivatives of the probabilities by the logits.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    Array2::from_shape_fn((s.len(), s.len()), |(i, j)| {
        let delta = R::of(if i == j { 1.0 } else { 0.0 });
        s[i] * (delta - s[j])
    })
}

/// The derivative by the logits.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let mut dz = Array2::zeros(s.raw_dim());
    for b in 0..s.nrows() {
        let mean = s.row(b).dot(&g.row(b));
        for i in 0..s.ncols() {
            dz[[b, i]] = s[[b, i]] * (g[[b, i]] - mean);
        }
    }
    dz
}
