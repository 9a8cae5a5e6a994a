//! With k = 0 a row without counts is NaN: 0 divided by 0. For every k above 0 that row is uniform,
//! however small k is, so the limit is uniform too. Treat the total of 0 before dividing.

use ndarray::{Array2, ArrayRef2};
use std::iter::zip;

/// k more of everything.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
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
    let mut best = (grid[0], f64::INFINITY);
    for &k in grid {
        let nats = mean_surprise(val, &add_k(train, k));
        if nats < best.1 {
            best = (k, nats);
        }
    }
    best
}

fn mean_surprise(counts: &ArrayRef2<u64>, p: &ArrayRef2<f64>) -> f64 {
    let cells = zip(counts, p).filter(|&(&n, _)| n > 0);
    let total: f64 = cells.map(|(&n, p)| -(n as f64) * p.ln()).sum();
    total / counts.sum() as f64
}
