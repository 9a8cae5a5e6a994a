//! # Count the pairs, merge one
//!
//! ## Understand
//! A text is a list of words, and a word is a list of symbols: `ids`, of any length L ≥ 0,
//! with the number of times `w` ≥ 1 that the word occurs. Byte-pair encoding (Gage, "A New
//! Algorithm for Data Compression", 1994; for words: Sennrich, Haddow and Birch, "Neural
//! Machine Translation of Rare Words with Subword Units", 2016, algorithm 1) repeats two
//! steps. You write them both:
//!
//! - `pair_counts`: how often does each pair (left, right) of neighbours occur?
//!   count(a, b) = Σ over words of w · #{ i : ids[i] = a and ids[i+1] = b }.
//!   Every position counts, overlapping ones too; (a, b) and (b, a) are two pairs; a pair
//!   never spans two words; a pair that does not occur has no entry.
//! - `merge_pair`: from left to right, each occurrence of the pair becomes the one symbol
//!   `new`. A symbol is used once; what was written is not looked at again.
//!
//! By hand, with a = 1 and b = 2: the word a a a b, occurring twice, counts aa ↦ 4, ab ↦ 2.
//! Merging aa into 9 gives 9 a b: two places for aa, but room for one merge. (The checks
//! name their words so, with c = 3, and list a table of counts as rows left, right, count.)
//!
//! ## Plan
//! How many pairs of neighbours has a word of L symbols? Of one symbol, of none?
//! After a merge, which position is looked at next? After a symbol that was kept?
//! Derivation: the stage's notes, "One merge".
//!
//! ## Carry out
//! Two gaps, about 7 and 10 lines. Aim at one pass, O(L) a word; it is not measured. Not
//! here: which pair to choose, and the loop that learns many merges.
//!
//! ## Look back
//! Why does merging a pair shorten a word by exactly the number of merges, and why can that
//! be less than the pair's count? What would it cost to keep every occurrence of a word as a
//! word of its own?

use std::collections::HashMap;

/// How often each pair of neighbours occurs, weighted by how often its word does.
///
/// `words`: W words, each its symbols (of length L) and its weight.
pub fn pair_counts(words: &[(Vec<u32>, u64)]) -> HashMap<(u32, u32), u64> {
    todo!() // ≈ 7 lines
}

/// `ids` (length L) with the occurrences of `pair` replaced by `new`, left to right and
/// without overlap: a word of length L − (number of merges).
pub fn merge_pair(ids: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    todo!() // ≈ 10 lines
}
