//! The vocabulary stands in the order in which the text meets its characters. Then the same
//! character has another number in every text, and no table can be compared with another. Sort:
//! the order must depend on which characters there are, not on where they stand.

use ndarray::{Array2, ArrayRef2};

/// Every character once, as the text meets them.
pub fn build_vocab(text: &str) -> Vec<char> {
    let mut vocab = Vec::new();
    for c in text.chars() {
        if !vocab.contains(&c) {
            vocab.push(c);
        }
    }
    vocab
}

/// The place of each character in the vocabulary.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    let place = |c: char| vocab.iter().position(|&known| known == c);
    text.chars().map(place).collect()
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
