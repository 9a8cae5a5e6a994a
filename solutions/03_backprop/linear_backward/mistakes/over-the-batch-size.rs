//! dw and db are both too small by a factor of B. A backward pass does not know whether the
//! loss is a mean over the batch; if it is, its own derivative has put the 1/B into dy. To
//! divide once more is to divide twice.

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
    let rows = R::of(dy.nrows().max(1) as f64);
    let dw = x.t().dot(dy) / rows;
    let db = dy.sum_axis(Axis(0)) / rows;
    (dx, dw, db)
}
