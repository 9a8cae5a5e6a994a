//! By loops, the maximum and the sum of a row in one pass; the targets by a running mean.

use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// The largest element of a row, and Σ exp(z − largest).
fn max_and_sum(z: &ArrayRef1<f32>) -> (f32, f32) {
    let (mut max, mut sum) = (f32::NEG_INFINITY, 0.0);
    for &x in z {
        if x > max {
            sum = sum * (max - x).exp() + 1.0;
            max = x;
        } else if x > f32::NEG_INFINITY {
            sum += (x - max).exp();
        }
    }
    (max, sum)
}

/// ln Σ exp(z).
pub fn logsumexp(z: &ArrayRef1<f32>) -> f32 {
    let (max, sum) = max_and_sum(z);
    if max == f32::NEG_INFINITY {
        max
    } else {
        max + sum.ln()
    }
}

/// ln softmax of each row.
pub fn log_softmax(z: &ArrayRef2<f32>) -> Array2<f32> {
    let mut out = Array2::zeros(z.dim());
    for b in 0..z.nrows() {
        let (max, sum) = max_and_sum(&z.row(b));
        let ln_sum = sum.ln();
        for v in 0..z.ncols() {
            out[[b, v]] = (z[[b, v]] - max) - ln_sum;
        }
    }
    out
}

/// The mean of −log p at the targets.
pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let mut mean = 0.0;
    for (b, &target) in y.iter().enumerate() {
        let row = z.row(b);
        let (max, sum) = max_and_sum(&row);
        let surprise = sum.ln() - (row[target] - max);
        mean += (surprise - mean) / (b + 1) as f32;
    }
    mean
}
