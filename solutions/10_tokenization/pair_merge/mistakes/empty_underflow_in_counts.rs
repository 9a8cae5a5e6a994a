//! Counting panics at an empty word. Its length less one is not −1: lengths are unsigned, and
//! 0 − 1 overflows. Begin at the second symbol and look back, subtract with saturation, or let an
//! iterator over neighbours find that there are none.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, times) in words {
        for i in 0..ids.len() - 1 {
            *counts.entry((ids[i], ids[i + 1])).or_insert(0) += times;
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
