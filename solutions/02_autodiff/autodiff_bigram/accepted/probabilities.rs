//! By way of the probabilities and their logarithms, pair by pair.

use course::scalar_tape::Tape;
use ndarray::{Array2, ArrayRef2};

/// The mean of −ln P(next | this) over all N pairs, as a node: `w[i·V + j]` is the node of
/// W_ij, counts `[V this, V next]`; P(j | i) is the softmax of row i of W. 0 where N is 0.
pub fn bigram_loss(t: &mut Tape, w: &[u32], counts: &ArrayRef2<u64>) -> u32 {
    let v = counts.ncols();
    let total: u64 = counts.iter().sum();
    let weight = |count: u64| -(count as f64) / total as f64;
    let mut terms = Vec::new();
    for this in 0..v {
        let row = &w[this * v..(this + 1) * v];
        if counts.row(this).iter().all(|&count| count == 0) {
            continue;
        }
        let mut highest = t.value(row[0]);
        for &node in row {
            highest = t.value(node).max(highest);
        }
        let lower = t.leaf(-highest);
        let mut powers = Vec::new();
        for &node in row {
            let low = t.add(node, lower);
            powers.push((low, t.exp(low)));
        }
        let mut sum = powers[0].1;
        for &(_, power) in &powers[1..] {
            sum = t.add(sum, power);
        }
        let log = t.ln(sum);
        let minus = t.leaf(-1.0);
        let minus_log = t.mul(minus, log);
        for (next, &(low, _)) in powers.iter().enumerate() {
            let by = t.leaf(weight(counts[[this, next]]));
            let log_p = t.add(low, minus_log);
            terms.push(t.mul(by, log_p));
        }
    }
    let mut loss = t.leaf(0.0);
    for term in terms {
        loss = t.add(loss, term);
    }
    loss
}

/// Descends from W = 0 by steps of `lr` times the gradient: counts `[V, V]` → W `[V, V]`, and
/// the loss before each of the steps.
pub fn train(counts: &ArrayRef2<u64>, lr: f64, steps: usize) -> (Array2<f64>, Vec<f64>) {
    let mut w = Array2::zeros((counts.nrows(), counts.ncols()));
    let losses = (0..steps).map(|_| {
        let mut t = Tape::default();
        let nodes: Vec<u32> = w.iter().map(|&x| t.leaf(x)).collect();
        let loss = bigram_loss(&mut t, &nodes, counts);
        let slopes = t.grad(loss);
        let gradient = Array2::from_shape_fn(w.raw_dim(), |(i, j)| slopes[i * counts.ncols() + j]);
        w = &w - gradient * lr;
        t.value(loss)
    });
    let losses = losses.collect();
    (w, losses)
}
