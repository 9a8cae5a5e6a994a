//! 'é' became two symbols. Bytes were taken for characters: UTF-8 writes every character beyond
//! ASCII as two to four bytes, none of which means anything alone. Ask the text for its
//! characters, in the vocabulary and in the encoding alike.

use ndarray::{Array2, ArrayRef2};
use std::collections::BTreeSet;

/// Every byte once, ascending.
pub fn build_vocab(text: &str) -> Vec<char> {
    let distinct: BTreeSet<u8> = text.bytes().collect();
    distinct.into_iter().map(char::from).collect()
}

/// The place of each byte in the vocabulary.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    let places = text
        .bytes()
        .map(|b| vocab.binary_search(&char::from(b)).ok());
    places.collect()
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
