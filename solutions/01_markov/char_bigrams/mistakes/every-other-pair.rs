//! Half of the transitions are missing. The text was cut into pieces of two, so that no piece
//! spans a cut. Every symbol but the last begins a pair and every one but the first ends one:
//! let the pairs overlap.

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
    for pair in ids.chunks_exact(2) {
        counts[[pair[0], pair[1]]] += 1;
    }
    counts
}

/// Each row over its total; uniform where nothing was seen.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    let mut p = counts.mapv(|n| n as f64);
    for mut row in p.rows_mut() {
        let total = row.sum();
        if total == 0.0 {
            row.fill(1.0 / v as f64);
        } else {
            row /= total;
        }
    }
    p
}
