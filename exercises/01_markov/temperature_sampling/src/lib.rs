//! # Cold and hot: temperature, and drawing from a law
//!
//! ## Understand
//! A language model ends in a law p `[V]`: a probability for each of V symbols. To write a
//! text one draws from it. Two knobs: a *temperature* T makes the law q `[V]` sharper or
//! flatter first, and a number u, uniform on [0, 1), then chooses the symbol.
//!
//! By hand: p = [½, ¼, ¼] becomes [⅔, ⅙, ⅙] at T = ½, as the odds 2 : 1 : 1 are squared.
//! With u = ½ the first symbol of p is passed already, and symbol 1 is drawn.
//!
//! What should hold:
//! - qᵢ is proportional to pᵢ^(1/T), and q sums to 1, for every T from 0 to ∞, be it 0.001
//!   among 58 symbols. At T = 0 and at T = ∞ it is the limit: uniform on the likeliest
//!   symbols (there may be several), and uniform on the possible ones.
//! - What is impossible stays impossible: pᵢ = 0 gives qᵢ = 0, and no u draws it.
//! - Symbol k is drawn for as many u as its probability says: p₀ + … + pₖ₋₁ ≤ u < p₀ + … + pₖ.
//!   Every u below 1 draws a symbol, even where rounding has left Σp a little below 1.
//!
//! ## Plan
//! The code compiles, and holds where T and u are harmless. Find out where not. Take
//! p = [½, 0, ½], and walk through both functions with T = 0, 1/2000 and ∞, and u = 0 and ½.
//! What is ½²⁰⁰⁰ in `f64`, and what 0⁰? Which end of an interval belongs to it?
//! Notes, "Temperature" and "Drawing with one number"; q is Boltzmann's law with the energies
//! −ln p (Ackley, Hinton and Sejnowski 1985), the drawing is inversion (Devroye 1986, §III.2).
//!
//! ## Carry out
//! About 3 lines change in each of `temper` and `sample`; `babble`, which uses the two and the
//! bigrams of the exercise before, is as it should be. One pass each: V powers, V additions.
//!
//! ## Look back
//! Which bug would no test on p = [0.3, 0.7] find? What do the entropy's slope and the
//! spread of ln p have to do with each other? Softmax will divide logits by T in this way.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// The law p `[V]` at temperature `t`, 0 ≤ t ≤ ∞: q `[V]` with qᵢ ∝ pᵢ^(1/t).
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let q = p.mapv(|p| p.powf(1.0 / t));
    let sum = q.sum();
    q / sum
}

/// The symbol, below V, that the law p `[V]` gives for `u`, 0 ≤ u < 1.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let mut end = 0.0; // of the symbol's interval
    let passed = p.iter().take_while(|&p| {
        end += p;
        end < u
    });
    passed.count()
}

/// One character for each of `us`, by the bigrams of `text` at temperature `t`, after the
/// first character of `text`. `None` if there is none.
pub fn babble(text: &str, t: f64, us: &[f64]) -> Option<String> {
    let vocab = build_vocab(text);
    let ids = encode(text, &vocab)?;
    let p = mle_rows(&bigram_counts(&ids, vocab.len())); // [V prev, V next]
    let mut at = *ids.first()?;
    let symbols = us.iter().map(|&u| {
        at = sample(&temper(&p.row(at), t), u);
        vocab[at]
    });
    Some(symbols.collect())
}
