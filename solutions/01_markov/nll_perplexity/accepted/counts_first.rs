//! Counts the steps first, so that equal ones share a logarithm; the conditional entropy as a
//! difference of two entropies, H(prev, next) − H(prev).

use course::char_bigrams::bigram_counts;
use ndarray::{ArrayRef2, Axis};

/// Mean surprise in nats.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    if ids.len() < 2 {
        return None;
    }
    let counts = bigram_counts(ids, p.nrows());
    let mut total = 0.0;
    for (at, &n) in counts.indexed_iter() {
        if n > 0 {
            total += n as f64 * p[at].ln();
        }
    }
    Some(-total / (ids.len() - 1) as f64)
}

/// The base is 2, and the exponent in bits.
pub fn perplexity(nll_nats: f64) -> f64 {
    bits_per_char(nll_nats).exp2()
}

/// log₂ x = ln x · log₂ e.
pub fn bits_per_char(nll_nats: f64) -> f64 {
    nll_nats * std::f64::consts::LOG2_E
}

/// Σ n ln n is all that an entropy of counts needs: N ln N − Σ n ln n is N times it.
pub fn conditional_entropy(counts: &ArrayRef2<u64>) -> f64 {
    let total = counts.sum();
    if total == 0 {
        return 0.0;
    }
    let scaled = |n: &u64| match n {
        0 => 0.0,
        &n => n as f64 * (n as f64).ln(),
    };
    let rows: f64 = counts.sum_axis(Axis(1)).iter().map(scaled).sum();
    let cells: f64 = counts.iter().map(scaled).sum();
    (rows - cells) / total as f64
}
