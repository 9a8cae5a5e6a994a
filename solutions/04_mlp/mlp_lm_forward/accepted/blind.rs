//! # From a few symbols to a law for the next one
//!
//! ## Understand
//! A context of C symbols goes through four steps: look up a vector of D numbers for each symbol;
//! write the C vectors one after the other, as one row of C·D numbers; compute H *hidden units*
//! from it, tanh(row · W1 + b1); and from those a logit for each of V symbols, hidden · W2 + b2.
//! `forward` does this for a batch: x `[B, C]` → z `[B, V]`. The weights are in `MlpLm`, with
//! their shapes. It ends in *logits*: softmax belongs to the loss.
//!
//! By hand: V = 2, C = D = H = 1, e = [[0], [½ ln 3]], W1 = [[1]], b1 = [0], W2 = [[2, 4]],
//! b2 = [10, 20]. As tanh(½ ln 3) = ½, symbol 1 has the logits [11, 22], symbol 0 [10, 20].
//!
//! `unigram_bias` makes a good b2 to begin with: if W2 = 0, then z = b2 whatever the context is,
//! and softmax(b2) should be the shares of the symbols. A symbol that never came counts 1, as ln 0
//! is −∞ and no gradient brings it back. Counts [3, 0, 1] give ln [⅗, ⅕, ⅕].
//!
//! ## Plan
//! Write the shape after every step: `[B, C]`, `[B, C, D]`, …, `[B, V]` (Bengio et al. 2003,
//! eq. 1, without the direct connections; notes, "The network"). Which of the B·C·D numbers stand
//! side by side in memory after the lookup? Then the second step costs nothing.
//!
//! ## Carry out
//! Two gaps of about 5 and 3 lines. `embed` is yours from before, as is all of
//! `course::embedding_scatter`. Budget: 2(C·D·H + H·V) operations a context in two products of
//! matrices, and tanh of B·H numbers. ndarray: `.into_shape_with_order((r, c))`, `.dot(…)`; a
//! vector `[H]` added to `[B, H]` is added to each row. Not here: loss and gradients.
//!
//! ## Look back
//! Twice the context: what does it cost here, and what in a table? Exchange two symbols of a
//! context: which weights make the model notice? Why is it well that all logits are nearly equal
//! at first (see the plot)? The gradients of this network come at the end of the stage.

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
    let (b, c, d) = vectors.dim();
    let rows = vectors.into_shape_with_order((b, c * d)).unwrap(); // [B, C·D]
    let hidden = (rows.dot(&m.w1) + &m.b1).mapv(f32::tanh); // [B, H]
    hidden.dot(&m.w2) + &m.b2 // [B, V]
}

/// The output bias that makes the shares of `counts` `[V]`, where 0 counts as 1, the model's law
/// as long as nothing else speaks: their logarithms, `[V]`.
pub fn unigram_bias(counts: &[u64]) -> Array1<f32> {
    let counts: Vec<f64> = counts.iter().map(|&c| c.max(1) as f64).collect();
    let total: f64 = counts.iter().sum();
    counts.iter().map(|c| (c / total).ln() as f32).collect()
}
