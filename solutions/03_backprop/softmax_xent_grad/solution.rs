//! Softmax and cross-entropy in one step: the loss from log-sum-exp, its gradient from softmax.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let counted = target.iter().flatten().count().max(1) as f64; // none: 0 / 1, not 0 / 0
    let mut loss = 0.0;
    let mut dz = Array2::zeros(z.raw_dim());
    for ((z, mut dz), &target) in z.rows().into_iter().zip(dz.rows_mut()).zip(target) {
        let Some(y) = target else { continue };
        let max = z.fold(f64::NEG_INFINITY, |max, &z| max.max(z));
        dz.assign(&z.mapv(|z| (z - max).exp()));
        let sum = dz.sum(); // in [1, V]: neither it nor its logarithm can fail
        loss += sum.ln() - (z[y] - max);
        dz /= sum;
        dz[y] -= 1.0;
        dz /= counted;
    }
    (loss / counted, dz)
}

// Look back: V exponentials a row, shared by loss and gradient, and one logarithm. No step
// divides by a probability, which is where the way over softmax and logarithm turns to NaN.
