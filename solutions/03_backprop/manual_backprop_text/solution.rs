//! A language model of characters and its whole gradient, by hand.

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
    let x = Array2::from_shape_fn((batch, places * d), |(b, j)| m.e[[ctx[[b, j / d]], j % d]]); // F1
    let h = (x.dot(&m.w1) + &m.b1).mapv(f64::tanh); // F2, F3
    let z = h.dot(&m.w2) + &m.b2; // F4
    let targets: Vec<_> = y.iter().copied().map(Some).collect();

    let (loss, dz) = xent(&z, &targets); // F5, B5
    let (dh, w2, b2) = linear_backward(&h, &m.w2, &dz); // B4
    let da = dh * h.mapv(|h| 1.0 - h * h); // B3
    let (dx, w1, b1) = linear_backward(&x, &m.w1, &da); // B2
    let mut e = Array2::zeros(m.e.raw_dim()); // B1
    for ((b, j), dx) in dx.indexed_iter() {
        e[[ctx[[b, j / d]], j % d]] += dx;
    }
    (loss, CharMlp { e, w1, b1, w2, b2 })
}

// Look back: x, h and z are all that is kept, B·(C·D + H + V) numbers, and the cost is that of
// the products: 2·B·(C·D·H + H·V) operations forwards, twice that backwards. A tape that
// records each multiplication would keep a node for each of them.
