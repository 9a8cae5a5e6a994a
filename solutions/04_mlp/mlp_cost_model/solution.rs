//! What a network with one hidden layer costs, from its sizes alone.

/// The sizes of a network: V symbols, D numbers a symbol, C symbols of context, H hidden units.
#[derive(Clone, Copy, Debug)]
pub struct Cfg {
    pub v: u64,
    pub d: u64,
    pub ctx: u64,
    pub h: u64,
}

/// The numbers in e `[V, D]`, W1 `[C·D, H]`, b1 `[H]`, W2 `[H, V]` and b2 `[V]`.
pub fn params(c: &Cfg) -> u64 {
    c.v * c.d + c.ctx * c.d * c.h + c.h + c.h * c.v + c.v
}

/// Operations from `batch` contexts to their logits: two for each term of two products.
pub fn flops_forward(c: &Cfg, batch: u64) -> u64 {
    2 * batch * (c.ctx * c.d * c.h + c.h * c.v) // the lookup has none
}

/// Operations of a step of training: for each product forwards, one for dW and one for dX.
pub fn flops_train(c: &Cfg, batch: u64) -> u64 {
    3 * flops_forward(c, batch) // the first layer's dX too: it is what the vectors learn from
}

/// Bytes of a table with one number of 4 bytes for each of `v` symbols after each context of
/// `order` symbols.
pub fn ngram_table_bytes(v: u64, order: u32) -> u128 {
    4 * u128::from(v).pow(order + 1)
}

/// Seconds for so many operations at `gflops` 10⁹ operations a second.
pub fn predict_seconds(flops: u64, gflops: f64) -> f64 {
    flops as f64 / (gflops * 1e9)
}

// Look back: nearly every weight is a factor in one product a context, so a step of training
// costs nearly 6 operations for each weight and context, whatever the network looks like inside.
// The context enters weights and work as a factor, and the table as an exponent.
