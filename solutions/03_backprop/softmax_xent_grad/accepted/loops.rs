//! By loops over indices; each element of the gradient is 1 − s_y or s, times 1/N.

use ndarray::{Array2, ArrayRef2};

/// The loss of each row is the sum's logarithm, of exponentials relative to the largest.
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    let (rows, v) = z.dim();
    let n = target.iter().filter(|y| y.is_some()).count();
    let mut dz = Array2::zeros((rows, v));
    let mut total = 0.0;
    for b in 0..rows {
        if let Some(y) = target[b] {
            let mut largest = z[[b, 0]];
            for i in 1..v {
                largest = f64::max(largest, z[[b, i]]);
            }
            let mut sum = 0.0;
            for i in 0..v {
                sum += (z[[b, i]] - largest).exp();
            }
            total += largest - z[[b, y]] + sum.ln();
            for i in 0..v {
                let s = (z[[b, i]] - largest).exp() / sum;
                dz[[b, i]] = if i == y { s - 1.0 } else { s } / n as f64;
            }
        }
    }
    (if n == 0 { 0.0 } else { total / n as f64 }, dz)
}
