//! This is the entropy of the *pair*, H(prev, next): every count was divided by the grand total. It
//! contains the surprise about the context too, which is given here. Compare each count with the
//! total of its own row.

use ndarray::ArrayRef2;
use std::f64::consts::LN_2;

/// Mean surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    let n = ids.len().checked_sub(1).filter(|&n| n > 0)?;
    let total: f64 = ids.windows(2).map(|w| -p[[w[0], w[1]]].ln()).sum();
    Some(total / n as f64)
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
    let total = counts.sum().max(1) as f64;
    let shares = counts.iter().filter(|&&n| n > 0).map(|&n| n as f64 / total);
    shares.map(|p| -p * p.ln()).sum()
}
