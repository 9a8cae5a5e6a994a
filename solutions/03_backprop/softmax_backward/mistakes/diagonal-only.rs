//! Raising one logit lowers the probabilities of the others, for they share a sum of 1: the
//! Jacobian has entries off its diagonal. s(1 − s) is the derivative of each probability by its
//! own logit alone, as for a sigmoid. Your rows do not sum to 0; they must, since a shift of
//! all logits changes nothing.

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
    Array2::from_diag(&s.mapv(|s| s * (R::of(1.0) - s)))
}

/// The derivative by the logits.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let mut dz = g.to_owned();
    dz.zip_mut_with(s, |dz, &s| *dz *= s * (R::of(1.0) - s));
    dz
}
