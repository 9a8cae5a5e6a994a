//! The longest contexts have no say: with the order n the levels ended at n − 1. Contexts have
//! from 0 to `order` symbols, both included, which makes order + 1 levels.

use std::collections::HashMap;

/// Counts of every context.
pub struct NGram {
    pub order: usize,
    pub v: usize,
    pub alpha: f64,
    pub counts: Vec<HashMap<u128, u32>>,
    pub totals: Vec<HashMap<u128, u32>>,
}

fn key(symbols: &[usize], v: usize) -> u128 {
    let mut key = 0;
    for &id in symbols {
        key = key * v as u128 + id as u128;
    }
    key
}

/// Counts what followed each context.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let mut counts = vec![HashMap::new(); order + 1];
    let mut totals = vec![HashMap::new(); order + 1];
    for k in 0..order {
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

fn times(table: &HashMap<u128, u32>, key: u128) -> f64 {
    table.get(&key).map_or(0.0, |&n| f64::from(n))
}

/// P(next | ctx).
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let longest = ctx.len().min(m.order);
    let ctx = &ctx[ctx.len() - longest..];
    let mut p = 1.0 / m.v as f64;
    for k in 0..=longest {
        let h = key(&ctx[longest - k..], m.v);
        let seen = times(&m.counts[k], h * m.v as u128 + next as u128);
        let all = times(&m.totals[k], h);
        p = (seen + m.alpha * p) / (all + m.alpha);
    }
    p
}
