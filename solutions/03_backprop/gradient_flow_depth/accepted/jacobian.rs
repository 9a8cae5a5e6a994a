//! With the whole Jacobian, made forwards; small stacks only would pay for it.

use ndarray::{Array2, ArrayRef1, Axis};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    Linear,
    Relu,
}

pub fn predict_ln_growth(act: Act, gain: f64, depth: usize) -> f64 {
    let he = if act == Act::Relu { 2f64.ln() } else { 0.0 };
    (0..depth).map(|_| 2.0 * gain.ln() - he).sum()
}

pub fn predict_ln_std(act: Act, width: usize, depth: usize) -> f64 {
    let square = 2.0 / width as f64;
    let half = if act == Act::Relu {
        3.0 / width as f64
    } else {
        0.0
    };
    f64::sqrt(depth as f64 * (square + half))
}

pub fn measure_ln_growth(
    act: Act,
    w: &[Array2<f64>],
    x: &ArrayRef1<f64>,
    v: &ArrayRef1<f64>,
) -> f64 {
    let mut h = x.to_owned();
    let mut jacobian = Array2::eye(x.len());
    for w in w {
        h = w.dot(&h);
        jacobian = w.dot(&jacobian);
        if act == Act::Relu {
            for (mut row, h) in jacobian.axis_iter_mut(Axis(0)).zip(&mut h) {
                if *h <= 0.0 {
                    row.fill(0.0);
                    *h = 0.0;
                }
            }
        }
    }
    let back = jacobian.t().dot(v);
    back.dot(&back).ln() - v.dot(v).ln()
}
