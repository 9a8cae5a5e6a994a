//! The weights of the future were set to 0 after the softmax. What is left of a row no longer
//! sums to 1, and the future has still told the past how to share. Mask the scores, with −∞,
//! before the softmax.

use course::softmax_backward::{softmax_rows, softmax_vjp};
use ndarray::{Array2, ArrayRef2, s};

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
    let scale = 1.0 / (q.ncols() as f64).sqrt();
    let scores = q.dot(&k.t()) * scale;
    let mut p = softmax_rows(&scores);
    if causal {
        for (i, mut row) in p.rows_mut().into_iter().enumerate() {
            row.slice_mut(s![i + 1..]).fill(0.0);
        }
    }
    let dv = p.t().dot(dout);
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&p, &dp) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
