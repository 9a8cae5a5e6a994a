//! The backward pass of attention: two forward products made again, four more backwards.

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
    let mut scores = q.dot(&k.t()) * scale; // F1, [n, m]
    if causal {
        for (i, mut row) in scores.rows_mut().into_iter().enumerate() {
            row.slice_mut(s![i + 1..]).fill(f64::NEG_INFINITY);
        }
    }
    let p = softmax_rows(&scores); // F2; F3 would be O = PV, which nothing here needs
    let dv = p.t().dot(dout); // B3
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&p, &dp) * scale; // B2, and the scale of F1 already
    (ds.dot(k), ds.t().dot(q), dv) // B1
}

// Look back: 5 products of 2·n·m·d operations, where the forward pass takes 2. A masked score
// needs no care on the way back: its p is 0, and so is what comes through. Four arrays of n × m
// stand in memory here; with ⟨p, dp⟩ = ⟨dout, out⟩ for each row, n numbers, all of it can be
// done tile by tile, and none has to.
