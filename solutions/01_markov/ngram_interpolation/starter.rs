//! # A longer memory, mixed from shorter ones
//!
//! ## Understand
//! One symbol of context is little; many are too much: most long contexts were never seen, and
//! those that were have few counts. So believe each context as far as it has counts, and ask
//! the next shorter one, without the *oldest* symbol, for the rest; at last, the uniform law:
//!
//!   pₖ(w | h) = (c(hw) + α pₖ₋₁(w | h′)) / (c(h) + α),   p₋₁ = 1/V,
//!
//! where h has k symbols, h′ is h without its oldest, c(hw) is how often w followed h, and
//! c(h) how often *anything* followed h. α > 0 is how many counts the shorter one is worth.
//!
//! By hand: the text 0 1 0 0 1 0, V = 2, α = 2. Without context p₀(0) = (4 + 2·½)/(6 + 2) = ⅝.
//! After 0 came 1, 0, 1 (the last 0 has no successor): p₁(0 | 0) = (1 + 2·⅝)/(3 + 2) = 9/20.
//!
//! ## Plan
//! MacKay and Peto 1995, eq. 26; notes, "A longer memory". Prove Σ_w pₖ(w | h) = 1, one level
//! after the other. What is pₖ if h was never followed by anything? Where does c(h) differ from
//! how often h occurs? Which level has to be computed first?
//!
//! ## Carry out
//! Three gaps of about 1, 9 and 8 lines. Tables are hashed, as V^(k+1) cells would not fit; the
//! key of k symbols is one number, so nothing is allocated to look one up. `u128` is wide
//! enough if V^(order+1) < 2¹²⁸: keys of 21 symbols of the tales, so order 20. `prob` may cost 2
//! look-ups per level.
//! Not here: choosing α (by text that was not counted), and discounting (Kneser and Ney).
//!
//! ## Look back
//! What is λ, the weight of a context's own counts? Compare with add-k. One trained model
//! holds those of all lower orders: how would you ask it? An *n-gram table* is what every
//! neural model of this course must beat: per bit, and per byte.

use std::collections::HashMap;

/// How often each context of 0 to `order` symbols was followed, and by what.
pub struct NGram {
    pub order: usize,
    pub v: usize,
    pub alpha: f64,
    /// `counts[k]`: how often each context of k symbols and the symbol after it, by their key.
    pub counts: Vec<HashMap<u128, u32>>,
    /// `totals[k]`: how often each context of k symbols was followed by anything.
    pub totals: Vec<HashMap<u128, u32>>,
}

/// One number for `symbols`, each below `v`, that no others of the same length share: its digits
/// in base `v`. Which symbol is the lowest digit is yours to choose.
pub fn key(symbols: &[usize], v: usize) -> u128 {
    todo!() // ≈ 1 line
}

/// Counts what followed each context of 0 to `order` symbols in `ids` `[n]`, each below `v`.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    todo!() // ≈ 9 lines
}

/// P(next | ctx), by the last `order` symbols of `ctx`, or all of them if there are fewer.
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    todo!() // ≈ 8 lines
}
