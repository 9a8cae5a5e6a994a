//! "ab" and "ba" went into one entry. You sorted the two symbols of a pair, as if it were a
//! set. A merge writes the new symbol for the left followed by the right, so the two orders
//! are two pairs with two counts.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, times) in words {
        for two in ids.windows(2) {
            let pair = (two[0].min(two[1]), two[0].max(two[1]));
            *counts.entry(pair).or_insert(0) += times;
        }
    }
    counts
}

pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < ids.len() {
        if i + 1 < ids.len() && (ids[i], ids[i + 1]) == pair {
            out.push(new);
            i += 2;
        } else {
            out.push(ids[i]);
            i += 1;
        }
    }
    out
}
