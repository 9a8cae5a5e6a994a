//! Row by row: ln Σ exp of the weights as they are, times how often the row was seen, less the
//! counted weights; all over N at the very end.

use course::scalar_tape::Tape;
use ndarray::{Array2, ArrayRef2};

/// The mean of −ln P(next | this) over all N pairs, as a node.
pub fn bigram_loss(t: &mut Tape, w: &[u32], counts: &ArrayRef2<u64>) -> u32 {
    let mut pairs = 0;
    let mut surprise = t.leaf(0.0);
    for (i, row) in counts.outer_iter().enumerate() {
        let followed: u64 = row.sum();
        pairs += followed;
        if followed == 0 {
            continue;
        }
        let own: Vec<u32> = (0..row.len()).map(|j| w[i * row.len() + j]).collect();
        // Each weight as often as it was seen, all of them with a minus.
        for (&node, &count) in own.iter().zip(row.iter()) {
            let times = t.leaf(count as f64);
            let seen = t.mul(times, node);
            surprise = minus(t, surprise, seen);
        }
        let log_sum = log_sum_exp(t, &own);
        let times = t.leaf(followed as f64);
        let expected = t.mul(times, log_sum);
        surprise = t.add(surprise, expected);
    }
    let pairs = t.leaf(pairs.max(1) as f64);
    t.div(surprise, pairs)
}

fn minus(t: &mut Tape, a: u32, b: u32) -> u32 {
    let minus_one = t.leaf(-1.0);
    let negative = t.mul(minus_one, b);
    t.add(a, negative)
}

/// m + ln Σ e^(w − m), where m is the largest w.
fn log_sum_exp(t: &mut Tape, w: &[u32]) -> u32 {
    let largest = w
        .iter()
        .fold(f64::NEG_INFINITY, |m, &node| m.max(t.value(node)));
    let largest = t.leaf(largest);
    let mut sum = None;
    for &node in w {
        let low = minus(t, node, largest);
        let power = t.exp(low);
        sum = Some(sum.map_or(power, |so_far| t.add(so_far, power)));
    }
    let log = t.ln(sum.expect("a row of at least one symbol"));
    t.add(largest, log)
}

/// Descends from W = 0 by steps of `lr` times the gradient.
pub fn train(counts: &ArrayRef2<u64>, lr: f64, steps: usize) -> (Array2<f64>, Vec<f64>) {
    let mut weights = vec![0.0; counts.len()];
    let mut losses = Vec::new();
    while losses.len() < steps {
        let mut t = Tape::default();
        let first = t.leaf(weights.first().copied().unwrap_or_default());
        let rest: Vec<u32> = weights.iter().skip(1).map(|&w| t.leaf(w)).collect();
        let nodes = [vec![first], rest].concat();
        let loss = bigram_loss(&mut t, &nodes, counts);
        losses.push(t.value(loss));
        let slopes = t.grad(loss);
        for (weight, slope) in weights.iter_mut().zip(slopes) {
            *weight += -lr * slope;
        }
    }
    let shaped = Array2::from_shape_vec(counts.raw_dim(), weights);
    (shaped.expect("a weight for each count"), losses)
}
