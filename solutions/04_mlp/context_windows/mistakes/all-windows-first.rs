//! Right, and with the whole text copied C + 1 times: all windows were made, and then the
//! ones asked for were chosen. For 64 windows of a text of a million symbols that is 15,000
//! times too much. A start is enough to find a window.

use ndarray::{Array2, Axis};

/// How many windows a text has.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    n.saturating_sub(ctx)
}

/// The windows at `starts`, chosen from all windows.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let n = n_windows(ids.len(), ctx);
    let all = Array2::from_shape_fn((n, ctx + 1), |(start, c)| ids[start + c]);
    let chosen = all.select(Axis(0), starts);
    let (x, y) = chosen.view().split_at(Axis(1), ctx);
    (x.to_owned(), y.iter().copied().collect())
}

/// The first part of a text, and the rest.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    ids.split_at((frac * ids.len() as f64) as usize)
}
