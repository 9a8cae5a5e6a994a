//! With an early return for N = 0 and for a text without places; the test's windows taken twice.

use std::collections::{HashMap, HashSet};

/// The probability that the next draw is new, after draws that gave `counts` (one count a
/// kind; zeros are kinds that were never drawn): N₁/N, and 1 for N = 0. N may exceed `u32`.
pub fn good_turing(counts: &[u32]) -> f64 {
    let n: u64 = counts.iter().map(|&c| u64::from(c)).sum();
    if n == 0 {
        return 1.0;
    }
    let once = counts.iter().filter(|&&c| c == 1).count();
    once as f64 / n as f64
}

/// How often each n-gram occurs in `ids`; one that never does has no entry. `n` ≥ 1.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    let mut counts = HashMap::new();
    for gram in ids.windows(n) {
        *counts.entry(gram.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// The share of the places of `test` whose n-gram is nowhere in `train`. `n` ≥ 1.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let seen: HashSet<&[usize]> = train.windows(n).collect();
    let places = test.windows(n).len();
    if places == 0 {
        return 0.0;
    }
    let unseen = test.windows(n).filter(|gram| !seen.contains(gram)).count();
    unseen as f64 / places as f64
}
