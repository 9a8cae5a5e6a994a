//! How surprised a table is by a text: in nats, in bits, and as a perplexity.

use course::char_bigrams::mle_rows;
use ndarray::ArrayRef2;
use std::f64::consts::LN_2;
use std::iter::zip;

/// Mean surprise −ln P(next | prev), in nats, over the n − 1 steps of `ids` `[n]`;
/// p `[V prev, V next]`. `None` if there is no step, +∞ if a step has probability 0.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    let steps = ids.array_windows();
    let n = steps.len();
    let total: f64 = steps.map(|&[prev, next]| -p[[prev, next]].ln()).sum();
    (n > 0).then(|| total / n as f64)
}

/// How many equally likely symbols would be as surprising, from a mean in nats.
pub fn perplexity(nll_nats: f64) -> f64 {
    nll_nats.exp()
}

/// The same mean in bits, from nats.
pub fn bits_per_char(nll_nats: f64) -> f64 {
    nll_nats / LN_2
}

/// The entropy of `next` given the context, in nats: counts `[contexts, V next]`; 0 for a
/// table without counts.
pub fn conditional_entropy(counts: &ArrayRef2<u64>) -> f64 {
    let surprise: f64 = zip(counts, &mle_rows(counts))
        .filter(|&(&n, _)| n > 0) // x ln x tends to 0 with x, and ln 0 is never asked
        .map(|(&n, p)| -(n as f64) * p.ln())
        .sum();
    surprise / counts.sum().max(1) as f64
}

// Look back: n − 1 logarithms for a text, and one for each cell in use for a table of counts.
// As the text enters by its counts alone, counting first saves almost all of them: 422,449
// steps of the tales fall into 711 cells. The sum of logarithms is what a product of
// probabilities would be if it did not underflow: in f64 that happens after some 700 nats,
// about 300 characters.
