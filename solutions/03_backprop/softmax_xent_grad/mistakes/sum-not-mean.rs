//! With one row all is right; with two, loss and gradient are twice as large as they should be.
//! They are sums where a mean is wanted, and a learning rate would have to change with the
//! batch. Divide both by how many rows count.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
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
    (loss, dz)
}
