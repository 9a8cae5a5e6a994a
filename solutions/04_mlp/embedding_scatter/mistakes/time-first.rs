//! x has the shape [T, B, D]: batch and time changed places. Some libraries want time first;
//! here the axes of the ids stay as they are, and D comes after them.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// Looks up a vector for each id: e `[V, D]`, ids `[B, T]` → x `[B, T, D]`.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    Array3::from_shape_fn((time, batch, e.ncols()), |(t, b, d)| e[[ids[[b, t]], d]])
}

/// ∂L/∂e from g = ∂L/∂x: ids `[B, T]`, g `[B, T, D]` → dE `[V, D]`, where V is `vocab`.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    let mut de = Array2::zeros((vocab, g.dim().2));
    for ((b, t, d), &g) in g.indexed_iter() {
        de[[ids[[b, t]], d]] += g; // a row may be read at many places: their gradients add up
    }
    de
}
