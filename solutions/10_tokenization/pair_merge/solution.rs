//! One step of byte-pair encoding (Gage 1994; Sennrich, Haddow and Birch 2016): count the
//! pairs of neighbours, replace one pair by a new symbol.

use std::collections::HashMap;

/// How often each pair of neighbours occurs, weighted by how often its word does.
pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    let mut counts = HashMap::new();
    for (ids, times) in words {
        for &[left, right] in ids.array_windows() {
            *counts.entry((left, right)).or_default() += times;
        }
    }
    counts
}

/// `ids` with the occurrences of `pair` replaced by `new`, left to right, without overlap.
pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut merged = Vec::with_capacity(ids.len());
    let mut rest = ids;
    loop {
        rest = match rest {
            [] => return merged,
            [left, right, after @ ..] if (*left, *right) == pair => {
                merged.push(new);
                after
            }
            [first, after @ ..] => {
                merged.push(*first);
                after
            }
        };
    }
}

// Look back. Both are one pass: L − 1 entries of the table a word, and L symbols read, at
// most L written. Each merge reads two symbols and writes one, so the word shortens by
// exactly the number of merges. For a ≠ b occurrences cannot overlap and that number is the
// count; a run of n equal symbols counts n − 1 and merges ⌊n/2⌋.
// Alternative: replacing inside one vector by `remove` moves the tail at every merge, O(L²).
// Limitation: after a merge all pairs are counted again, though only those beside the merged
// places have changed; an index of the places of each pair lifts it.
