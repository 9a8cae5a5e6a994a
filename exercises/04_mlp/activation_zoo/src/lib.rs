//! # Four ways to bend a line
//!
//! ## Understand
//! Between two layers stands a function that bends: without it, two layers are one. Four are in
//! use; each takes a number x, and here each returns its value and its derivative, for going
//! forwards and backwards.
//! - ReLU: x if x is above 0, otherwise 0. At the kink the derivative is taken to be 0.
//! - GELU: x·Φ(x), where Φ(x) is the share of the bell curve N(0, 1) below x. In terms of the
//!   error function, Φ(x) = ½(1 + erf(x/√2)).
//! - GELU by tanh: ½x(1 + tanh(√(2/π)·(x + 0.044715x³))). GPT-2 uses this one; it is near GELU,
//!   but not the same function.
//! - SiLU (or swish): x·σ(x) with the logistic function σ(x) = 1/(1 + e^−x).
//!
//! By hand: each is 0 at 0; there the last three have the derivative ½. As σ(ln 3) = ¾,
//! SiLU at ln 3 is ¾ ln 3, and its derivative is ¾(1 + ¼ ln 3) = 0.956.
//!
//! ## Plan
//! All four are x·F(x) for some F from 0 to 1. Differentiate that once, by the product rule, then
//! find F′ for each F: for σ in terms of σ, for Φ it is the bell curve's height, for tanh by the
//! chain rule (Hendrycks and Gimpel 2016; Elfwing et al. 2017; notes, "Activations").
//!
//! ## Carry out
//! Four gaps of 1 to 5 lines. `kit::erf` is there, and `f64` has `exp`, `tanh` and `powi`. For x
//! as large as ±10¹⁰⁰ the value is x or 0 and the derivative 1 or 0, never NaN: e^1000 is ∞ in
//! `f64`, and ∞/∞ is not a number.
//!
//! ## Look back
//! f(x) − f(−x) = x holds for all four: why, and what does it say of f′(x) + f′(−x)? Where does a
//! unit with each of them stop learning (see the second plot)? Transformers have GELU or SiLU
//! in every block.

/// max(0, x), and its derivative; at the kink, 0.
pub fn relu(x: f64) -> (f64, f64) {
    todo!() // ≈ 1 line
}

/// x·Φ(x), where Φ is the share of N(0, 1) below x, and its derivative.
pub fn gelu(x: f64) -> (f64, f64) {
    todo!() // ≈ 3 lines
}

/// GELU by a hyperbolic tangent, ½x(1 + tanh(√(2/π)(x + 0.044715x³))), and its derivative.
pub fn gelu_tanh(x: f64) -> (f64, f64) {
    todo!() // ≈ 5 lines
}

/// x·σ(x), where σ is the logistic function, and its derivative.
pub fn silu(x: f64) -> (f64, f64) {
    todo!() // ≈ 2 lines
}
