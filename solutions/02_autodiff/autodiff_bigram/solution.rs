//! A bigram model that is trained: softmax rows, a tape, and gradient descent.

use course::scalar_tape::Tape;
use ndarray::{Array2, ArrayRef2};

/// The mean of −ln P(next | this) over all N pairs, as a node: `w[i·V + j]` is the node of
/// W_ij, counts `[V this, V next]`; P(j | i) is the softmax of row i of W. 0 where N is 0.
pub fn bigram_loss(t: &mut Tape, w: &[u32], counts: &ArrayRef2<u64>) -> u32 {
    let total = counts.sum() as f64;
    let mut loss = t.leaf(0.0);
    for (row, w) in counts.rows().into_iter().zip(w.chunks(counts.ncols())) {
        if row.sum() == 0 {
            continue; // never seen, so it is in none of the N pairs
        }
        let z = shifted(t, w);
        let log_sum = log_sum_exp(t, &z);
        let whole = scaled(t, log_sum, row.sum() as f64 / total);
        loss = t.add(loss, whole);
        for (&z, &count) in z.iter().zip(row).filter(|&(_, &count)| count > 0) {
            let part = scaled(t, z, -(count as f64) / total);
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
        let mut t = Tape::default(); // a new one: the old numbers are of the old W
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

// Look back. A step on V = 58 symbols tapes some 16,000 nodes, half a megabyte, and throws them
// away. What it descends to was known after one pass of counting: ln P(j | i), up to a shift of
// each row. By hand the gradient is (c_i·p_ij − c_ij)/N, 5 operations an element and no tape;
// so the exercises on backpropagation begin. What the tape offers is that nobody had to derive
// it: put a layer in between, and counting ends, but these two functions go on.
