//! The lookup by ndarray's selection of rows, the way back symbol by symbol.

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3, Axis};

pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    let (batch, time) = ids.dim();
    let places: Vec<usize> = ids.iter().copied().collect();
    e.select(Axis(0), &places)
        .into_shape_with_order((batch, time, e.ncols()))
        .unwrap()
}

pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    assert!(ids.iter().all(|&id| id < vocab), "an id without a row");
    let mut de = Array2::zeros((vocab, g.len_of(Axis(2))));
    for (d, mut column) in de.columns_mut().into_iter().enumerate() {
        for (&id, &g) in ids.iter().zip(g.index_axis(Axis(2), d)) {
            column[id] += g;
        }
    }
    de
}
