//! The surprises are 0.69 times what they should be: they are nats. A bit is ln 2 nats, so divide
//! by that.

use course::ngram_interpolation::{NGram, key, prob, train as count};
use course::temperature_sampling::{sample, temper};
use ndarray::Array1;

/// One order.
pub struct Row {
    pub order: usize,
    pub contexts: usize,
    pub ngrams: usize,
    pub bytes: usize,
    pub train_bits: f64,
    pub val_bits: f64,
}

/// A row for each order.
pub fn sweep(train: &[usize], val: &[usize], v: usize, orders: &[usize], alpha: f64) -> Vec<Row> {
    let longest = orders.iter().copied().max().unwrap_or(0);
    let mut rows = Vec::new();
    for &order in orders {
        let m = count(train, v, order, alpha);
        let mut train_nats = 0.0;
        for gram in train.windows(order + 1) {
            let seen = f64::from(m.counts[order][&key(gram, v)]);
            let all = f64::from(m.totals[order][&key(&gram[..order], v)]);
            train_nats -= (seen / all).ln();
        }
        let mut val_nats = 0.0;
        for at in longest..val.len() {
            val_nats -= prob(&m, &val[..at], val[at]).ln();
        }
        let stored: usize = m.counts.iter().map(|table| table.len()).sum();
        rows.push(Row {
            order,
            contexts: m.totals[order].len(),
            ngrams: m.counts[order].len(),
            bytes: 12 * stored,
            train_bits: train_nats / (train.len() - order) as f64,
            val_bits: val_nats / (val.len() - longest) as f64,
        });
    }
    rows
}

/// One symbol for each of `us`.
pub fn generate(m: &NGram, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let mut text = prompt.to_vec();
    let mut new = Vec::new();
    for &u in us {
        let p: Array1<f64> = (0..m.v).map(|next| prob(m, &text, next)).collect();
        let next = sample(&temper(&p, t), u);
        text.push(next);
        new.push(next);
    }
    new
}
