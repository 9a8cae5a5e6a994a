//! The whole table sums to 1, not each row. Dividing by the grand total gives P(prev, next),
//! how common a pair is. To predict one needs P(next | prev): given that `prev` stands there,
//! some symbol follows, so divide each row by its own total.

use ndarray::{Array2, ArrayRef2};
use std::collections::BTreeSet;

/// Every character once, ascending.
pub fn build_vocab(text: &str) -> Vec<char> {
    let distinct: BTreeSet<char> = text.chars().collect();
    distinct.into_iter().collect()
}

/// The place of each character in the vocabulary.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    text.chars().map(|c| vocab.binary_search(&c).ok()).collect()
}

/// How often each symbol follows each.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut counts = Array2::zeros((v, v));
    for pair in ids.windows(2) {
        counts[[pair[0], pair[1]]] += 1;
    }
    counts
}

/// Each count over the total.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let total = counts.sum().max(1) as f64;
    counts.mapv(|n| n as f64 / total)
}
