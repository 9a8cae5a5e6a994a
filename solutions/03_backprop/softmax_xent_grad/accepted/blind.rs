//! Returns early if no row counts; 1/N goes into the division by the sum, and 1/N is taken off at
//! the target.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let counted = target.iter().flatten().count();
    let mut loss = 0.0;
    let mut dz = Array2::zeros(z.raw_dim());
    if counted == 0 {
        return (loss, dz);
    }
    let n = counted as f64;
    for ((row, mut drow), y) in z.rows().into_iter().zip(dz.rows_mut()).zip(target) {
        let Some(y) = *y else { continue };
        let max = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exps = row.mapv(|v| (v - max).exp());
        let sum = exps.sum();
        loss += max - row[y] + sum.ln();
        drow.assign(&(exps / (sum * n)));
        drow[y] -= 1.0 / n;
    }
    (loss / n, dz)
}
