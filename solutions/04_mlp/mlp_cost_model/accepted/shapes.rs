//! From the shapes of the arrays: each is a row of a list.

/// The sizes of a network: V symbols, D numbers a symbol, C symbols of context, H hidden units.
#[derive(Clone, Copy, Debug)]
pub struct Cfg {
    pub v: u64,
    pub d: u64,
    pub ctx: u64,
    pub h: u64,
}

/// Rows and columns of what takes part in products.
fn matrices(c: &Cfg) -> [(u64, u64); 2] {
    [(c.ctx * c.d, c.h), (c.h, c.v)]
}

pub fn params(c: &Cfg) -> u64 {
    let table = (c.v, c.d);
    let biases = [(1, c.h), (1, c.v)];
    let arrays = matrices(c).into_iter().chain(biases).chain([table]);
    arrays.map(|(rows, columns)| rows * columns).sum()
}

/// A product of `[m, k]` and `[k, n]`.
fn product(m: u64, k: u64, n: u64) -> u64 {
    m * n * (k + k)
}

pub fn flops_forward(c: &Cfg, batch: u64) -> u64 {
    let layers = matrices(c).into_iter();
    layers
        .map(|(inputs, outputs)| product(batch, inputs, outputs))
        .sum()
}

pub fn flops_train(c: &Cfg, batch: u64) -> u64 {
    let mut total = flops_forward(c, batch);
    for (inputs, outputs) in matrices(c) {
        total += product(inputs, batch, outputs); // dW = Xᵀ dY
        total += product(batch, outputs, inputs); // dX = dY Wᵀ
    }
    total
}

pub fn ngram_table_bytes(v: u64, order: u32) -> u128 {
    (0..=order).fold(4, |bytes, _| bytes * u128::from(v))
}

pub fn predict_seconds(flops: u64, gflops: f64) -> f64 {
    flops as f64 * 1e-9 / gflops
}
