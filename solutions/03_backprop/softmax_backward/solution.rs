//! Softmax, its Jacobian, and the product with it that backpropagation needs.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2, Zip};

/// Probabilities of logits, row by row: z `[B, V]` → s `[B, V]`.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let max = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        row.mapv_inplace(|z| (z - max).exp()); // in [0, 1], and one of them is 1
        let sum = row.sum();
        row /= sum;
    }
    s
}

/// J = diag(s) − ssᵀ: s `[V]` → J `[V, V]`.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    let v = s.len();
    Array2::from_shape_fn((v, v), |(i, j)| {
        let outer = s[i] * s[j];
        if i == j { s[i] - outer } else { -outer }
    })
}

/// Jᵀg without J, row by row: s `[B, V]`, g = ∂L/∂s `[B, V]` → dz = ∂L/∂z `[B, V]`.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let mut dz = Array2::zeros(s.raw_dim());
    Zip::from(dz.rows_mut())
        .and(s.rows())
        .and(g.rows())
        .for_each(|dz, s, g| {
            let mean = s.dot(&g); // the only term that sees the whole row
            Zip::from(dz)
                .and(s)
                .and(g)
                .for_each(|dz, &s, &g| *dz = s * (g - mean));
        });
    dz
}

// Look back: 4V operations a row (⟨s, g⟩ takes 2V, the rest 2V) where the Jacobian takes 4V²
// and 8V² bytes. J is symmetric, so that Jᵀg = Jg. ⟨s, g⟩ is the mean of g under s: a logit
// gains by s times the excess of its g over the average.
