//! By the formula as it is written, from the longest context down; a table of successors for
//! each context, whatever its length.

use std::collections::HashMap;

/// What followed each context, and how often.
pub struct NGram {
    order: usize,
    v: usize,
    alpha: f64,
    followers: HashMap<Vec<usize>, HashMap<usize, u32>>,
}

/// Counts what followed each context of at most `order` symbols.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let mut followers: HashMap<Vec<usize>, HashMap<usize, u32>> = HashMap::new();
    for (at, &next) in ids.iter().enumerate() {
        for start in at.saturating_sub(order)..=at {
            let context = ids[start..at].to_vec();
            let row = followers.entry(context).or_default();
            *row.entry(next).or_default() += 1;
        }
    }
    NGram {
        order,
        v,
        alpha,
        followers,
    }
}

/// P(next | ctx).
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let start = ctx.len().saturating_sub(m.order);
    let ctx = &ctx[start..];
    let shorter = match ctx {
        [] => 1.0 / m.v as f64,
        [_, newer @ ..] => prob(m, newer, next),
    };
    let (mut seen, mut all) = (0.0, 0.0);
    if let Some(row) = m.followers.get(ctx) {
        seen = row.get(&next).copied().unwrap_or(0).into();
        all = row.values().copied().map(f64::from).sum();
    }
    (seen + m.alpha * shorter) / (all + m.alpha)
}
