//! Keeps the starter's walk past whole intervals, now with ≤, and cuts it off at the last symbol
//! that is possible.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// The law p `[V]` at temperature `t`, 0 ≤ t ≤ ∞: q `[V]` with qᵢ ∝ pᵢ^(1/t).
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let max = p.iter().copied().fold(0.0, f64::max);
    let q = p.mapv(|p| {
        if p > 0.0 {
            (p / max).powf(1.0 / t)
        } else {
            0.0
        }
    });
    let sum = q.sum();
    q / sum
}

/// The symbol, below V, that the law p `[V]` gives for `u`, 0 ≤ u < 1.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let mut end = 0.0; // of the symbol's interval
    let passed = p.iter().take_while(|&p| {
        end += p;
        end <= u
    });
    // Rounding may leave the last end below u: then the last possible symbol.
    let last = p.iter().rposition(|&p| p > 0.0).unwrap_or(0);
    passed.count().min(last)
}

/// One character for each of `us`, by the bigrams of `text` at temperature `t`, after the
/// first character of `text`. `None` if there is none.
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
