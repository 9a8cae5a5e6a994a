//! How much of what comes will be new, foretold from what was seen once.

use std::collections::{HashMap, HashSet};

/// The probability that the next draw is new, after draws that gave `counts`.
pub fn good_turing(counts: &[u32]) -> f64 {
    let once = counts.iter().filter(|&&count| count == 1).count();
    match counts.iter().map(|&count| u64::from(count)).sum::<u64>() {
        0 => 1.0,
        n => once as f64 / n as f64,
    }
}

/// How often each n-gram occurs in `ids`.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    let mut counts = HashMap::new();
    for gram in ids.windows(n) {
        *counts.entry(gram.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// The share of the places of `test` whose n-gram is nowhere in `train`.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let seen: HashSet<&[usize]> = train.windows(n).collect(); // borrowed: no copy of a text
    let places = test.windows(n);
    match places.len() {
        0 => 0.0,
        all => places.filter(|gram| !seen.contains(gram)).count() as f64 / all as f64,
    }
}

// Look back: n symbols are hashed and compared a place, O(n · (m train + m test)). The counts
// copy each distinct n-gram: 8n bytes beside a vector's 24, so that for long n they outgrow the
// text. The set borrows: 16 bytes an n-gram. Rolling hashes or a suffix array would make the
// cost independent of n.
