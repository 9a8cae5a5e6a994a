//! # Backwards through attention
//!
//! ## Understand
//! Each of n queries mixes m values, by how well it fits their keys:
//! S = QKᵀ/√d, P = softmax(S) row by row, O = PV (Vaswani et al. 2017, equation 1). Where it is
//! causal, n = m, and query i sees the keys 0 to i only: the other scores are −∞. A loss comes
//! after it and hands back dout = ∂L/∂O. Wanted: dq, dk and dv.
//! Shapes: q, dq `[n, d]`; k, dk `[m, d]`; v, dv `[m, e]`; dout `[n, e]`; S, P `[n, m]`.
//!
//! By hand, one query and d = 4: q = [2 ln 3, 0, 0, 0], keys [1, 0, 0, 0] and [0, 0, 0, 0],
//! values [4] and [0], dout = [1]. Then P = [¾, ¼], dS = [¾, −¾], dq = [⅜, 0, 0, 0],
//! dv = [¾] and [¼], dk = [¾ ln 3, 0, 0, 0] and its negative.
//!
//! ## Plan
//! Nothing is new: two products of matrices with a softmax between them. Number the forward
//! lines F1, F2, F3 and answer them backwards (notes, "Attention"). What is P made of again, and
//! what comes back to it? The rest is a linear layer, twice, with weights that depend on the
//! input. Where a score is −∞, p is 0: what is the gradient of such a score?
//!
//! ## Carry out
//! One gap of about 15 lines. Make P again from q and k. From `course::softmax_backward`, the
//! course's own answer to that exercise: `softmax_rows(&z)` gives s, and `softmax_vjp(&s, &g)`,
//! where g = ∂L/∂s, gives ∂L/∂z; it takes probabilities s, not scores. Budget: memory for some
//! arrays of n·m, n·d and m·e elements; none of n·m·d.
//!
//! ndarray: `row.slice_mut(s![i + 1..])` is the part of a row after place i; `.fill(x)` fills it.
//!
//! ## Look back
//! How many products of matrices does your code compute, and how many does the forward pass? What
//! do the rows of dk sum to, and those of dv? Show that ⟨p, dp⟩ of a row is ⟨dout, out⟩: what does
//! that save, if P is too large to be kept? Multi-head attention and Flash Attention are built on
//! this.

use ndarray::{Array2, ArrayRef2};

/// Gradients of O = softmax(QKᵀ/√d) V: q `[n, d]`, k `[m, d]`, v `[m, e]`, dout = ∂L/∂O
/// `[n, e]` → dq, dk, dv, each shaped as its own. With `causal`, n = m, and query i sees the
/// keys 0 to i.
pub fn attention_backward(
    q: &ArrayRef2<f64>,
    k: &ArrayRef2<f64>,
    v: &ArrayRef2<f64>,
    causal: bool,
    dout: &ArrayRef2<f64>,
) -> (Array2<f64>, Array2<f64>, Array2<f64>) {
    todo!() // ≈ 15 lines
}
