//! Right, but one In × Out matrix for each row of the batch was kept, to be summed at the end:
//! B times the memory of dw. Add each to dw as it comes; a product of matrices, xᵀdy, does
//! just that, sum included.

use kit::Real;
use ndarray::{Array1, Array2, Array3, ArrayRef2, Axis};

/// Gradients of y = xW + b: x `[B, In]`, w `[In, Out]`, dy = ∂L/∂y `[B, Out]` →
/// dx `[B, In]`, dw `[In, Out]`, db `[Out]`.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let dx = dy.dot(&w.t());
    let all = Array3::from_shape_fn((x.nrows(), x.ncols(), dy.ncols()), |(b, i, o)| {
        x[[b, i]] * dy[[b, o]]
    });
    let dw = all.sum_axis(Axis(0));
    let db = dy.sum_axis(Axis(0));
    (dx, dw, db)
}
