//! The right k, but the sum of all surprises was divided by the number of the table's cells. The
//! mean is over *steps*: the held-out table counts them, so divide by the sum of its counts.

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
    let sum: f64 = cells.map(|(&n, p)| -(n as f64) * p.ln()).sum();
    sum / counts.len() as f64
}
