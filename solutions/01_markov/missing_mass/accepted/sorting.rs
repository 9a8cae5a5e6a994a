//! By sorting instead of hashing, and by index arithmetic.

use std::collections::HashMap;

/// N₁/N, one count after the other.
pub fn good_turing(counts: &[u32]) -> f64 {
    let (mut once, mut n) = (0.0, 0.0);
    for &count in counts {
        n += f64::from(count);
        if count == 1 {
            once += 1.0;
        }
    }
    if n > 0.0 { once / n } else { 1.0 }
}

fn sorted(ids: &[usize], n: usize) -> Vec<&[usize]> {
    let places = (ids.len() + 1).saturating_sub(n);
    let mut grams: Vec<&[usize]> = (0..places).map(|i| &ids[i..i + n]).collect();
    grams.sort_unstable();
    grams
}

/// The lengths of the runs of equal n-grams.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    let grams = sorted(ids, n);
    let runs = grams.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0].to_vec(), run.len() as u32))
        .collect()
}

/// Every place of the test text, looked up by a binary search.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    let (seen, asked) = (sorted(train, n), sorted(test, n));
    if asked.is_empty() {
        return 0.0;
    }
    let mut new = 0;
    for gram in &asked {
        if seen.binary_search(gram).is_err() {
            new += 1;
        }
    }
    f64::from(new) / asked.len() as f64
}
