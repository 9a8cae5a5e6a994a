//! In place on a copy of g, a row at a time, with plain iterators within the row.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Probabilities of logits, row by row: z `[B, V]` → s `[B, V]`.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    // exp(z − max) ≤ 1; a row of only −∞ turns to NaN by itself, through ∞ − ∞.
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let max = row.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|x| (x - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    s
}

/// ∂s_i/∂z_j as `[[i, j]]`, from a softmax's output: s `[V]` → J `[V, V]`.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    // diag(s) − s sᵀ
    let n = s.len();
    Array2::from_shape_fn((n, n), |(i, j)| {
        if i == j {
            s[i] * (R::one() - s[i])
        } else {
            -s[i] * s[j]
        }
    })
}

/// Jᵀg without J, row by row: s `[B, V]` (a softmax's output, not logits), g = ∂L/∂s
/// `[B, V]` → dz = ∂L/∂z `[B, V]`.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    // (diag(s) − s sᵀ) g = s ⊙ (g − ⟨s, g⟩): one number a row.
    let mut dz = g.to_owned();
    for (mut d, p) in dz.rows_mut().into_iter().zip(s.rows()) {
        let mean = p.dot(&d);
        for (d, &p) in d.iter_mut().zip(p) {
            *d = p * (*d - mean);
        }
    }
    dz
}
