//! Where the new symbol is itself part of the pair, whole runs collapse into one symbol.
//! You looked again at what had been written and merged that too. One merge is one pass over
//! the symbols that were there before; what it writes is for the next merge to read.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, times) in words {
        for pair in ids.windows(2) {
            *counts.entry((pair[0], pair[1])).or_insert(0) += times;
        }
    }
    counts
}

pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut ids = ids.to_vec();
    while let Some(at) = ids.windows(2).position(|two| (two[0], two[1]) == pair) {
        ids[at] = new;
        ids.remove(at + 1);
    }
    ids
}
