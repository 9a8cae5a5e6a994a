//! By logarithms and limits spelled out, and by a binary search in the prefix sums.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// softmax(ln p / t), its two limits by name.
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let logs = p.mapv(f64::ln); // −∞ where p = 0
    let largest = logs.fold(f64::NEG_INFINITY, |m, &x| m.max(x));
    let mut q = Array1::zeros(p.len());
    for (q, &log) in q.iter_mut().zip(&logs) {
        *q = if log == f64::NEG_INFINITY {
            0.0
        } else if t == 0.0 {
            if log == largest { 1.0 } else { 0.0 }
        } else {
            f64::exp((log - largest) / t)
        };
    }
    q /= q.sum();
    q
}

/// The first prefix sum above `u`.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let mut ends = p.to_vec();
    for i in 1..ends.len() {
        ends[i] += ends[i - 1];
    }
    let found = ends.partition_point(|&end| end <= u);
    if found < ends.len() {
        return found;
    }
    (0..p.len()).rev().find(|&i| p[i] > 0.0).unwrap_or(0)
}

/// One character for each of `us`, by the bigrams of `text` at temperature `t`.
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
