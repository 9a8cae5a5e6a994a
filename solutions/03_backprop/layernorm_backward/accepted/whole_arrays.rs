//! By whole arrays and broadcasting, as one writes it in NumPy.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis};

pub struct LnCache {
    pub xhat: Array2<f64>,
    pub rstd: Array1<f64>,
}

fn row_means(a: &Array2<f64>) -> Array2<f64> {
    (a.sum_axis(Axis(1)) / a.ncols() as f64).insert_axis(Axis(1))
}

/// Mean square less squared mean would cancel; the mean square of what is centred does not.
pub fn layernorm(
    x: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    beta: &ArrayRef1<f64>,
    eps: f64,
) -> (Array2<f64>, LnCache) {
    let x = x.to_owned();
    let centred = &x - &row_means(&x);
    let variance = row_means(&(&centred * &centred));
    let rstd = variance.mapv(|v| (v + eps).powf(-0.5));
    let xhat = centred * &rstd;
    let y = &*xhat * gamma + beta;
    let rstd = rstd.remove_axis(Axis(1));
    (y, LnCache { xhat, rstd })
}

/// r (ĝ − mean(ĝ) − x̂ mean(ĝ x̂)).
pub fn layernorm_backward(
    dy: &ArrayRef2<f64>,
    gamma: &ArrayRef1<f64>,
    c: &LnCache,
) -> (Array2<f64>, Array1<f64>, Array1<f64>) {
    let g = dy * gamma;
    let rstd = c.rstd.view().insert_axis(Axis(1));
    let dx = (&g - &row_means(&g) - &c.xhat * &row_means(&(&g * &c.xhat))) * rstd;
    let dgamma = (dy * &*c.xhat).sum_axis(Axis(0));
    (dx, dgamma, dy.sum_axis(Axis(0)))
}
