//! Cooling flattened the law and heating sharpened it: T works upside down. −ln p is an energy,
//! and what counts is energy *over* temperature, p^(1/T): a low temperature makes a difference
//! weigh more.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// softmax of t·ln p.
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let largest = p.iter().copied().fold(0.0, f64::max);
    let q = p.mapv(|p| match p > 0.0 {
        true if t.is_infinite() => f64::from(p == largest),
        true => (t * (p / largest).ln()).exp(),
        false => 0.0,
    });
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
