//! By a sorted set, a binary search, windows of two, and a total a row.

use std::collections::BTreeSet;

use ndarray::{Array2, ArrayRef2};

/// Every character of `text` once, ascending by scalar value (as `char`s compare).
pub fn build_vocab(text: &str) -> Vec<char> {
    // A BTreeSet removes duplicates and iterates in order.
    let symbols: BTreeSet<char> = text.chars().collect();
    symbols.into_iter().collect()
}

/// The place in `vocab` (ascending, no duplicates) of each character of `text`, in order.
/// `None` if a character has no place there.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    // vocab is sorted; collecting Options gives None as soon as one of them is None.
    text.chars().map(|c| vocab.binary_search(&c).ok()).collect()
}

/// How often each symbol follows each: `counts[[prev, next]]`, shape `[v prev, v next]`.
/// `ids` may be empty; each is below `v`.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut counts = Array2::zeros((v, v));
    for pair in ids.windows(2) {
        // axis 0: the one before, axis 1: the one after
        counts[[pair[0], pair[1]]] += 1;
    }
    counts
}

/// P(next | prev), shape `[V prev, V next]` as `counts`: every row sums to 1, and a row
/// without counts is uniform.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    let mut probs = counts.mapv(|c| c as f64);
    for mut row in probs.rows_mut() {
        let total = row.sum();
        if total > 0.0 {
            row /= total;
        } else {
            // prev was never followed by anything
            row.fill(1.0 / v as f64);
        }
    }
    probs
}
