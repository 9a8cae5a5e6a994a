//! # What memory is worth: a model that writes tales
//!
//! ## Understand
//! Put the parts of this stage together. `sweep` measures the interpolated model for several
//! lengths of context (*orders*): what each must store, how surprised its counts are by the
//! text they were made of, and how surprised the model is by a text that it has not seen.
//! `generate` writes: it takes the law after all that was written so far, tempers it, draws one
//! symbol, and goes on from there.
//!
//! By hand: `train` = 0 1 0 0 1 0, V = 2, α = 2, order 1. Two contexts; the n-grams 01, 10, 00,
//! and below them 0 and 1: 5 entries of 12 bytes. The counts are surprised by
//! (log₂ 3 + 2 log₂ 3/2 + 0 + 0)/5 = 0.55 bits. On `val` = 1 0 1, whose first symbol is context
//! only, the model gives 13/16 and 11/20, 0.58 bits on average.
//!
//! ## Plan
//! Comparing orders is fair only if all are scored on the *same* symbols of `val`: those with
//! max(orders) symbols before them in `val`. Only `train` is counted. Which trained model holds
//! those of all other orders? Before you run: on which text must the bits fall with every
//! symbol of context, and on which need they not (notes, "What a text leaves open")?
//! Shannon 1948, §3, wrote such texts with a book in place of a computer.
//!
//! ## Carry out
//! Two gaps of about 25 and 6 lines. Train once; 422,449 symbols are counted at nine levels.
//! From the course: `ngram_interpolation::{train, prob, key}`, `temperature_sampling::{temper,
//! sample}` and `nll_perplexity::bits_per_char`.
//!
//! ## Look back
//! Your best order stands on a ladder beside models of Kneser and Ney. Can you reach 1.55 bits
//! (see the notes' "Discounting")? What is a byte of model worth at order 3, and at 7? Every
//! neural model of the course is measured on this ladder, and has to beat it.

use course::ngram_interpolation::{self, NGram, key, prob};
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
    /// Bits a symbol of the counts alone, unmixed (c(hw)/c(h)), on the text that was counted.
    pub train_bits: f64,
    /// Bits a symbol of the interpolated model on the text held out.
    pub val_bits: f64,
}

/// One row for each of `orders`, in their order; all score the same symbols of `val`, those
/// that have max(orders) symbols before them in it. Both texts are longer than that.
pub fn sweep(train: &[usize], val: &[usize], v: usize, orders: &[usize], alpha: f64) -> Vec<Row> {
    let longest = orders.iter().copied().max().unwrap_or(0);
    let m = ngram_interpolation::train(train, v, longest, alpha);
    let row = |&order: &usize| {
        let (counts, totals) = (&m.counts[order], &m.totals[order]);
        let steps = train.windows(order + 1);
        let n = steps.len();
        let nats: f64 = steps
            .map(|step| {
                let followed = counts[&key(step, v)];
                let total = totals[&key(&step[..order], v)];
                (f64::from(total) / f64::from(followed)).ln()
            })
            .sum();
        let unseen = longest..val.len();
        let val_nats: f64 = unseen
            .clone()
            .map(|at| -prob(&m, &val[at - order..at], val[at]).ln())
            .sum();
        Row {
            order,
            contexts: totals.len(),
            ngrams: counts.len(),
            bytes: 12
                * m.counts[..=order]
                    .iter()
                    .map(|level| level.len())
                    .sum::<usize>(),
            train_bits: bits_per_char(nats / n as f64),
            val_bits: bits_per_char(val_nats / unseen.len() as f64),
        }
    };
    orders.iter().map(row).collect()
}

/// What the model writes after `prompt` at temperature `t`: one symbol for each of `us`,
/// without the prompt.
pub fn generate(m: &NGram, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let mut text = prompt.to_vec();
    for &u in us {
        let p: Array1<f64> = (0..m.v).map(|next| prob(m, &text, next)).collect();
        text.push(sample(&temper(&p, t), u));
    }
    text.split_off(prompt.len())
}
