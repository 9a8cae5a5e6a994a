//! The test text was asked which of its own n-grams occur once, and the training text was not asked
//! at all. That is a prediction for what comes after the *test*. Measuring is different from
//! predicting: look each n-gram of the test up in the training text.

use std::collections::HashMap;

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

/// The share of places of the test text whose n-gram occurs once there.
pub fn unseen_rate(_train: &[usize], test: &[usize], n: usize) -> f64 {
    let counts = ngram_counts(test, n);
    let once = counts.values().filter(|&&count| count == 1).count();
    match test.windows(n).len() {
        0 => 0.0,
        all => once as f64 / all as f64,
    }
}
