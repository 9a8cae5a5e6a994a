//! From the weights: all but the vectors and the biases are in a product.

/// The sizes of a network: V symbols, D numbers a symbol, C symbols of context, H hidden units.
#[derive(Clone, Copy, Debug)]
pub struct Cfg {
    pub v: u64,
    pub d: u64,
    pub ctx: u64,
    pub h: u64,
}

pub fn params(c: &Cfg) -> u64 {
    let hidden = (c.ctx * c.d + 1) * c.h;
    let logits = (c.h + 1) * c.v;
    c.v * c.d + hidden + logits
}

/// Weights that multiply something.
fn multiply(c: &Cfg) -> u64 {
    params(c) - c.v * c.d - c.h - c.v
}

pub fn flops_forward(c: &Cfg, batch: u64) -> u64 {
    let once_a_context = multiply(c);
    let (products, sums) = (once_a_context, once_a_context);
    batch * (products + sums)
}

pub fn flops_train(c: &Cfg, batch: u64) -> u64 {
    batch * multiply(c) * 6
}

pub fn ngram_table_bytes(v: u64, order: u32) -> u128 {
    let contexts = (0..order).fold(1u128, |n, _| n * u128::from(v));
    contexts * u128::from(v * 4)
}

pub fn predict_seconds(flops: u64, gflops: f64) -> f64 {
    let at_one = flops as f64 / 1_000_000_000.0;
    at_one / gflops
}
