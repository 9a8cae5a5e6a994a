//! The contexts end at their starts instead of beginning there: a start was taken for the
//! place of the answer. That is another way to number windows, from C on; here start 0 is the
//! first one.

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n.saturating_sub(ctx)
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let x = Array2::from_shape_fn((starts.len(), ctx), |(b, c)| {
        ids[(starts[b] + c).saturating_sub(ctx)]
    });
    let y = starts.iter().map(|start| ids[*start]).collect();
    (x, y)
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
