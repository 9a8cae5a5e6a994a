//! The sum never leaves the logarithms: ln(eᵃ + eᵇ) = max + ln(1 + e^(min − max)), folded over a
//! row, in f64.

use ndarray::{Array2, ArrayRef1, ArrayRef2};

fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

fn lse(z: &ArrayRef1<f32>) -> f64 {
    z.iter()
        .fold(f64::NEG_INFINITY, |sum, &z| add(sum, f64::from(z)))
}

pub fn logsumexp(z: &ArrayRef1<f32>) -> f32 {
    lse(z) as f32
}

pub fn log_softmax(z: &ArrayRef2<f32>) -> Array2<f32> {
    let sums: Vec<f64> = z.rows().into_iter().map(|row| lse(&row)).collect();
    Array2::from_shape_fn(z.dim(), |(b, v)| (f64::from(z[[b, v]]) - sums[b]) as f32)
}

pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let rows = z.rows().into_iter().zip(y);
    let total: f64 = rows.map(|(row, &y)| lse(&row) - f64::from(row[y])).sum();
    (total / y.len() as f64) as f32
}
