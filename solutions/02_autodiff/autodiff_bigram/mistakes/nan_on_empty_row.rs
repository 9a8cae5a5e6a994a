//! NaN where a symbol was never followed by anything: its shares are 0/0. It is in none of the
//! pairs, so it adds nothing to the loss, and its weights stay as they are.

use course::scalar_tape::Tape;
use ndarray::{Array2, ArrayRef2};

/// The mean of −ln P(next | this) over all N pairs, as a node: `w[i·V + j]` is the node of
/// W_ij, counts `[V this, V next]`; P(j | i) is the softmax of row i of W. 0 where N is 0.
pub fn bigram_loss(t: &mut Tape, w: &[u32], counts: &ArrayRef2<u64>) -> u32 {
    let total = counts.sum() as f64;
    let mut loss = t.leaf(0.0);
    for (row, w) in counts.rows().into_iter().zip(w.chunks(counts.ncols())) {
        let seen = row.sum() as f64;
        let z = shifted(t, w);
        let log_sum = log_sum_exp(t, &z);
        let whole = scaled(t, log_sum, seen / total);
        loss = t.add(loss, whole);
        for (&z, &count) in z.iter().zip(row) {
            let part = scaled(t, z, -(count as f64 / seen) * (seen / total));
            loss = t.add(loss, part);
        }
    }
    loss
}

/// Descends from W = 0 by steps of `lr` times the gradient: counts `[V, V]` → W `[V, V]`, and
/// the loss before each of the steps.
pub fn train(counts: &ArrayRef2<u64>, lr: f64, steps: usize) -> (Array2<f64>, Vec<f64>) {
    let mut w = Array2::zeros(counts.raw_dim());
    let mut losses = Vec::with_capacity(steps);
    for _ in 0..steps {
        let mut t = Tape::default();
        let nodes: Vec<u32> = w.iter().map(|&w| t.leaf(w)).collect();
        let loss = bigram_loss(&mut t, &nodes, counts);
        losses.push(t.value(loss));
        let slopes = t.grad(loss);
        for (w, node) in w.iter_mut().zip(nodes) {
            *w -= lr * slopes[node as usize];
        }
    }
    (w, losses)
}

/// z = w − max w, where the maximum is a constant: softmax does not change by a shift.
fn shifted(t: &mut Tape, w: &[u32]) -> Vec<u32> {
    let max = w
        .iter()
        .map(|&w| t.value(w))
        .fold(f64::NEG_INFINITY, f64::max);
    let shift = t.leaf(-max);
    w.iter().map(|&w| t.add(w, shift)).collect()
}

/// ln Σ eᶻ.
fn log_sum_exp(t: &mut Tape, z: &[u32]) -> u32 {
    let mut sum = t.leaf(0.0);
    for &z in z {
        let power = t.exp(z);
        sum = t.add(sum, power);
    }
    t.ln(sum)
}

/// a times a constant.
fn scaled(t: &mut Tape, a: u32, by: f64) -> u32 {
    let by = t.leaf(by);
    t.mul(a, by)
}
