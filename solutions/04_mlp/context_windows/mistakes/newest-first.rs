//! The contexts are written backwards, the nearest symbol first. A model could learn from
//! that, but a text is then fed to it in the other order than everywhere else. From left to
//! right, as it is read.

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n.saturating_sub(ctx)
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let x = Array2::from_shape_fn((starts.len(), ctx), |(b, c)| ids[starts[b] + ctx - 1 - c]);
    let y = starts.iter().map(|start| ids[start + ctx]).collect();
    (x, y)
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
