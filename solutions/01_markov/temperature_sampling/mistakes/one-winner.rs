//! Two symbols are equally likely, and at T = 0 only the first of them was left. Each ratio between
//! equals is 1 at every positive temperature, so it is 1 in the limit as well: the coldest law is
//! uniform on *all* likeliest symbols.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// q ∝ p^(1/t); the first of the likeliest at t = 0.
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let mut likeliest = 0;
    for (i, &x) in p.iter().enumerate() {
        if x > p[likeliest] {
            likeliest = i;
        }
    }
    if t == 0.0 {
        return Array1::from_shape_fn(p.len(), |i| f64::from(i == likeliest));
    }
    let q = p.mapv(|x| match x > 0.0 {
        true => (x / p[likeliest]).powf(1.0 / t),
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
