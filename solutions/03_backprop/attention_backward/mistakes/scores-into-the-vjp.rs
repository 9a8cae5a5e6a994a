//! With one query and one key, P is 1 and nothing may come back to q, but something did: the
//! scores went into `softmax_vjp`, which takes the probabilities. Its formula is
//! s ⊙ (g − ⟨s, g⟩), where s is what the softmax gave. Give it P.

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
            row.slice_mut(s![i + 1..]).fill(f64::NEG_INFINITY);
        }
    }
    let p = softmax_rows(&scores);
    let dv = p.t().dot(dout);
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&scores, &dp) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
