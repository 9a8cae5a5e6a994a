//! Right, and V times too dear: ids were made rows of zeros and a one, and multiplied with
//! the table. All but one of V products a row are with 0, and B·T·V numbers are kept to say
//! what B·T ids say. Use the product to derive the way back, not to compute it.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// A row for each id: zeros, and a one at the id.
fn one_hot<R: Real>(ids: &ArrayRef2<usize>, vocab: usize) -> Array2<R> {
    let mut rows = Array2::zeros((ids.len(), vocab));
    for (n, &id) in ids.iter().enumerate() {
        rows[[n, id]] = R::one();
    }
    rows
}

/// Looks up a vector for each id.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    let x = one_hot(ids, e.nrows()).dot(e);
    Array3::from_shape_vec((batch, time, e.ncols()), x.iter().copied().collect())
        .expect("B·T rows of D")
}

/// The gradient of the table.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    let rows = g.iter().copied().collect();
    let rows = Array2::from_shape_vec((ids.len(), g.dim().2), rows).expect("B·T rows of D");
    one_hot(ids, vocab).t().dot(&rows)
}
