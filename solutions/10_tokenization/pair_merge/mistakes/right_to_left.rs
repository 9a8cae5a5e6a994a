//! In a run of three equal symbols the right pair was merged, not the left one. You scanned
//! from the end. Both ways shorten a run equally, but an encoder and its trainer must cut
//! every run in the same place, and the convention of all of them is left to right.

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
    let mut end = ids.len();
    while end > 0 {
        if end > 1 && (ids[end - 2], ids[end - 1]) == pair {
            out.push(new);
            end -= 2;
        } else {
            out.push(ids[end - 1]);
            end -= 1;
        }
    }
    out.reverse();
    out
}
