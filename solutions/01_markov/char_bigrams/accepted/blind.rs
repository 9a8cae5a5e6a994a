//! # Count pairs, divide, predict
//!
//! ## Understand
//! A language model gives every possible next symbol a probability. The smallest one that
//! looks at anything looks at one symbol: how often did `next` follow `prev`?
//! Four steps lead from a text of n characters to the model:
//! vocabulary `[V]` → numbers `[n]` → counts `[V prev, V next]` → probabilities, same shape.
//!
//! By hand: "aab" has the vocabulary a, b; the numbers 0 0 1; the pairs aa and ab, so the
//! counts [[1, 1], [0, 0]]; the probabilities [[½, ½], [½, ½]]. Nothing was seen after b:
//! such a row is uniform.
//!
//! ## Plan
//! P(next | prev) = count(prev, next) / Σ over x of count(prev, x) makes the observed text as
//! probable as any table can: it is the maximum likelihood estimate, MLE. Notes, "Counting is
//! maximum likelihood"; the model is Markov's (1913) and, for English, Shannon's second
//! approximation (1948, §3). Ask of each step: which axis is which, what happens at both ends
//! of the text, and what if there is nothing to divide by?
//!
//! ## Carry out
//! Four gaps of about 2, 1, 4 and 9 lines. Aim at going over the text once in each function
//! that reads it, with little memory beside the result (a set of its characters is little).
//! `char`s are symbols here, bytes are not: 'é' is one symbol and two bytes.
//! Not here: measuring the model, smoothing its zeros, sampling from it.
//!
//! ## Look back
//! Which rows of the heat map are nearly certain, and why? A context of two symbols would
//! need V³ cells: how many of them would this text fill? And what would a single zero do to
//! the probability of a text that has not been seen? Measuring and smoothing return to it.

use ndarray::{Array2, ArrayRef2};
use std::collections::BTreeSet;

/// Every character of `text` once, ascending by scalar value (as `char`s compare).
pub fn build_vocab(text: &str) -> Vec<char> {
    let set: BTreeSet<char> = text.chars().collect();
    set.into_iter().collect()
}

/// The place in `vocab` (ascending, no duplicates) of each character of `text`, in order.
/// `None` if a character has no place there.
pub fn encode(text: &str, vocab: &[char]) -> Option<Vec<usize>> {
    text.chars().map(|c| vocab.binary_search(&c).ok()).collect()
}

/// How often each symbol follows each: `counts[[prev, next]]`, shape `[V prev, V next]` with
/// V = `v`. `ids` may be empty; each is below `v`.
pub fn bigram_counts(ids: &[usize], v: usize) -> Array2<u64> {
    let mut counts = Array2::zeros((v, v));
    for pair in ids.windows(2) {
        counts[[pair[0], pair[1]]] += 1;
    }
    counts
}

/// The maximum likelihood estimate of P(next | prev), shape `[V prev, V next]` as `counts` (a
/// borrowed 2-D array, owned or view): every row sums to 1, and one without counts is uniform.
pub fn mle_rows(counts: &ArrayRef2<u64>) -> Array2<f64> {
    let v = counts.ncols();
    let mut p = counts.mapv(|n| n as f64);
    for mut row in p.rows_mut() {
        let total = row.sum();
        if total > 0.0 {
            row /= total;
        } else {
            row.fill(1.0 / v as f64);
        }
    }
    p
}
