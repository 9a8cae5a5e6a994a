//! Context after context, by loops over places and units.

use ndarray::{Array1, Array2, ArrayRef2};

/// The weights of a language model with one hidden layer.
#[derive(Clone, Debug, PartialEq)]
pub struct MlpLm {
    /// A vector for each symbol, `[V, D]`.
    pub e: Array2<f32>,
    /// From the vectors of a context to the hidden units, `[C·D, H]`.
    pub w1: Array2<f32>,
    /// What each hidden unit adds, `[H]`.
    pub b1: Array1<f32>,
    /// From the hidden units to the logits, `[H, V]`.
    pub w2: Array2<f32>,
    /// What each logit adds, `[V]`.
    pub b2: Array1<f32>,
}

impl MlpLm {
    /// Weights to begin with, from draws of N(0, 1): hidden units that see about N(0, 1), and
    /// logits so small that no symbol is preferred (notes, "The loss at the start").
    pub fn init(v: usize, d: usize, ctx: usize, h: usize, mut normal: impl FnMut() -> f64) -> Self {
        let mut draw = |rows, columns, deviation: f64| {
            Array2::from_shape_simple_fn((rows, columns), || (deviation * normal()) as f32)
        };
        Self {
            e: draw(v, d, 1.0),
            w1: draw(ctx * d, h, ((ctx * d) as f64).sqrt().recip()),
            b1: Array1::zeros(h),
            w2: draw(h, v, 0.1 * (h as f64).sqrt().recip()),
            b2: Array1::zeros(v),
        }
    }
}

/// The logits, one context at a time.
pub fn forward(m: &MlpLm, x: &ArrayRef2<usize>) -> Array2<f32> {
    let d = m.e.ncols();
    let mut z = Array2::zeros((x.nrows(), m.b2.len()));
    for (context, mut z) in x.rows().into_iter().zip(z.rows_mut()) {
        let mut hidden = m.b1.clone();
        for (c, &id) in context.iter().enumerate() {
            for k in 0..d {
                hidden.scaled_add(m.e[[id, k]], &m.w1.row(c * d + k));
            }
        }
        z.assign(&m.b2);
        for (unit, a) in hidden.iter().enumerate() {
            z.scaled_add(a.tanh(), &m.w2.row(unit));
        }
    }
    z
}

/// ln of each count less ln of their total.
pub fn unigram_bias(counts: &[u64]) -> Array1<f32> {
    let total: u64 = counts.iter().map(|&n| n.max(1)).sum();
    let ln = |n: u64| (n as f64).ln();
    counts
        .iter()
        .map(|&n| (ln(n.max(1)) - ln(total)) as f32)
        .collect()
}
