//! How much memory is worth: every order of the model on the same symbols, and what it writes.

use course::ngram_interpolation::{NGram, key, prob, train as count};
use course::nll_perplexity::bits_per_char;
use course::temperature_sampling::{sample, temper};
use ndarray::Array1;

/// What a context of `order` symbols costs and brings.
pub struct Row {
    pub order: usize,
    /// Different contexts of `order` symbols that anything followed.
    pub contexts: usize,
    /// Different sequences of order + 1 symbols.
    pub ngrams: usize,
    /// 12 for each n-gram of every level from 0 to `order`.
    pub bytes: usize,
    /// Bits a symbol of the counts alone, unmixed, on the text that was counted.
    pub train_bits: f64,
    /// Bits a symbol of the interpolated model on the text held out.
    pub val_bits: f64,
}

/// One row for each of `orders`, all scored on the same symbols of `val`.
pub fn sweep(train: &[usize], val: &[usize], v: usize, orders: &[usize], alpha: f64) -> Vec<Row> {
    let longest = orders.iter().copied().max().unwrap_or(0);
    let m = count(train, v, longest, alpha); // holds every lower order
    let scored = longest..val.len();
    let row = |&order: &usize| {
        let surprise = |at: usize| -prob(&m, &val[at - order..at], val[at]).ln();
        let nats: f64 = scored.clone().map(surprise).sum();
        let stored: usize = m.counts[..=order].iter().map(|table| table.len()).sum();
        Row {
            order,
            contexts: m.totals[order].len(),
            ngrams: m.counts[order].len(),
            bytes: 12 * stored,
            train_bits: counted_bits(&m, train, order),
            val_bits: bits_per_char(nats / scored.len() as f64),
        }
    };
    orders.iter().map(row).collect()
}

/// Mean of log₂ c(h)/c(hw) over the text that was counted.
fn counted_bits(m: &NGram, train: &[usize], order: usize) -> f64 {
    let steps = train.windows(order + 1);
    let n = steps.len();
    let nats: f64 = steps
        .map(|gram| {
            let all = m.totals[order][&key(&gram[..order], m.v)];
            (f64::from(all) / f64::from(m.counts[order][&key(gram, m.v)])).ln()
        })
        .sum();
    bits_per_char(nats / n as f64)
}

/// What the model writes after `prompt` at temperature `t`, one symbol for each of `us`.
pub fn generate(m: &NGram, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let mut text = prompt.to_vec();
    for &u in us {
        let p: Array1<f64> = (0..m.v).map(|next| prob(m, &text, next)).collect();
        text.push(sample(&temper(&p, t), u)); // and is context from now on
    }
    text.split_off(prompt.len())
}

// Look back: one training serves all orders, n(order + 1) updates of two tables, as the levels
// of a model are the models of lower orders. A symbol written costs V probabilities, each of
// 2(order + 1) look-ups. With each symbol of context the counted text gets less surprising,
// because more of it is known by heart; the text held out decides what was learned.
