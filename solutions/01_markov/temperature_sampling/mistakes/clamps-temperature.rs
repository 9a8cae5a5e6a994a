//! At T = 0 a symbol that is a little less likely than another kept its share, as it does at a
//! small temperature above 0. However small that is, there are differences which it does not
//! see. The limit T → 0 leaves nothing to any symbol but the likeliest, however close the second
//! is.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// q ∝ p^(1/t), t kept away from 0.
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let t = t.max(1e-6);
    let largest = p.iter().copied().fold(0.0, f64::max);
    let q = p.mapv(|p| match p > 0.0 {
        true => ((p / largest).ln() / t).exp(),
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
