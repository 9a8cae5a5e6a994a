//! From parts: the course's softmax for the gradient, log-softmax for the loss.

use course::softmax_backward::softmax_rows;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

fn log_sum_exp(z: &ArrayRef1<f64>) -> f64 {
    let max = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    max + z.iter().map(|z| (z - max).exp()).sum::<f64>().ln()
}

/// L = mean of log-sum-exp(z) − z_y, dz = (softmax(z) − one-hot) / N.
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let scored: Vec<(usize, usize)> = (0..target.len())
        .filter_map(|b| Some((b, target[b]?)))
        .collect();
    let mut dz = Array2::zeros(z.dim());
    if scored.is_empty() {
        return (0.0, dz);
    }
    let weight = 1.0 / scored.len() as f64;
    let s = softmax_rows(z);
    let mut loss = 0.0;
    for (b, y) in scored {
        loss += weight * (log_sum_exp(&z.row(b)) - z[[b, y]]);
        dz.row_mut(b).assign(&(&s.row(b) * weight));
        dz[[b, y]] -= weight;
    }
    (loss, dz)
}
