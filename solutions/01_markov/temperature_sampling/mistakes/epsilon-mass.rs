//! Symbols that cannot occur got some probability: 10⁻¹⁰ at T = 1, and nearly as much as any
//! other when it is hot, as (10⁻¹⁰)^(1/T) tends to 1. A small number added to every probability
//! is a claim about the world. Leave the impossible out of the computation; its weight is 0.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// softmax of ln(p + ε)/t.
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let logs = p.mapv(|p| (p + 1e-10).ln());
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut q = logs.mapv(|log| match log == largest {
        true => 1.0,
        false => ((log - largest) / t).exp(),
    });
    if t.is_infinite() {
        q = p.mapv(|p| f64::from(p > 0.0));
    }
    let sum = q.sum();
    q / sum
}

/// The symbol in whose interval `u` lies.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let (mut end, mut drawn) = (0.0, 0);
    for (symbol, &p) in p.iter().enumerate().filter(|&(_, &p)| p > 0.0) {
        end += p;
        drawn = symbol;
        if u < end {
            break;
        }
    }
    drawn
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
