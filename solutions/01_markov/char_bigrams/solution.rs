//! A language model by counting: which symbol follows which, and how often.

use ndarray::{Array2, ArrayRef2};
use std::collections::BTreeSet;

/// Every character of `text` once, ascending by scalar value.
pub fn build_vocab(text: &str) -> Vec<char> {
    let distinct: BTreeSet<char> = text.chars().collect();
    distinct.into_iter().collect()
}

/// The place in `vocab` (ascending) of each character; `None` if one has no place there.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    text.chars().map(|c| vocab.binary_search(&c).ok()).collect()
}

/// How often each symbol follows each: `counts[[prev, next]]`, shape `[V prev, V next]`.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut counts = Array2::zeros((v, v));
    for &[prev, next] in ids.array_windows() {
        counts[[prev, next]] += 1;
    }
    counts
}

/// MLE of P(next | prev) `[V prev, V next]`: each row over its total; uniform where nothing was seen.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let mut p = counts.mapv(|n| n as f64);
    let uniform = 1.0 / counts.ncols() as f64;
    for mut row in p.rows_mut() {
        let total = row.sum();
        if total > 0.0 {
            row /= total;
        } else {
            row.fill(uniform); // any row is equally likely: the one of most entropy
        }
    }
    p
}

// Look back: one pass of n log₂ V comparisons, n − 1 increments and V² divisions; the table
// holds V² counts of 8 bytes, though few pairs ever occur. Collecting `Option`s into an
// `Option` stops at the first unknown character, and windows of two of a text shorter than
// two are none, so that neither edge needs a branch.
