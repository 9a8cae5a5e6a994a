//! Each column sums to 1, not each row: that is P(prev | next), which answers what stood
//! before. Axis 0 runs down a column; summing along it leaves one total for each `next`.
//! Predicting conditions on `prev`: one total a row.

use ndarray::{Array2, ArrayRef2, Axis};
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

/// Each column over its total.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    let counts = counts.mapv(|n| n as f64);
    let mut p = &counts / &counts.sum_axis(Axis(0));
    for mut row in p.rows_mut() {
        if row.sum() == 0.0 {
            row.fill(1.0 / v as f64);
        }
    }
    p
}
