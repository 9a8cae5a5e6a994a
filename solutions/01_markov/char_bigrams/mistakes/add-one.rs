//! Every pair counts once more than it was seen, so that no probability is 0. That is add-one
//! smoothing (Laplace), wise for texts that were not seen; but this table shall make the seen
//! text as probable as any table can, and what the unseen pairs get is taken from the seen
//! ones. Divide the counts as they are; only a row without any needs a rule of its own.

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

/// Each row over its total, every count raised by one.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let mut p = counts.mapv(|n| n as f64 + 1.0);
    for mut row in p.rows_mut() {
        let total = row.sum();
        row /= total;
    }
    p
}
