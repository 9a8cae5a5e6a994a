//! Row by row, with slices of the last axis.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3, s};

/// Copies a row of the table to each place.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let mut x = Array3::zeros((ids.nrows(), ids.ncols(), e.ncols()));
    for ((b, t), &id) in ids.indexed_iter() {
        x.slice_mut(s![b, t, ..]).assign(&e.row(id));
    }
    x
}

/// Adds the gradient of each place to a row of the table's.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    let mut de = Array2::zeros((vocab, g.shape()[2]));
    for ((b, t), &id) in ids.indexed_iter() {
        let mut row = de.row_mut(id);
        row += &g.slice(s![b, t, ..]);
    }
    de
}
