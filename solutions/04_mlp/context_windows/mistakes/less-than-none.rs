//! n − ctx is below 0 where the text is shorter than the context, and a `usize` has nothing below
//! 0: it panics, or becomes huge where overflow is not checked. Such a text has no window; the
//! answer is 0. `saturating_sub` stops there.

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n - ctx
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let x = Array2::from_shape_fn((starts.len(), ctx), |(b, c)| ids[starts[b] + c]);
    let y = starts.iter().map(|start| ids[start + ctx]).collect();
    (x, y)
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
