//! # How surprised is a model?
//!
//! ## Understand
//! A table of P(next | prev) `[V prev, V next]` claims something about every step of a text.
//! One number says how well the claims fit, the *mean surprise* (negative log-likelihood, or
//! cross-entropy): the average of −ln P over the n − 1 steps of a text of n symbols, in nats.
//! In bits it is the length of a code for the text, per step. As a *perplexity* it is the
//! number of equally likely symbols among which the model might as well have guessed.
//! And what a table of counts `[contexts, V next]` leaves open about what comes next is its
//! *conditional entropy*: no model that looks no further back does better on that text.
//!
//! By hand: the text 0 1 1 and the rows [½, ½], [¾, ¼] make two steps, of probabilities ½
//! and ¼: surprises of 1 bit and 2 bits, on average 1.5 bits = 1.5 ln 2 nats; perplexity
//! 2^1.5 = √(2·4) ≈ 2.83, the geometric mean of 2 and 4.
//!
//! ## Plan
//! nats = −1/(n−1) · Σ ln P(x_t | x_{t−1}); bits = nats / ln 2; perplexity = e^nats = 2^bits
//! (Shannon 1948, §6; Jelinek et al. 1977; notes, "The mean surprise"). For counts C with row
//! totals N_a and the grand total N: H = 1/N · Σ_a Σ_b C_ab · ln(N_a / C_ab). Two questions
//! decide the edges: how many steps has a text of one symbol, and what is x ln x near x = 0?
//!
//! ## Carry out
//! Four gaps of about 4, 1, 1 and 7 lines; one pass over the text, no memory that grows with
//! it. `course::char_bigrams::mle_rows` makes rows of counts. A step that the table calls
//! impossible makes the mean infinite; a zero of the table that no step meets does nothing.
//! Not here: mending the zeros.
//!
//! ## Look back
//! Where in a word is the model most surprised (see the picture)? The mean of a text needs
//! n − 1 logarithms: how many if the steps are counted first? On unseen tales the counted
//! table is infinitely surprised: how many steps do it? Every later model reports this number.

use ndarray::ArrayRef2;

/// Mean surprise −ln P(next | prev), in nats, over the n − 1 steps of `ids` `[n]`, each below
/// V; p `[V prev, V next]`. `None` if there is no step, +∞ if a step has probability 0.
pub fn nll_nats(ids: &[usize], p: &ArrayRef2<f64>) -> Option<f64> {
    todo!() // ≈ 4 lines
}

/// How many equally likely symbols would be as surprising, from a mean in nats.
pub fn perplexity(nll_nats: f64) -> f64 {
    todo!() // ≈ 1 line
}

/// The same mean in bits, from nats.
pub fn bits_per_char(nll_nats: f64) -> f64 {
    todo!() // ≈ 1 line
}

/// The entropy of `next` given the context, in nats: counts `[contexts, V next]`; 0 for a
/// table without counts.
pub fn conditional_entropy(counts: &ArrayRef2<u64>) -> f64 {
    todo!() // ≈ 7 lines
}
