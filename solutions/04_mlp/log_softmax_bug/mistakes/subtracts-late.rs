//! Two logits of a million, and log p = −0.75 instead of −ln 2: LSE was rounded to a multiple
//! of ⅛, for at 2²⁰ no f32 lies between. Then z − LSE is a small difference of large numbers.
//! Take the row's maximum off first: that is exact for logits near it, and all that follows
//! is small.

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
    for mut row in log_p.rows_mut() {
        let lse = logsumexp(&row);
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
