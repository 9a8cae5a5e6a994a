//! A u above the rounded sum of p drew the last symbol, and that one has probability 0. Keeping the
//! number below V makes the index valid, not the draw. The u belongs to the interval that should
//! have ended at 1: that of the last symbol whose probability is positive.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// q ∝ p^(1/t).
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let largest = p.iter().copied().fold(0.0, f64::max);
    let weight = |p: f64| match p > 0.0 {
        true => (p / largest).powf(1.0 / t),
        false => 0.0,
    };
    let q = p.mapv(weight);
    let sum = q.sum();
    q / sum
}

/// How many intervals end at or before `u`, at most V − 1.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let mut end = 0.0;
    let passed = p.iter().take_while(|&p| {
        end += p;
        end <= u
    });
    passed.count().min(p.len() - 1)
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
