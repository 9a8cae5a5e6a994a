//! You averaged 1/P and took the logarithm of the average. Perplexity is the *geometric* mean of
//! the 1/P, and the arithmetic mean is never smaller (Jensen): one unlikely step outweighs a page
//! of good ones. Take the logarithm of each step first, then average.

use ndarray::ArrayRef2;
use std::f64::consts::LN_2;

/// Mean surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    if ids.len() < 2 {
        return None;
    }
    let choices: f64 = ids.windows(2).map(|w| 1.0 / p[[w[0], w[1]]]).sum();
    Some((choices / (ids.len() - 1) as f64).ln())
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
