//! Add-k smoothing: counts that were never made, and how many of them are best.

use course::char_bigrams::mle_rows;
use ndarray::{Array2, ArrayRef2};
use std::iter::zip;

/// P(next | context) = (C + k) / (N + kV): counts `[contexts, V next]` → the same shape.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
    if k == 0.0 {
        return mle_rows(counts); // the limit k → 0, also where nothing was seen
    }
    let mut p = counts.mapv(|n| n as f64 + k);
    for mut row in p.rows_mut() {
        let total = row.sum();
        row /= total;
    }
    p
}

/// λ = N / (N + kV), the weight of the counts' own row; the uniform one has the rest.
pub fn shrinkage(row_total: u64, k: f64, v: usize) -> f64 {
    match row_total {
        0 => 0.0,
        n => n as f64 / (n as f64 + k * v as f64),
    }
}

/// The k of `grid` whose smoothed `train` is least surprised by `val`, and its mean surprise
/// in nats; of equals the first.
pub fn best_k(train: &ArrayRef2<u64>, val: &ArrayRef2<u64>, grid: &[f64]) -> (f64, f64) {
    grid.iter()
        .map(|&k| (k, mean_surprise(val, &add_k(train, k))))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .expect("a grid with a k in it")
}

/// Mean of −ln P over the steps that `counts` counted, in nats.
fn mean_surprise(counts: &ArrayRef2<u64>, p: &ArrayRef2<f64>) -> f64 {
    let total: f64 = zip(counts, p)
        .filter(|&(&n, _)| n > 0) // what did not happen adds nothing, though its P be 0
        .map(|(&n, p)| -(n as f64) * p.ln())
        .sum();
    total / counts.sum() as f64
}

// Look back: a division a cell, and for each k a table of 8 bytes a cell, of which the
// surprise reads only the cells that `val` counts: asking for those P alone would need no
// table. The uniform row is the weak spot: it gives a z after q as much as an e after h. Put
// the law of a shorter context in its place, and the same formula becomes back-off.
