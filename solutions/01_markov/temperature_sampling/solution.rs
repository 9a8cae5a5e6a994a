//! Temperature makes a law sharper or flatter; one uniform number then draws from it.

use course::char_bigrams::{bigram_counts, build_vocab, encode, mle_rows};
use ndarray::{Array1, ArrayRef1};

/// The law p `[V]` at temperature `t`, 0 ≤ t ≤ ∞: q `[V]` with qᵢ ∝ pᵢ^(1/t).
pub fn temper(p: &ArrayRef1<f64>, t: f64) -> Array1<f64> {
    let largest = p.iter().copied().fold(0.0, f64::max);
    let weight = |p: f64| {
        if p > 0.0 {
            (p / largest).powf(1.0 / t) // the likeliest weigh 1 at every temperature
        } else {
            0.0 // and not 0⁰ = 1
        }
    };
    let q = p.mapv(weight);
    let sum = q.sum(); // from 1 to V: nothing to fear in dividing
    q / sum
}

/// The symbol whose interval, of length p, holds `u`; 0 ≤ u < 1.
pub fn sample(p: &ArrayRef1<f64>, u: f64) -> usize {
    let (mut end, mut drawn) = (0.0, 0);
    for (symbol, &p) in p.iter().enumerate().filter(|&(_, &p)| p > 0.0) {
        end += p;
        drawn = symbol; // the last possible one, if rounding leaves Σp ≤ u
        if u < end {
            break;
        }
    }
    drawn
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

// Look back: V powers and V divisions; a draw makes V additions and comparisons at most, half
// as many on average if the law is uniform. To divide by the largest p is to subtract the
// largest logarithm, as a softmax does: (p/m)^(1/T) = exp((ln p − ln m)/T). No case is needed
// for T = 0 and T = ∞, since 1^∞ = 1 and x^∞ = 0 for x < 1; 0⁰ = 1 is the one trap. Who
// draws often from one law keeps its prefix sums and searches them in log₂ V comparisons.
