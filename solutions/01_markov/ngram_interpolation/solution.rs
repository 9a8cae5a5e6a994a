//! The law after a context, mixed from the counts of ever longer contexts.

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

/// The symbols as digits of one number; the newest is the last.
pub fn key(symbols: &[usize], v: usize) -> u128 {
    symbols
        .iter()
        .fold(0, |key, &id| key * v as u128 + id as u128)
}

/// Counts what followed each context of 0 to `order` symbols in `ids` `[n]`.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let tables = || vec![HashMap::new(); order + 1];
    let (mut counts, mut totals) = (tables(), tables());
    for k in 0..=order {
        for gram in ids.windows(k + 1) {
            *counts[k].entry(key(gram, v)).or_insert(0) += 1;
            *totals[k].entry(key(&gram[..k], v)).or_insert(0) += 1;
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

/// P(next | ctx), by the last `order` symbols of `ctx`, or all if there are fewer.
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let times = |table: &HashMap<u128, u32>, key| f64::from(*table.get(&key).unwrap_or(&0));
    let longest = ctx.len().min(m.order);
    (0..=longest).fold(1.0 / m.v as f64, |shorter, k| {
        let h = key(&ctx[ctx.len() - k..], m.v); // the newest k
        let seen = times(&m.counts[k], h * m.v as u128 + next as u128);
        (seen + m.alpha * shorter) / (times(&m.totals[k], h) + m.alpha)
    })
}

// Look back: two look-ups, a product and a division a level. The recursion ran upwards, as what
// the longest context says is needed last. Keys are made anew for each level, k(k + 1)/2 digits
// in all; as the newest symbol is the last digit, a shorter context's key is this one modulo
// V^k, if that ever matters. A pair of a key and a count takes 32 bytes, 12 of them padding. α
// is one number for all contexts: Kneser and Ney take a fixed part off each *count* instead, and
// ask a shorter context in how many places a symbol stood, not how often.
