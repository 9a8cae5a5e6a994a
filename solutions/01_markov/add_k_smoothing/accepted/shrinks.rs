//! As a mix: λ of the counts' own row, the rest of the uniform one. The search is a loop that
//! looks at the cells in use and makes no table.

use course::char_bigrams::mle_rows;
use ndarray::{Array2, ArrayRef2, Axis};

/// λ · (counts' own row) + (1 − λ) / V.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
    let v = counts.ncols();
    let totals = counts.sum_axis(Axis(1));
    let own = mle_rows(counts);
    Array2::from_shape_fn(own.raw_dim(), |(context, next)| {
        let lambda = shrinkage(totals[context], k, v);
        lambda * own[[context, next]] + (1.0 - lambda) / v as f64
    })
}

/// How far the counts are believed.
pub fn shrinkage(row_total: u64, k: f64, v: usize) -> f64 {
    let pretended = k * v as f64;
    if row_total == 0 {
        return 0.0;
    }
    1.0 / (1.0 + pretended / row_total as f64)
}

/// The first k of least mean surprise.
pub fn best_k(train: &ArrayRef2<u64>, val: &ArrayRef2<u64>, grid: &[f64]) -> (f64, f64) {
    let v = train.ncols() as f64;
    let totals = train.sum_axis(Axis(1));
    let steps = val.sum() as f64;
    let mut best = (grid[0], f64::INFINITY);
    for &k in grid {
        let mut nats = 0.0;
        for ((context, next), &n) in val.indexed_iter() {
            if n == 0 {
                continue;
            }
            let seen = train[[context, next]] as f64 + k;
            let of = totals[context] as f64 + k * v;
            let p = if of == 0.0 { 1.0 / v } else { seen / of };
            nats -= n as f64 / steps * p.ln();
        }
        if nats < best.1 {
            best = (k, nats);
        }
    }
    best
}
