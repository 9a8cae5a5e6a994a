//! Where it is causal, keys of the future get a gradient: P was made again without the mask.
//! The backward pass has to see the same P as the forward pass, or it differentiates another
//! function.

use course::softmax_backward::{softmax_rows, softmax_vjp};
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
    let scale = 1.0 / (q.ncols() as f64).sqrt();
    let scores = q.dot(&k.t()) * scale;
    let p = softmax_rows(&scores);
    let dv = p.t().dot(dout);
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&p, &dp) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
