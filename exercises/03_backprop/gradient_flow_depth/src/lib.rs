//! # What depth does to a gradient
//!
//! ## Understand
//! A stack of L layers, h ← act(Wh), all n wide, with weights drawn from N(0, gain²/n). J is the
//! Jacobian of the whole stack at an input x, activations included, the last one too. What comes
//! back from a gradient v at the output is Jᵀv, and its growth is ‖Jᵀv‖²/‖v‖². Find, as
//! logarithms: its mean over networks, how far single networks stray from that, and the growth
//! in one given network.
//! Shapes: x, v, h `[n]`; each W `[n, n]`, one row for each unit of the layer's output.
//!
//! By hand: in a linear stack with gain 2 and 3 layers, the mean growth is 4³ = 64, so its
//! logarithm 6 ln 2. In a ReLU stack with a gain of √2, *He's gain*, it is 1 at every depth (He
//! et al. 2015). One ReLU network: W1 = [[2, 0], [1, 2]], W2 = [[−1, 1], [3, 1]], x = [1, −1].
//! W1 x = [2, −1], so h = [2, 0]; W2 h = [−2, 6]. Awake are unit 0, then unit 1. With v = [4, 2],
//! [0, 2] gets through, W2ᵀ makes [6, 2] of it, [6, 0] gets through, and W1ᵀ makes [12, 0]: the
//! growth is 144/20.
//!
//! ## Plan
//! One layer backwards: u ← Wᵀ(act′ ⊙ u). Given u, what is the law of one element of Wᵀu, and
//! what the mean of the sum of their squares? Which part of ‖u‖² does a ReLU let through, on
//! average? Then the spread: a sum of n squares of normal numbers is not n but varies; so does
//! what half of the elements of u amounts to. Small relative variances of factors add up; the
//! logarithm of a product is a sum (notes, "Depth"; Hanin and Nica 2020).
//!
//! ## Carry out
//! Three gaps of about 5, 5 and 14 lines. `measure_ln_growth` goes forwards once, keeping what
//! it needs, and backwards once, with vectors only: 4n² operations per layer. The first two take
//! no network: they are formulas, and the checks measure them in 60 networks.
//!
//! ## Look back
//! The mean growth is 1 with He's gain. Why is the median network below? How wide must a network
//! of 100 layers be, so that most are within a factor of 2? What do gains of 1 and 2 do at that
//! depth (see the plot)? Initialisation, normalisation and residual branches all start here.

use ndarray::{Array2, ArrayRef1};

/// What stands behind each product Wh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Nothing: the stack is a product of matrices.
    Linear,
    /// The larger of 0 and each element.
    Relu,
}

/// ln E‖Jᵀv‖²/‖v‖² of `depth` layers h ← act(Wh) whose weights are N(0, gain²/n), with the mean
/// over networks.
pub fn predict_ln_growth(act: Act, gain: f64, depth: usize) -> f64 {
    todo!() // ≈ 5 lines
}

/// The standard deviation of ln ‖Jᵀv‖²/‖v‖² from one network of `width` n to the next.
pub fn predict_ln_std(act: Act, width: usize, depth: usize) -> f64 {
    todo!() // ≈ 5 lines
}

/// ln ‖Jᵀv‖²/‖v‖² of one network at x `[n]`, with v `[n]` at its output: w holds one matrix
/// `[n, n]` for each layer, the first one first.
pub fn measure_ln_growth(
    act: Act,
    w: &[Array2<f64>],
    x: &ArrayRef1<f64>,
    v: &ArrayRef1<f64>,
) -> f64 {
    todo!() // ≈ 14 lines
}
