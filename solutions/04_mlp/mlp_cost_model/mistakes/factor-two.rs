//! Half of what was counted: a term of a product was taken for one operation. It is two, a
//! multiplication and an addition. Some sources count pairs (multiply-accumulate, MAC) and say
//! so; peak rates of devices are given in single operations.

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
    c.v * c.d + c.ctx * c.d * c.h + c.h + c.h * c.v + c.v
}

/// Operations from `batch` contexts to their logits.
pub fn flops_forward(c: &Cfg, batch: u64) -> u64 {
    batch * (c.ctx * c.d * c.h + c.h * c.v)
}

/// Operations of a step of training on `batch` contexts: forwards, and back to all gradients.
pub fn flops_train(c: &Cfg, batch: u64) -> u64 {
    3 * flops_forward(c, batch)
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
