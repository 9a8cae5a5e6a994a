//! In two passes: first mark the places where a merge begins, then read what is left.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut all: Vec<((u32, u32), u64)> = Vec::new();
    for (ids, weight) in words {
        for i in 1..ids.len() {
            all.push(((ids[i - 1], ids[i]), *weight));
        }
    }
    all.sort_unstable();
    all.chunk_by(|x, y| x.0 == y.0)
        .map(|same| (same[0].0, same.iter().map(|x| x.1).sum()))
        .collect()
}

pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut begins = vec![false; ids.len() + 1];
    for i in 0..ids.len().saturating_sub(1) {
        let free = i == 0 || !begins[i - 1];
        begins[i] = free && ids[i] == pair.0 && ids[i + 1] == pair.1;
    }
    (0..ids.len())
        .filter(|&i| i == 0 || !begins[i - 1])
        .map(|i| if begins[i] { new } else { ids[i] })
        .collect()
}
