//! By products of transposes, and the sum over the batch as a product with ones.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2};

/// dx = (W dyᵀ)ᵀ, dw = (dyᵀ x)ᵀ, db = dyᵀ 1.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let dx = w.dot(&dy.t()).reversed_axes();
    let dw = dy.t().dot(x).reversed_axes();
    let db = dy.t().dot(&Array1::ones(dy.nrows()));
    (dx, dw, db)
}
