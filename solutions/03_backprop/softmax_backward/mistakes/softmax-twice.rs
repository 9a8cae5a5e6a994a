//! What comes in is s, the output of softmax, not the logits: here it went through softmax once
//! more. The Jacobian is a formula in s alone, which is why a backward pass keeps s and may
//! forget z.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Probabilities of logits, row by row.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let max = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.mapv_inplace(|z| (z - max).exp());
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
pub fn softmax_vjp<R: Real>(z: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let mut dz = Array2::zeros(z.raw_dim());
    for b in 0..z.nrows() {
        let e = z.row(b).mapv(R::exp);
        let sum = e.sum();
        let s = e / sum;
        let mean = s.dot(&g.row(b));
        for i in 0..z.ncols() {
            dz[[b, i]] = s[i] * (g[[b, i]] - mean);
        }
    }
    dz
}
