//! Written from the exercise's text alone, by somebody who had seen no other answer.

use std::collections::HashMap;

/// How often each pair of neighbours occurs, weighted by how often its word does.
///
/// `words`: W words, each its symbols (of length L) and its weight.
pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, weight) in words {
        // windows(2) is empty for words of one symbol or none
        for pair in ids.windows(2) {
            *counts.entry((pair[0], pair[1])).or_insert(0) += weight;
        }
    }
    counts
}

/// `ids` (length L) with the occurrences of `pair` replaced by `new`, left to right and
/// without overlap: a word of length L − (number of merges).
pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut merged = Vec::with_capacity(ids.len());
    let mut i = 0;
    while i < ids.len() {
        if i + 1 < ids.len() && (ids[i], ids[i + 1]) == pair {
            merged.push(new);
            i += 2; // both symbols are used up
        } else {
            merged.push(ids[i]);
            i += 1;
        }
    }
    merged
}
