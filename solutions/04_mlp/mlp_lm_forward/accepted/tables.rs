//! Each place of the context has a table of what each symbol adds to the hidden units there: the
//! product is made once a symbol, and then looked up.

use ndarray::{Array1, Array2, ArrayRef2, Axis, s};

/// The weights of a language model with one hidden layer.
#[derive(Clone, Debug, PartialEq)]
pub struct MlpLm {
    /// A vector for each symbol, `[V, D]`.
    pub e: Array2<f32>,
    /// From the vectors of a context to the hidden units, `[C·D, H]`.
    pub w1: Array2<f32>,
    /// What each hidden unit adds, `[H]`.
    pub b1: Array1<f32>,
    /// From the hidden units to the logits, `[H, V]`.
    pub w2: Array2<f32>,
    /// What each logit adds, `[V]`.
    pub b2: Array1<f32>,
}

impl MlpLm {
    /// Weights to begin with, from draws of N(0, 1): hidden units that see about N(0, 1), and
    /// logits so small that no symbol is preferred (notes, "The loss at the start").
    pub fn init(v: usize, d: usize, ctx: usize, h: usize, mut normal: impl FnMut() -> f64) -> Self {
        let mut draw = |rows, columns, deviation: f64| {
            Array2::from_shape_simple_fn((rows, columns), || (deviation * normal()) as f32)
        };
        Self {
            e: draw(v, d, 1.0),
            w1: draw(ctx * d, h, ((ctx * d) as f64).sqrt().recip()),
            b1: Array1::zeros(h),
            w2: draw(h, v, 0.1 * (h as f64).sqrt().recip()),
            b2: Array1::zeros(v),
        }
    }
}

pub fn forward(m: &MlpLm, x: &ArrayRef2<usize>) -> Array2<f32> {
    let d = m.e.ncols();
    let mut sums = Array2::zeros((x.nrows(), m.b1.len()));
    for (place, symbols) in x.columns().into_iter().enumerate() {
        let rows = m.w1.slice(s![place * d..(place + 1) * d, ..]);
        let table = m.e.dot(&rows); // [V, H]
        sums += &table.select(Axis(0), &symbols.to_vec());
    }
    sums += &m.b1;
    sums.mapv_inplace(f32::tanh);
    let mut z = sums.dot(&m.w2);
    z.rows_mut().into_iter().for_each(|mut row| row += &m.b2);
    z
}

pub fn unigram_bias(counts: &[u64]) -> Array1<f32> {
    let seen: Vec<f64> = counts
        .iter()
        .map(|&n| if n == 0 { 1.0 } else { n as f64 })
        .collect();
    let ln_total = seen.iter().sum::<f64>().ln();
    Array1::from_iter(seen.iter().map(|n| (n.ln() - ln_total) as f32))
}
