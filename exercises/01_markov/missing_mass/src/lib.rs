//! # What will be new: the mass of the unseen
//!
//! ## Understand
//! A table of counts gives probability 0 to whatever it has not met. How often will that
//! happen on the next page? It can be foretold from the training text alone.
//!
//! An *n-gram* is n neighbouring symbols; a text of m symbols has m − n + 1 *places* where
//! one begins (none if m < n). The *unseen rate* of a test text is the share of its places
//! whose n-gram is nowhere in the training text.
//!
//! By hand: "the cat saw the dog", n = 1, has the counts the 2, cat 1, saw 1, dog 1. Three of
//! its N = 5 places hold a word that occurs once, so three words in five will be new: 0.6.
//! On "the dog ran, ran, ran" the unseen rate is 3/5 as well: three places, one new word.
//!
//! ## Plan
//! Take one place out of the training text. Its n-gram is missing from the rest exactly if it
//! occurred once. So N₁/N, with N₁ the number of n-grams that occur once and N = Σ counts, is
//! the unseen rate of a place that was left out: Turing's estimate of the missing mass (Good
//! 1953, the case r = 0 of (r + 1) Nᵣ₊₁/N; notes, "Leave one out"). What makes the next page like
//! a place left out? Where would that fail among tales? Before anything runs you are asked for
//! one number, which is sealed: how many of 1,000 words of a new theme are new. Guess before you
//! read the notes, "What is exchangeable in a text", where it stands.
//!
//! ## Carry out
//! Three gaps of about 4, 5 and 5 lines; one pass over each text, by hashing. With N = 0 the
//! prediction is 1 (all will be new); a test text without places has the rate 0. n is 1 at least.
//! Not here: how the missing mass is shared out among the unseen (smoothing).
//!
//! ## Look back
//! With the same formula and the same tales, shuffled words are as new as foretold, whole
//! tales newer, and a whole theme newer still. What must be left out, to foretell those? And
//! for which n has an unsmoothed model no word to say? Each comparison of a training with a
//! validation loss, in all later stages, rests on the same assumption.

use std::collections::HashMap;

/// The probability that the next draw is new, after draws that gave `counts` (one count a
/// kind; zeros are kinds that were never drawn): N₁/N, and 1 for N = 0. Sum in
/// `u64`: N may be too large for `u32`.
pub fn good_turing(counts: &[u32]) -> f64 {
    todo!() // ≈ 4 lines
}

/// How often each n-gram occurs in `ids`; one that never does has no entry. `n` ≥ 1.
pub fn ngram_counts(ids: &[usize], n: usize) -> HashMap<Vec<usize>, u32> {
    todo!() // ≈ 5 lines
}

/// The share of the places of `test` whose n-gram is nowhere in `train`. `n` ≥ 1.
pub fn unseen_rate(train: &[usize], test: &[usize], n: usize) -> f64 {
    todo!() // ≈ 5 lines
}
