//! The surprises were added and not averaged: that is the length of the whole text's code. A text
//! twice as long then looks like a model twice as bad. Divide by the number of steps, so that
//! texts of different lengths can be compared.

use ndarray::ArrayRef2;
use std::f64::consts::LN_2;

/// Surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    if ids.len() < 2 {
        return None;
    }
    Some(ids.windows(2).map(|w| -p[[w[0], w[1]]].ln()).sum())
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
