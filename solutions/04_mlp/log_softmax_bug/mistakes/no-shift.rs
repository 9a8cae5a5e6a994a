//! An LSE of ∞ or −∞: the exponentials were summed as they are. In f32 e^z is ∞ from 88.8 on
//! and 0 below −104, although ln would bring the sum back to a harmless size. The same number
//! may be taken off all logits before and added after: choose it so that the largest
//! exponential is 1.

use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// ln Σ_j exp(z_j), between max z and max z + ln V: z `[V]` → one number.
pub fn logsumexp(z: &ArrayRef1<f32>) -> f32 {
    z.iter().map(|z| z.exp()).sum::<f32>().ln()
}

/// ln softmax, row by row: z `[B, V]` → log p `[B, V]`.
pub fn log_softmax(z: &ArrayRef2<f32>) -> Array2<f32> {
    let mut log_p = z.to_owned();
    for mut row in log_p.rows_mut() {
        let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row -= max; // first, while the numbers are exact
        let lse = logsumexp(&row); // now in [0, ln V]
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
