//! By one loop over every product of the forward pass, as one writes it in C.

use kit::Real;
use ndarray::{Array1, Array2, ArrayRef2};

/// y_bo += x_bi w_io, answered twice.
pub fn linear_backward<R: Real>(
    x: &ArrayRef2<R>,
    w: &ArrayRef2<R>,
    dy: &ArrayRef2<R>,
) -> (Array2<R>, Array2<R>, Array1<R>) {
    let ((rows, inputs), outputs) = (x.dim(), w.ncols());
    let mut dx = Array2::zeros((rows, inputs));
    let mut dw = Array2::zeros((inputs, outputs));
    let mut db = Array1::zeros(outputs);
    for b in 0..rows {
        for o in 0..outputs {
            let g = dy[[b, o]];
            db[o] += g;
            for i in 0..inputs {
                dx[[b, i]] += g * w[[i, o]];
                dw[[i, o]] += g * x[[b, i]];
            }
        }
    }
    (dx, dw, db)
}
