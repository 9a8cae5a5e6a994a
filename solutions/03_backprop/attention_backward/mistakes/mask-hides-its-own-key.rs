//! Query 0 turns to NaN: the mask hides its own key too, and it has no other. A query sees the
//! keys up to and including its own.

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
    let mut scores = q.dot(&k.t()) * scale;
    if causal {
        for (i, mut row) in scores.rows_mut().into_iter().enumerate() {
            row.slice_mut(s![i..]).fill(f64::NEG_INFINITY);
        }
    }
    let p = softmax_rows(&scores);
    let dv = p.t().dot(dout);
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&p, &dp) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
