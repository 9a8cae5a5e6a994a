//! A pair was found that stands in no word: the last symbol of one and the first of the next.
//! You laid the words end to end before counting. A word is a wall; a merge across it could
//! never be applied, since words are encoded one by one.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let text: Vec<(u32, u64)> = words
        .iter()
        .flat_map(|(ids, times)| ids.iter().map(move |&id| (id, *times)))
        .collect();
    let mut counts = HashMap::new();
    for two in text.windows(2) {
        *counts.entry((two[0].0, two[1].0)).or_insert(0) += two[0].1;
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
