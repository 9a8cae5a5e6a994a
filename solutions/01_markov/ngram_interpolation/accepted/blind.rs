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
//! enough if V^(order+1) < 2¹²⁸: 21 symbols of the tales. `prob` may cost 2 look-ups a level.
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

/// One number for `symbols`, each below `v`, that no others of the same length share.
pub fn key(symbols: &[usize], v: usize) -> u128 {
    symbols
        .iter()
        .fold(0, |key, &s| key * v as u128 + s as u128)
}

/// Counts what followed each context of 0 to `order` symbols in `ids` `[n]`, each below `v`.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let mut counts = vec![HashMap::new(); order + 1];
    let mut totals = vec![HashMap::new(); order + 1];
    for k in 0..=order {
        for step in ids.windows(k + 1) {
            *counts[k].entry(key(step, v)).or_insert(0) += 1;
            *totals[k].entry(key(&step[..k], v)).or_insert(0) += 1;
        }
    }
    NGram {
        order,
        v,
        alpha,
        counts,
        totals,
    }
}

/// P(next | ctx), by the last `order` symbols of `ctx`, or all of them if there are fewer.
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let ctx = &ctx[ctx.len().saturating_sub(m.order)..];
    let mut p = 1.0 / m.v as f64;
    for k in 0..=ctx.len() {
        let h = key(&ctx[ctx.len() - k..], m.v);
        let hw = h * m.v as u128 + next as u128;
        let count =
            |table: &HashMap<u128, u32>, key| f64::from(table.get(&key).copied().unwrap_or(0));
        p = (count(&m.counts[k], hw) + m.alpha * p) / (count(&m.totals[k], h) + m.alpha);
    }
    p
}
