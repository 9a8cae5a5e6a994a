//! Only every n-th place was looked at. The text was cut into pieces of n symbols, and what spans a
//! cut was lost. An n-gram begins at every symbol that has n − 1 more after it: neighbours overlap.

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
    for gram in ids.chunks_exact(n) {
        *counts.entry(gram.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// The share of places of the test text whose n-gram the training text has not.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let seen: HashSet<&[usize]> = train.windows(n).collect();
    let places = test.windows(n);
    match places.len() {
        0 => 0.0,
        all => places.filter(|gram| !seen.contains(gram)).count() as f64 / all as f64,
    }
}
