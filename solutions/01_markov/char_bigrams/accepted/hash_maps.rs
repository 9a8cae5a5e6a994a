//! By hash maps, sorting, and index arithmetic over the flat table.

use ndarray::{Array2, ArrayRef2};
use std::collections::{HashMap, HashSet};

/// Every character once, ascending.
pub fn build_vocab(text: &str) -> Vec<char> {
    let seen: HashSet<char> = text.chars().collect();
    let mut vocab = Vec::from_iter(seen);
    vocab.sort_unstable();
    vocab
}

/// The place of each character in the vocabulary.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    let mut place = HashMap::new();
    for (i, &c) in vocab.iter().enumerate() {
        place.insert(c, i);
    }
    let mut ids = Vec::with_capacity(text.len());
    for c in text.chars() {
        match place.get(&c) {
            Some(&i) => ids.push(i),
            None => return None,
        }
    }
    Some(ids)
}

/// How often each symbol follows each.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut flat = vec![0; v * v];
    let mut before = None;
    for &id in ids {
        if let Some(prev) = before {
            flat[prev * v + id] += 1;
        }
        before = Some(id);
    }
    Array2::from_shape_vec((v, v), flat).expect("v² cells")
}

/// Each cell over its row's total.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    Array2::from_shape_fn(counts.raw_dim(), |(prev, next)| {
        let total: u64 = (0..v).map(|x| counts[[prev, x]]).sum();
        match total {
            0 => 1.0 / v as f64,
            _ => counts[[prev, next]] as f64 / total as f64,
        }
    })
}
