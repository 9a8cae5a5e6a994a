//! # The bigram model again, by descent
//!
//! ## Understand
//! Counting and dividing gave P(next | this) at once. Here the same model learns: a table of
//! weights W `[V this, V next]`, whose row i, put through softmax, is the law of what follows
//! symbol i. The loss is the mean of −ln P(next | this) over all N pairs of the text: it needs
//! the counts c `[V, V]` only. Your tape finds its slopes, and W goes downhill. By hand: counts
//! [[3, 1], [0, 0]] and W = 0 make every P ½, so the loss is ln 2. The slope along W₀₀ is
//! (4·½ − 3)/4 = −¼, along W₀₁ +¼, and 0 in the row that was never seen.
//! Shapes: W and counts `[V, V]`; the losses `[steps]`.
//!
//! ## Plan
//! For row i with the sum cᵢ the loss has cᵢ·ln Σₖ exp(Wᵢₖ) − Σⱼ cᵢⱼ·Wᵢⱼ in it, all over N: build
//! that from `add`, `mul`, `exp` and `ln`. exp overflows above 709, but softmax does not change
//! when a constant is taken off a row (notes, "A model by descent"; the model is the last layer
//! of Bengio et al. 2003 with nothing before it). Then: tape, sweep, step, and again.
//!
//! ## Carry out
//! Two gaps of about 25 and 12 lines. `Tape` is that of `scalar_tape`: `leaf`, `add`, `mul`,
//! `exp`, `ln` each return the number of a node, `value(node)` is its value, and `grad(node)`
//! the list of all adjoints. A constant is a leaf. Budget: the memory of one step, however many
//! there are. Counts are `u64`; `as f64` before dividing. On the tales, steps of lr = 50 must
//! come within 0.05 nats of counting after 200 of them.
//!
//! ## Look back
//! Each row of W sums to 0 forever: why? How long is the tape of one step, and how long would
//! it be for a million symbols of text instead of a table of counts? What can this code learn
//! that counting cannot?

use course::scalar_tape::Tape;
use ndarray::{Array2, ArrayRef2};

/// The mean of −ln P(next | this) over all N pairs, as a node: `w[i·V + j]` is the node of
/// W_ij, counts `[V this, V next]`; P(j | i) is the softmax of row i of W. 0 where N is 0.
pub fn bigram_loss(t: &mut Tape, w: &[u32], counts: &ArrayRef2<u64>) -> u32 {
    let total: u64 = counts.sum();
    let v = counts.ncols();
    let mut loss = t.leaf(0.0);
    if total == 0 {
        return loss;
    }
    for (row, w) in counts.rows().into_iter().zip(w.chunks(v)) {
        let seen = row.sum();
        if seen == 0 {
            continue;
        }
        // Softmax of W minus a constant is softmax of W.
        let max = w
            .iter()
            .map(|&w| t.value(w))
            .fold(f64::NEG_INFINITY, f64::max);
        let minus_max = t.leaf(-max);
        let shifted: Vec<u32> = w.iter().map(|&w| t.add(w, minus_max)).collect();
        let mut sum = t.leaf(0.0);
        for &z in &shifted {
            let e = t.exp(z);
            sum = t.add(sum, e);
        }
        let log_sum = t.ln(sum);
        let seen = t.leaf(seen as f64);
        let claimed = t.mul(seen, log_sum);
        loss = t.add(loss, claimed);
        for (&z, &count) in shifted.iter().zip(row) {
            if count > 0 {
                let minus_count = t.leaf(-(count as f64));
                let part = t.mul(minus_count, z);
                loss = t.add(loss, part);
            }
        }
    }
    let n = t.leaf(total as f64);
    t.div(loss, n)
}

/// Descends from W = 0 by steps of `lr` times the gradient: counts `[V, V]` → W `[V, V]`, and
/// the loss before each of the steps.
pub fn train(counts: &ArrayRef2<u64>, lr: f64, steps: usize) -> (Array2<f64>, Vec<f64>) {
    let mut w = Array2::zeros(counts.raw_dim());
    let mut losses = Vec::with_capacity(steps);
    for _ in 0..steps {
        let mut t = Tape::default();
        let nodes: Vec<u32> = w.iter().map(|&x| t.leaf(x)).collect();
        let loss = bigram_loss(&mut t, &nodes, counts);
        losses.push(t.value(loss));
        let adjoints = t.grad(loss);
        for (x, &node) in w.iter_mut().zip(&nodes) {
            *x -= lr * adjoints[node as usize];
        }
    }
    (w, losses)
}
