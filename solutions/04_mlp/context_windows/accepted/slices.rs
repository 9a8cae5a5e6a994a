//! By slices of the text, row after row.

use ndarray::{Array2, ArrayView1};

/// A window has `ctx + 1` symbols; so many windows of that length fit.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    if n > ctx { n - ctx } else { 0 }
}

/// Cuts `ctx + 1` symbols at each start: the context, and the answer.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    let mut x = Array2::zeros((starts.len(), ctx));
    let mut y = Vec::with_capacity(starts.len());
    for (mut row, &start) in x.rows_mut().into_iter().zip(starts) {
        let window = &ids[start..start + ctx + 1];
        row.assign(&ArrayView1::from(&window[..ctx]));
        y.push(window[ctx]);
    }
    (x, y)
}

/// Cuts the text once.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    let cut = (ids.len() as f64 * frac).floor() as usize;
    (&ids[..cut], &ids[cut..])
}
