//! A row of V counts for each context that came, all lengths in one table; the law of all V
//! symbols is mixed from the bottom up.

use std::collections::HashMap;

/// What followed each context.
pub struct NGram {
    order: usize,
    v: usize,
    alpha: f64,
    rows: HashMap<Vec<usize>, Vec<u32>>,
}

/// Counts what followed each context of at most `order` symbols.
pub fn train(ids: &[usize], v: usize, order: usize, alpha: f64) -> NGram {
    let mut rows: HashMap<Vec<usize>, Vec<u32>> = HashMap::new();
    for length in 0..order + 1 {
        let mut end = length;
        while end < ids.len() {
            let context = &ids[end - length..end];
            if let Some(row) = rows.get_mut(context) {
                row[ids[end]] += 1;
            } else {
                let mut row = vec![0; v];
                row[ids[end]] = 1;
                rows.insert(context.to_vec(), row);
            }
            end += 1;
        }
    }
    NGram {
        order,
        v,
        alpha,
        rows,
    }
}

/// P(next | ctx).
pub fn prob(m: &NGram, ctx: &[usize], next: usize) -> f64 {
    let mut p = 1.0 / m.v as f64;
    let mut start = ctx.len();
    loop {
        let Some(row) = m.rows.get(&ctx[start..]) else {
            return p; // and no longer context has come either
        };
        let all: u32 = row.iter().sum();
        let trust = f64::from(all) / (f64::from(all) + m.alpha);
        p = trust * f64::from(row[next]) / f64::from(all) + (1.0 - trust) * p;
        if start == 0 || ctx.len() - start == m.order {
            return p;
        }
        start -= 1;
    }
}
