//! # The gradient of softmax without its Jacobian
//!
//! ## Understand
//! Softmax turns logits z into probabilities s, row by row: s_i = exp(z_i) / Σ_j exp(z_j).
//! A loss L comes after it and hands back g = ∂L/∂s. Wanted: dz = ∂L/∂z = Jᵀg, where
//! J_ij = ∂s_i/∂z_j, once with the matrix J and once without it.
//! Shapes: z, s, g, dz `[B rows, V logits]`; one row's J `[V, V]`.
//!
//! By hand: s = [½, ¼, ¼] and g = [4, 0, 0] give dz = [1, −½, −½].
//!
//! ## Plan
//! Differentiate ln s_i = z_i − ln Σ_j exp(z_j): that gives J_ij as a formula in s alone
//! (Bridle 1990; notes, "The Jacobian"). Then multiply it with g on paper, *before* any
//! matrix is built: what does each element of dz share with its row? Two questions of
//! numerics: what may be subtracted from a row of z without changing s, and which number
//! keeps every exponential within [0, 1]?
//!
//! ## Carry out
//! Three gaps of about 6, 4 and 8 lines. Budget of `softmax_vjp`: 4V operations per row (2V
//! products, 2V sums), no array of more than B·V elements. It is judged by running your code
//! on numbers that count themselves, hence `R: Real`: an `f64` to you, with `+ − * /`,
//! `R::zero()`, `R::one()`, `R::of(0.5)`, and arrays of it with `.dot(…)` and `.sum()`.
//! A logit of −∞ is a masked one: its s and dz are 0. A row of nothing but −∞ has no
//! softmax: it is NaN, so that it is seen. Not here: the loss on top.
//!
//! ndarray: with a borrowed `s` on the left, `s * &a` does not compile for an `Array2` named
//! a; `s * &*a` and `s * a` do. One number per row, `[B]`, spreads over its row as a column,
//! `[B, 1]`: `.insert_axis(Axis(1))`.
//!
//! ## Look back
//! Derive it again from e = exp(z), S = Σe, s = e/S, one adjoint a line. When does raising a
//! logit pay, if g is a reward: what must its g be better than? At which s does most of g get
//! through, and how much of it (see the plot)? Cross-entropy and attention build on this.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2, Axis};

/// Probabilities of logits, row by row: z `[B, V]` → s `[B, V]`.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let mut s = z.to_owned();
    for mut row in s.rows_mut() {
        let max = row.fold(f64::NEG_INFINITY, |m, &z| m.max(z));
        row.mapv_inplace(|z| (z - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    s
}

/// ∂s_i/∂z_j as `[[i, j]]`, from a softmax's output: s `[V]` → J `[V, V]`.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    let v = s.len();
    Array2::from_shape_fn((v, v), |(i, j)| {
        let identity = if i == j { R::one() } else { R::zero() };
        s[i] * (identity - s[j])
    })
}

/// Jᵀg without J, row by row: s `[B, V]` (a softmax's output, not logits), g = ∂L/∂s
/// `[B, V]` → dz = ∂L/∂z `[B, V]`.
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    // dz = s ⊙ (g − ⟨s, g⟩ 1)
    let mean = (s * g).sum_axis(Axis(1)).insert_axis(Axis(1));
    s * (g - mean)
}
