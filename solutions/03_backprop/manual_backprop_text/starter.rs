//! # A language model, and its whole gradient by hand
//!
//! ## Understand
//! A model of characters sees C of them and says how likely each of V is to come next (Bengio et
//! al. 2003, equation 1, without its direct connections):
//!
//! F1  x = the rows of E for the C characters, side by side      `[B, C·D]`
//! F2  a = x W1 + b1                                             `[B, H]`
//! F3  h = tanh(a)
//! F4  z = h W2 + b2                                             `[B, V]`
//! F5  L = the mean over the batch of −ln softmax(z)[y]
//!
//! Find L and its gradient by E `[V, D]`, W1 `[C·D, H]`, b1 `[H]`, W2 `[H, V]`, b2 `[V]`.
//!
//! By hand, with V = 2 and C = D = H = 1: E = [½ ln 3, 0], W1 = 1, W2 = [0, 2 ln 3], no biases.
//! After character 0, a = ½ ln 3, h = ½, z = [0, ln 3], s = [¼, ¾]. If 0 comes next, L = ln 4,
//! dz = [−¾, ¾], dW2 = [−⅜, ⅜], dh = 3/2 ln 3, da = ¾ dh = db1 = dE_0, and dE_1 = 0.
//!
//! ## Plan
//! Number the lines and answer them from the last to the first: B5, B4, … (notes, "A language
//! model by hand"). Three of them are calls of two functions that you wrote before; two are new.
//! What is tanh′ in terms of h? And how often is a row of E used, if its character stands twice
//! in one context, and again in another?
//!
//! ## Carry out
//! One gap of about 18 lines. To be used: `course::linear_backward::linear_backward` and
//! `course::softmax_xent_grad::xent`. Element i of place c is column c·D + i of x: in F1 and,
//! the same way, in B1. At the end your gradient trains the model on the tales.
//!
//! ## Look back
//! What is the first loss of a model with small weights, and why? Which rows of dE are 0? What
//! has to be kept from the forward pass, in numbers per row, and what would a tape keep that
//! records every multiplication? The next stage makes this model good.

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
    todo!() // ≈ 18 lines
}
