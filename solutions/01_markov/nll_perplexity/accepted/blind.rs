//! The conditional entropy row by row, as the sum of c·ln(N/c) of the counts themselves.

use ndarray::ArrayRef2;

/// Mean surprise −ln P(next | prev), in nats, over the n − 1 steps of `ids` `[n]`, each below
/// V; p `[V prev, V next]`. `None` if there is no step, +∞ if a step has probability 0.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    if ids.len() < 2 {
        return None;
    }
    let total: f64 = ids.windows(2).map(|w| -p[[w[0], w[1]]].ln()).sum();
    Some(total / (ids.len() - 1) as f64)
}

/// How many equally likely symbols would be as surprising, from a mean in nats.
pub fn perplexity(nll_nats: f64) -> f64 {
    nll_nats.exp()
}

/// The same mean in bits, from nats.
pub fn bits_per_char(nll_nats: f64) -> f64 {
    nll_nats / std::f64::consts::LN_2
}

/// The entropy of `next` given the context, in nats: counts `[contexts, V next]`; 0 for a
/// table without counts.
pub fn conditional_entropy(counts: &ArrayRef2<u64>) -> f64 {
    let total = counts.sum();
    if total == 0 {
        return 0.0;
    }
    let mut h = 0.0;
    for row in counts.rows() {
        let n_a = row.sum() as f64;
        for &c in row.iter().filter(|&&c| c > 0) {
            let c = c as f64;
            h += c * (n_a / c).ln();
        }
    }
    h / total as f64
}
