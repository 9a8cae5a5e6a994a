//! By whole arrays with `mean_axis`, forwards and backwards, and broadcasting by `insert_axis`.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis};

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
    let mean = x.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1));
    let centered = x - &*mean;
    let var = centered.mapv(|v| v * v).mean_axis(Axis(1)).unwrap();
    let rstd = var.mapv(|v| 1.0 / (v + eps).sqrt());
    let xhat = centered * rstd.view().insert_axis(Axis(1));
    let y = &*xhat * gamma + beta;
    (y, LnCache { xhat, rstd })
}

/// Gradients: dy = ∂L/∂y `[B, D]`, γ `[D]`, cache → (dx `[B, D]`, dγ `[D]`, dβ `[D]`).
pub fn layernorm_backward(
    dy: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    c: &LnCache,
) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let dbeta = dy.sum_axis(Axis(0));
    let dgamma = (dy * &*c.xhat).sum_axis(Axis(0));
    let g = dy * gamma;
    let g_mean = g.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1));
    let g_xhat = (&g * &c.xhat)
        .mean_axis(Axis(1))
        .unwrap()
        .insert_axis(Axis(1));
    let dx = (g - g_mean - &c.xhat * g_xhat) * c.rstd.view().insert_axis(Axis(1));
    (dx, dgamma, dbeta)
}
