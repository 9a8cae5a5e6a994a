//! There is one window less: contexts were counted, and the last context of a text has no
//! symbol after it. A window is a context and its answer, C + 1 symbols.

use ndarray::Array2;

/// How many places of a text of `n` symbols have `ctx` symbols before them and one after.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    (n + 1).saturating_sub(ctx)
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
