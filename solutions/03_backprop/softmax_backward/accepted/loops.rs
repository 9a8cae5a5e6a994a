//! By loops over indices, as one writes it in C; the adjoints one line at a time.

use kit::Real;
use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// Three passes over each row: largest, exponentials and their sum, division.
pub fn softmax_rows(z: &ArrayRef2<f64>) -> Array2<f64> {
    let (rows, v) = z.dim();
    let mut s = Array2::zeros((rows, v));
    for b in 0..rows {
        let mut max = f64::NEG_INFINITY;
        for i in 0..v {
            if z[[b, i]] > max {
                max = z[[b, i]];
            }
        }
        let mut sum = 0.0;
        for i in 0..v {
            s[[b, i]] = f64::exp(z[[b, i]] - max);
            sum += s[[b, i]];
        }
        let scale = 1.0 / sum;
        for i in 0..v {
            s[[b, i]] *= scale;
        }
    }
    s
}

/// Off the diagonal −s_i s_j, on it what makes the row sum to 0.
pub fn softmax_jacobian<R: Real>(s: &ArrayRef1<R>) -> Array2<R> {
    let v = s.len();
    let mut j = Array2::zeros((v, v));
    for a in 0..v {
        for b in 0..v {
            if a != b {
                j[[a, b]] = -(s[a] * s[b]);
                j[[a, a]] += s[a] * s[b];
            }
        }
    }
    j
}

/// s ⊙ (g − ⟨s, g⟩).
pub fn softmax_vjp<R: Real>(s: &ArrayRef2<R>, g: &ArrayRef2<R>) -> Array2<R> {
    let (rows, v) = s.dim();
    let mut dz = Array2::zeros((rows, v));
    for b in 0..rows {
        let mut shared = R::of(0.0);
        for i in 0..v {
            shared += s[[b, i]] * g[[b, i]];
        }
        for i in 0..v {
            dz[[b, i]] = (g[[b, i]] - shared) * s[[b, i]];
        }
    }
    dz
}
