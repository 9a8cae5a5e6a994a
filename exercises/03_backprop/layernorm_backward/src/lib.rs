//! # Backwards through layer normalisation
//!
//! ## Understand
//! Each row x of D numbers is brought to mean 0 and, nearly, mean square 1; then each place gets
//! its own scale γ and shift β:
//! μ = mean(x), σ² = mean((x − μ)²), r = 1/√(σ² + ε), x̂ = r (x − μ), y = γ ⊙ x̂ + β.
//! A loss comes after it and hands back dy = ∂L/∂y. Wanted: dx, dγ and dβ.
//! Shapes: x, x̂, y, dy, dx `[B rows, D]`; r `[B]`; γ, β, dγ, dβ `[D]`.
//!
//! By hand: x = [0, 0, 4, 4], ε = 0, γ = 1, β = 0 give r = ½ and y = x̂ = [−1, −1, 1, 1]. With
//! dy = [4, 0, 0, 0] then dx = [1, −1, 0, 0].
//!
//! ## Plan
//! x_i reaches y in three ways: by itself, through μ and through σ. So expect dx to be what comes
//! back, ĝ = γ ⊙ dy, less two corrections. How does L change for x + c, and how for 1.01 x? Then
//! which two inner products with dx must be 0, if ε = 0? Derive it by changes (notes, "Layer
//! normalisation"; Ba, Kiros and Hinton 2016, equation 3): how do μ, σ², r and x̂ change with x
//! (δμ, δσ², δr, δx̂)? Put them into ⟨ĝ, δx̂⟩, and move everything off δx.
//!
//! ## Carry out
//! Two gaps of about 12 lines each. The variance is the mean square, over D and not D − 1. The
//! cache holds all that the backward pass may use; in it stands neither x nor ε. For a constant
//! row x̂ = 0 and y = β, as long as ε > 0.
//!
//! ndarray: if one operand is a parameter (`&ArrayRef2`, `&ArrayRef1`), borrow an array on the
//! other side as `&*a`: `dy * &*xhat`, and also `&*xhat * gamma`. `[D]` spreads over the rows;
//! `.sum_axis(Axis(0))` adds the rows up.
//!
//! ## Look back
//! With ε = 0 and γ = 1 the Jacobian is 1/σ times a projector: of which rank, and what is lost? A
//! row ten times as large gets how large a gradient? What may be forgotten after the forward
//! pass, and at what price? Every block of a transformer normalises twice.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

/// What the backward pass needs of the forward pass.
pub struct LnCache {
    /// x̂, the normalised rows, `[B, D]`.
    pub xhat: Array2<f64>,
    /// 1/√(σ² + ε) of each row, `[B]`.
    pub rstd: Array1<f64>,
}

/// y = γ ⊙ x̂ + β with x̂ = (x − μ)/√(σ² + ε), row by row: x `[B, D]`, γ and β `[D]` →
/// (y `[B, D]`, cache).
pub fn layernorm(
    x: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    beta: &ArrayRef1<f64>,
    eps: f64,
) -> (Array2<f64>, LnCache) {
    todo!() // ≈ 12 lines
}

/// Gradients: dy = ∂L/∂y `[B, D]`, γ `[D]`, cache → (dx `[B, D]`, dγ `[D]`, dβ `[D]`).
pub fn layernorm_backward(
    dy: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    c: &LnCache,
) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    todo!() // ≈ 12 lines
}
