//! # What a model costs, before it exists
//!
//! ## Understand
//! Before a model is trained for a day, somebody has to say what it will cost: bytes, operations,
//! seconds. All three follow from four sizes, V symbols, D numbers a symbol, contexts of C
//! symbols, H hidden units, and the batch of B contexts. For the network of this stage,
//!
//! F1, F2  r = the vectors of each context, side by side   `[B, C·D]`   from e `[V, D]`
//! F3      h = tanh(r W1 + b1)                             `[B, H]`     W1 `[C·D, H]`, b1 `[H]`
//! F4      z = h W2 + b2                                   `[B, V]`     W2 `[H, V]`, b2 `[V]`
//!
//! wanted are the numbers it holds, the operations of a step forwards, those of a step of
//! training (forwards, then the gradients of all five arrays), and beside them the bytes of a table
//! with a number for each symbol after each context. *Operations* are the additions and
//! multiplications in products of matrices, and nothing else.
//!
//! By hand: V = 5, D = 2, C = 3, H = 4 has 10 + 24 + 4 + 20 + 5 = 63 weights. A context takes
//! 88 operations forwards, and 264 in training. A table for contexts of 3 symbols out of 5 has
//! 625 numbers of 4 bytes. 6·10⁹ operations at 2 gflops (2·10⁹ a second) take 3 seconds.
//!
//! ## Plan
//! How many terms does one element of a product of `[m, k]` and `[k, n]` have, and what does each
//! term cost? Then write the gradient of a product down (stage 3: dX = dY Wᵀ, dW = Xᵀ dY): what
//! does each of the two cost, and which of them are needed here? (Notes, "What it costs"; the rule
//! of 6 operations a weight is Kaplan et al. 2020, §2.1.) The checks build networks of sizes
//! that you have not seen, and count. Before anything runs you are asked for one number, which is
//! sealed: operations of a step of training for each weight. Guess before you write the formulas.
//!
//! ## Carry out
//! Five gaps of a line or two. No arrays. The table needs more than 64 bits soon; up to 65
//! symbols and contexts of 19, 128 are enough.
//!
//! ## Look back
//! What do the formulas leave out, and how much is it (the checks tell)? Double C: what happens
//! to the network, and to the table? Every model of the course gets such a model of its cost.

/// The sizes of a network: V symbols, D numbers a symbol, C symbols of context, H hidden units.
#[derive(Clone, Copy, Debug)]
pub struct Cfg {
    pub v: u64,
    pub d: u64,
    pub ctx: u64,
    pub h: u64,
}

/// How many numbers the network has to learn.
pub fn params(c: &Cfg) -> u64 {
    todo!() // ≈ 1 line
}

/// Operations from `batch` contexts to their logits.
pub fn flops_forward(c: &Cfg, batch: u64) -> u64 {
    todo!() // ≈ 1 line
}

/// Operations of a step of training on `batch` contexts: forwards, and back to all gradients.
pub fn flops_train(c: &Cfg, batch: u64) -> u64 {
    todo!() // ≈ 1 line
}

/// Bytes of a table with one number of 4 bytes for each of `v` symbols after each context of
/// `order` symbols.
pub fn ngram_table_bytes(v: u64, order: u32) -> u128 {
    todo!() // ≈ 1 line
}

/// Seconds for so many operations at `gflops` 10⁹ operations a second.
pub fn predict_seconds(flops: u64, gflops: f64) -> f64 {
    todo!() // ≈ 1 line
}
