//! Three equal symbols became two new ones. After a merge you moved on by one symbol, so
//! the right half of the pair served again as the left half of the next. A merge consumes
//! both of its symbols: go on behind them, or expanding the result gives a longer text than
//! there was.

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
    let mut used = false; // whether ids[i] is the right half of a merge
    for i in 0..ids.len() {
        if i + 1 < ids.len() && (ids[i], ids[i + 1]) == pair {
            out.push(new);
            used = true;
        } else {
            if !used {
                out.push(ids[i]);
            }
            used = false;
        }
    }
    out
}
