//! Adds k in every case and asks only the row's sum whether it can divide; the search is a loop
//! that keeps the best so far.

use ndarray::{Array2, ArrayRef2};

/// P(next | context) after k more of everything: counts `[contexts, V next]`, k ≥ 0 and
/// finite → the same shape. k = 0 gives the counts' own rows; a row without counts is uniform.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
    let v = counts.ncols();
    let mut p = counts.mapv(|c| c as f64 + k);
    for mut row in p.rows_mut() {
        let sum = row.sum();
        if sum > 0.0 {
            row /= sum;
        } else {
            row.fill(1.0 / v as f64);
        }
    }
    p
}

/// λ, the weight of the counts' own row in a row of total `row_total` over `v` symbols; 0 for
/// a row without counts.
pub fn shrinkage(row_total: u64, k: f64, v: usize) -> f64 {
    if row_total == 0 {
        return 0.0;
    }
    let n = row_total as f64;
    n / (n + k * v as f64)
}

/// The k of `grid` whose smoothed `train` is least surprised by `val`, and its mean surprise
/// in nats (+∞ if no k of the grid helps); of equals the first in the grid's order. Both
/// tables are `[contexts, V next]`; `val` holds a count, and `grid` a k.
pub fn best_k(train: &ArrayRef2<u64>, val: &ArrayRef2<u64>, grid: &[f64]) -> (f64, f64) {
    let total = val.sum() as f64;
    let surprise = |k: f64| -> f64 {
        let p = add_k(train, k);
        let sum: f64 = val
            .iter()
            .zip(&p)
            .filter(|&(&n, _)| n > 0)
            .map(|(&n, &p)| -(n as f64) * p.ln())
            .sum();
        sum / total
    };
    let mut best = (grid[0], surprise(grid[0]));
    for &k in &grid[1..] {
        let s = surprise(k);
        if s < best.1 {
            best = (k, s);
        }
    }
    best
}
