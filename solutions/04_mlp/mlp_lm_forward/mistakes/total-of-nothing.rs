//! Where nothing was counted the total is 0, and the logarithm of 1/0 is ∞: symbols that never
//! came were counted as 1, but the total was taken before. Take it over the counts that are
//! divided.

use course::embedding_scatter::embed;
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

/// The logits for what comes after each context: x `[B, C]` → z `[B, V]`.
pub fn forward(m: &MlpLm, x: &ArrayRef2<usize>) -> Array2<f32> {
    let vectors = embed(&m.e, x); // [B, C, D]
    let (batch, ctx, d) = vectors.dim();
    let flat = vectors
        .into_shape_with_order((batch, ctx * d)) // symbol by symbol, as it lies there
        .expect("as many numbers as before");
    let hidden = (flat.dot(&m.w1) + &m.b1).mapv(f32::tanh); // [B, H]
    hidden.dot(&m.w2) + &m.b2
}

/// The output bias that makes the shares of `counts` `[V]`, where 0 counts as 1, the model's law
/// as long as nothing else speaks: their logarithms, `[V]`.
pub fn unigram_bias(counts: &[u64]) -> Array1<f32> {
    let total = counts.iter().sum::<u64>() as f64;
    let counts: Array1<f64> = counts.iter().map(|&n| n.max(1) as f64).collect();
    counts.mapv(|n| (n / total).ln() as f32)
}
