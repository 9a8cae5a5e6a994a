//! The counts by a fold over shifted iterators, the merge by pushing every symbol and taking
//! it back where it completes a pair: a flag says whether the last symbol is a fresh merge.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    words
        .iter()
        .flat_map(|(ids, w)| {
            let pairs = ids.iter().copied().zip(ids.iter().copied().skip(1));
            pairs.map(move |pair| (pair, *w))
        })
        .fold(HashMap::new(), |mut table, (pair, w)| {
            table.entry(pair).and_modify(|n| *n += w).or_insert(w);
            table
        })
}

pub fn merge_pair(ids: &[u32], (left, right): (u32, u32), new: u32) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    let mut fresh = false;
    for &id in ids {
        if !fresh && id == right && out.last() == Some(&left) {
            out.pop();
            out.push(new);
            fresh = true;
        } else {
            out.push(id);
            fresh = false;
        }
    }
    out
}
