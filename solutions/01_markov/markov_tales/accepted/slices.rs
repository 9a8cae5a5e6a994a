//! Without a model: tables whose keys are pieces of the text itself, and the mix built level by
//! level for all scored places at once.

use course::ngram_interpolation::{NGram, prob};
use course::temperature_sampling::{sample, temper};
use ndarray::Array1;
use std::collections::{HashMap, HashSet};

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
    let Some(&longest) = orders.iter().max() else {
        return Vec::new();
    };
    let mut laws = vec![1.0 / v as f64; val.len() - longest];
    let (mut levels, mut bytes) = (Vec::new(), 0);
    for order in 0..=longest {
        let mut times: HashMap<&[usize], f64> = HashMap::new();
        for start in 0..train.len() - order {
            *times.entry(&train[start..=start + order]).or_default() += 1.0;
        }
        let mut followed: HashMap<&[usize], f64> = HashMap::new();
        for (gram, n) in &times {
            *followed.entry(&gram[..order]).or_default() += n;
        }
        let ask = |table: &HashMap<&[usize], f64>, piece: &[usize]| {
            table.get(piece).copied().unwrap_or(0.0)
        };
        for (law, at) in laws.iter_mut().zip(longest..) {
            let gram = &val[at - order..=at];
            let all = ask(&followed, &gram[..order]);
            *law = (ask(&times, gram) + alpha * *law) / (all + alpha);
        }
        // All places of one n-gram are equally surprising.
        let by_gram = |(gram, n): (&&[usize], &f64)| n * (followed[&gram[..order]] / n).log2();
        let surprise: f64 = times.iter().map(by_gram).sum();
        bytes += 12 * times.len();
        let unseen: f64 = laws.iter().map(|law| -law.log2()).sum();
        levels.push(Row {
            order,
            contexts: followed.keys().collect::<HashSet<_>>().len(),
            ngrams: times.len(),
            bytes,
            train_bits: surprise / (train.len() - order) as f64,
            val_bits: unseen / laws.len() as f64,
        });
    }
    let copy = |&order: &usize| Row { ..levels[order] };
    orders.iter().map(copy).collect()
}

/// One symbol for each of `us`.
pub fn generate(m: &NGram, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let next = |text: &mut Vec<usize>, u: &f64| {
        let mut p = Array1::zeros(m.v);
        for symbol in 0..m.v {
            p[symbol] = prob(m, text, symbol);
        }
        let drawn = sample(&temper(&p, t), *u);
        text.push(drawn);
        Some(drawn)
    };
    us.iter().scan(prompt.to_vec(), next).collect()
}
