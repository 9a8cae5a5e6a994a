//! Right, but the scores were made from one array of n·m·d products, summed along its last
//! axis. A product of matrices adds as it goes; d times the memory of the scores is for
//! nothing.

use course::softmax_backward::{softmax_rows, softmax_vjp};
use ndarray::{Array2, Array3, ArrayRef2, Axis, s};

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
    let products = Array3::from_shape_fn((q.nrows(), k.nrows(), q.ncols()), |(i, j, a)| {
        q[[i, a]] * k[[j, a]]
    });
    let mut scores = products.sum_axis(Axis(2)) * scale;
    if causal {
        for (i, mut row) in scores.rows_mut().into_iter().enumerate() {
            row.slice_mut(s![i + 1..]).fill(f64::NEG_INFINITY);
        }
    }
    let p = softmax_rows(&scores);
    let dv = p.t().dot(dout);
    let dp = dout.dot(&v.t());
    let ds = softmax_vjp(&p, &dp) * scale;
    (ds.dot(k), ds.t().dot(q), dv)
}
