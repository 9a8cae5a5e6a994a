//! Runs of equal symbols are counted too low: a run of three has two pairs of neighbours, and
//! you found one. You counted how many merges would fit instead of how many pairs there are.
//! The trainers that everybody compares with count every position, and choose by that number.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, times) in words {
        let mut i = 0;
        while i + 1 < ids.len() {
            *counts.entry((ids[i], ids[i + 1])).or_insert(0) += times;
            let in_run = i + 2 < ids.len() && ids[i] == ids[i + 1] && ids[i + 1] == ids[i + 2];
            i += if in_run { 2 } else { 1 };
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
