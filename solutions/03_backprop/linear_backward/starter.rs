//! # Backwards through a linear layer
//!
//! ## Understand
//! A linear layer computes y = xW + b, each row of x on its own; b is added to every row. A
//! loss L comes after it and hands back dy = ∂L/∂y. Wanted: dx, dw and db, the derivatives of
//! L by x, W and b.
//! Shapes: x, dx `[B rows, In]`; w, dw `[In, Out]`; y, dy `[B, Out]`; b, db `[Out]`.
//!
//! By hand, one row: x = [1, 2], W = [[1, 2], [3, 4]], dy = [1, 10] give dx = [21, 43],
//! dw = [[1, 10], [2, 20]] and db = [1, 10].
//!
//! ## Plan
//! One element first: y_no = Σ_i x_ni W_io + b_o, where n is the row. Which elements of y does
//! W_io touch, and how much does each of them matter to L? Then the whole, by the method of
//! adjoints (notes, "A linear layer"): write δL = ⟨dy, δy⟩, and move everything off δx, δW and
//! δb. A gradient has the shape of what it belongs to; that rules out most wrong answers, but not
//! all of them.
//!
//! ## Carry out
//! One gap of about 4 lines: two products of matrices and one sum. Budget: 4·B·In·Out + B·Out
//! operations, about twice the forward pass, with some slack for other orders of summation; and
//! no array of B·In·Out elements. It is judged by running your code on numbers that count
//! themselves, hence `R: Real`: use it like an `f64`, but `mean_axis` does not exist for it.
//! `x.t()` is the transpose, a view that copies nothing; `a.dot(&b)` multiplies;
//! `a.sum_axis(Axis(0))` adds the rows up.
//!
//! ## Look back
//! Why are dw and db sums over the batch, and dx is not? Where would a mean over the batch
//! come from? Which of x, W and y must be kept from the forward pass? Every layer of this
//! course with a weight matrix calls this function.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2};

/// Gradients of y = xW + b: x `[B, In]`, w `[In, Out]`, dy = ∂L/∂y `[B, Out]` →
/// dx `[B, In]`, dw `[In, Out]`, db `[Out]`.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    todo!() // ≈ 4 lines
}
