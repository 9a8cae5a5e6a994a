//! x was put together element by element: first the first number of every place, then the
//! second. B1 takes it apart place by place, as W1 is laid out. Column c·D + i is element i of
//! place c, in F1 as in B1.

use course::linear_backward::linear_backward;
use course::softmax_xent_grad::xent;
use ndarray::{Array1, Array2, ArrayRef2};

/// The model's parameters, or the gradient of each of them.
#[derive(Clone, Debug)]
pub struct CharMlp {
    /// One row for each character: `[V, D]`.
    pub e: Array2<f64>,
    /// First layer, place by place: row c·D + i belongs to element i of place c, `[C·D, H]`.
    pub w1: Array2<f64>,
    /// `[H]`
    pub b1: Array1<f64>,
    /// Second layer: `[H, V]`.
    pub w2: Array2<f64>,
    /// `[V]`
    pub b2: Array1<f64>,
}

/// The mean loss in nats, and its gradient: contexts `[B, C]`, the characters that came next
/// `[B]`.
pub fn char_mlp_grad(m: &CharMlp, ctx: &ArrayRef2<usize>, y: &[usize]) -> (f64, CharMlp) {
    let (batch, places) = ctx.dim();
    let d = m.e.ncols();
    let x = Array2::from_shape_fn((batch, places * d), |(b, j)| {
        m.e[[ctx[[b, j % places]], j / places]]
    });
    let h = (x.dot(&m.w1) + &m.b1).mapv(f64::tanh);
    let z = h.dot(&m.w2) + &m.b2;
    let targets: Vec<_> = y.iter().copied().map(Some).collect();

    let (loss, dz) = xent(&z, &targets);
    let (dh, w2, b2) = linear_backward(&h, &m.w2, &dz);
    let da = dh * h.mapv(|h| 1.0 - h * h);
    let (dx, w1, b1) = linear_backward(&x, &m.w1, &da);
    let mut e = Array2::zeros(m.e.raw_dim());
    for ((b, j), dx) in dx.indexed_iter() {
        e[[ctx[[b, j / d]], j % d]] += dx;
    }
    (loss, CharMlp { e, w1, b1, w2, b2 })
}
