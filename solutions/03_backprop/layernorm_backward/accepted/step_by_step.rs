//! One adjoint a line, through μ, σ² and r, with loops over indices.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

pub struct LnCache {
    pub xhat: Array2<f64>,
    pub rstd: Array1<f64>,
}

/// Three passes over each row.
pub fn layernorm(
    x: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    beta: &ArrayRef1<f64>,
    eps: f64,
) -> (Array2<f64>, LnCache) {
    let (rows, d) = x.dim();
    let (mut y, mut xhat) = (Array2::zeros((rows, d)), Array2::zeros((rows, d)));
    let mut rstd = Array1::zeros(rows);
    for b in 0..rows {
        let mean = (0..d).map(|i| x[[b, i]]).sum::<f64>() / d as f64;
        let square = |i: usize| (x[[b, i]] - mean) * (x[[b, i]] - mean);
        let variance = (0..d).map(square).sum::<f64>() / d as f64;
        rstd[b] = (variance + eps).sqrt().recip();
        for i in 0..d {
            xhat[[b, i]] = (x[[b, i]] - mean) * rstd[b];
            y[[b, i]] = gamma[i] * xhat[[b, i]] + beta[i];
        }
    }
    (y, LnCache { xhat, rstd })
}

/// With c = x − μ = x̂/r: x̂ = r c, so dr = Σ ĝ c; r = v^(−½), so dv = −½ r³ dr; v = Σ c²/D, so
/// dc = r ĝ + dv 2c/D; c = x − μ, so dx = dc − mean(dc).
pub fn layernorm_backward(
    dy: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    c: &LnCache,
) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let (rows, d) = dy.dim();
    let mut dx = Array2::zeros((rows, d));
    let (mut dgamma, mut dbeta) = (Array1::zeros(d), Array1::zeros(d));
    for b in 0..rows {
        let r = c.rstd[b];
        let centred = |i: usize| c.xhat[[b, i]] / r;
        let dr: f64 = (0..d).map(|i| dy[[b, i]] * gamma[i] * centred(i)).sum();
        let dv = -0.5 * r * r * r * dr;
        let dc = |i: usize| r * dy[[b, i]] * gamma[i] + dv * 2.0 * centred(i) / d as f64;
        let mean = (0..d).map(dc).sum::<f64>() / d as f64;
        for i in 0..d {
            dx[[b, i]] = dc(i) - mean;
            dgamma[i] += dy[[b, i]] * c.xhat[[b, i]];
            dbeta[i] += dy[[b, i]];
        }
    }
    (dx, dgamma, dbeta)
}
