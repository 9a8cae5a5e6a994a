//! As two linear layers with a softmax between them: O = P·V has input P and weights V, and
//! S = (Q/√d)·Kᵀ has input Q/√d and weights Kᵀ.

use course::linear_backward::linear_backward;
use course::softmax_backward::{softmax_rows, softmax_vjp};
use ndarray::{Array2, ArrayRef2};

pub fn attention_backward(
    q: &ArrayRef2<f64>,
    k: &ArrayRef2<f64>,
    v: &ArrayRef2<f64>,
    causal: bool,
    dout: &ArrayRef2<f64>,
) -> (Array2<f64>, Array2<f64>, Array2<f64>) {
    let root = (q.ncols() as f64).sqrt();
    let q = q / root;
    let mut scores = q.dot(&k.t());
    if causal {
        for ((i, j), score) in scores.indexed_iter_mut() {
            if j > i {
                *score = f64::NEG_INFINITY;
            }
        }
    }
    let p = softmax_rows(&scores);
    let (dp, dv, _) = linear_backward(&p, v, dout);
    let ds = softmax_vjp(&p, &dp);
    let (dq, dkt, _) = linear_backward(&q, &k.t(), &ds);
    (dq / root, dkt.reversed_axes(), dv)
}
