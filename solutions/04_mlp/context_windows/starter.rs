//! # Cutting a text into questions and answers
//!
//! ## Understand
//! A model that looks at C symbols and predicts the next one learns from examples: a context,
//! and the symbol that followed it. A text of n symbols is full of them, for they overlap. Two
//! numbers fix an example: where it starts, and C, here `ctx`. `windows` cuts out those that
//! begin at `starts` `[B]`: x `[B, C]` and y `[B]`. `n_windows` says how many starts there are
//! (0, 1, 2, …), and `split` puts the end of a text aside before any of it is learned.
//!
//! By hand: in the text 5 6 7 8 with C = 2 there are two windows. Start 0 has the context
//! 5 6 and the answer 7, start 1 has 6 7 and 8. Start 2 has no answer.
//!
//! ## Plan
//! Write down for C = 2 which indices of the text a window at `start` reads, the last one
//! first: it says how many starts there are, and what must panic. What if the text is shorter
//! than the context? And C = 0: a model that looks at nothing (Shannon 1951 calls it F₁)? (Notes,
//! "Windows".)
//!
//! ## Carry out
//! Three gaps of about 1, 4 and 2 lines. Nothing is copied but the B(C + 1) symbols asked for;
//! `split` copies nothing. The first part has ⌊frac·n⌋ symbols, computed in `f64`, the second
//! all others, in their order. A start without an answer must panic, as indexing does, and not
//! make one up. Not here: drawing the starts at random.
//!
//! ## Look back
//! A text of n symbols gives n − C examples: are they independent? Why must the text be split
//! before windows are cut, and not the windows? What would a model learn whose answer is the
//! last symbol of its context, and what would its loss be?

use ndarray::Array2;

/// How many windows a text of `n` symbols has: places with `ctx` symbols before them.
pub fn n_windows(n: usize, ctx: usize) -> usize {
    todo!() // ≈ 1 line
}

/// The windows that begin at `starts`: x `[B, C]`, the symbols of each context from left to
/// right, and y `[B]`, the symbol that follows each. C is `ctx`.
pub fn windows(ids: &[usize], starts: &[usize], ctx: usize) -> (Array2<usize>, Vec<usize>) {
    todo!() // ≈ 4 lines
}

/// The first ⌊frac·n⌋ symbols, and the others. 0 ≤ frac ≤ 1.
pub fn split(ids: &[usize], frac: f64) -> (&[usize], &[usize]) {
    todo!() // ≈ 2 lines
}
