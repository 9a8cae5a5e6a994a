//! The backward pass of a linear layer: two products and a sum.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2, Axis};

/// Gradients of y = xW + b: x `[B, In]`, w `[In, Out]`, dy = ∂L/∂y `[B, Out]` →
/// dx `[B, In]`, dw `[In, Out]`, db `[Out]`.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let dx = dy.dot(&w.t());
    let dw = x.t().dot(dy);
    let db = dy.sum_axis(Axis(0));
    (dx, dw, db)
}

// Look back: 4·B·In·Out + B·Out operations, twice the forward pass. Nothing of y is needed,
// but x has to be kept until now: B·In numbers a layer, which is most of what training keeps.
