//! At the bottom of x² a claim of 4 passes: the slopes ahead and behind are 10⁻⁵ and −10⁻⁵, and
//! beside one another they look like a corner. Beside the claim they are nothing. Compare their
//! difference with the largest of the three.

use course::linear_backward::linear_backward;
use course::softmax_xent_grad::xent;
use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, Axis};

/// Two layers, with ReLU and a normalisation between them, or the gradient of all that.
#[derive(Clone, Debug)]
pub struct Mlp {
    /// `[In, H]`
    pub w1: Array2<f64>,
    /// `[H]`
    pub b1: Array1<f64>,
    /// The scale of the normalisation, `[H]`; it has no shift.
    pub gamma: Array1<f64>,
    /// `[H, V]`
    pub w2: Array2<f64>,
    /// `[V]`
    pub b2: Array1<f64>,
}

/// The worst error of the gradient `g` of `f` at `x`, over the directions d in the rows of
/// `dirs`: |slope − ⟨g, d⟩| over the larger of |slope| and |⟨g, d⟩|, with the slope by a
/// central difference.
///
/// 0 where both are 0; NaN if either is NaN. Passed over is a direction in which `f` has a
/// corner at `x`: the slopes ahead and behind differ by more than 1 % of the largest of them
/// and ⟨g, d⟩.
pub fn grad_check(
    f: impl Fn(&ArrayRef1<f64>) -> f64,
    g: &ArrayRef1<f64>,
    x: &ArrayRef1<f64>,
    dirs: &ArrayRef2<f64>,
) -> f64 {
    let h = 1e-5 * x.iter().fold(1.0, |most: f64, x| most.max(x.abs()));
    let here = f(x);
    let mut worst = 0.0;
    for d in dirs.rows() {
        let step = &d * h;
        let ahead = (f(&(x + &*step)) - here) / h;
        let behind = (here - f(&(x - &*step))) / h;
        let (slope, claim) = ((ahead + behind) / 2.0, g.dot(&d));
        if slope == claim {
            continue;
        }
        let error = (slope - claim).abs() / slope.abs().max(claim.abs());
        if error.is_nan() {
            return error;
        }
        let largest = ahead.abs().max(behind.abs());
        let corner = (ahead - behind).abs() > 0.01 * largest;
        if !corner {
            worst = error.max(worst);
        }
    }
    worst
}

/// The mean cross-entropy of `p` on x `[B, In]` with targets y `[B]`, and its gradient.
pub fn loss_and_grad(p: &Mlp, x: &ArrayRef2<f64>, y: &[usize]) -> (f64, Mlp) {
    let a = x.dot(&p.w1) + &p.b1;
    let h = a.mapv(|a| a.max(0.0));
    let (xhat, rstd) = normalise(&h);
    let n = &xhat * &p.gamma;
    let z = n.dot(&p.w2) + &p.b2;
    let targets: Vec<_> = y.iter().copied().map(Some).collect();

    let (loss, dz) = xent(&z, &targets);
    let (dn, w2, b2) = linear_backward(&n, &p.w2, &dz);
    let gamma = (&dn * &xhat).sum_axis(Axis(0));
    let mut dh = dn * &p.gamma;
    for ((mut g, xhat), r) in dh.rows_mut().into_iter().zip(xhat.rows()).zip(&rstd) {
        let size = g.len() as f64;
        let (mean, along) = (g.sum() / size, g.dot(&xhat) / size);
        g.zip_mut_with(&xhat, |g, xhat| *g = r * (*g - mean - along * xhat));
    }
    let awake = a.mapv(|a| if a > 0.0 { 1.0 } else { 0.0 });
    let da = dh * awake;
    let w1 = x.t().dot(&da);
    let mut b1 = Array1::zeros(p.b1.len());
    for da in da.rows() {
        b1 += &da;
    }
    let gradient = Mlp {
        w1,
        b1,
        gamma,
        w2,
        b2,
    };
    (loss, gradient)
}

/// Rows with mean 0 and, nearly, mean square 1: h `[B, H]` → (x̂ `[B, H]`, 1/√(σ² + ε) `[B]`).
fn normalise(h: &Array2<f64>) -> (Array2<f64>, Vec<f64>) {
    let (mut xhat, mut rstd) = (h.clone(), Vec::new());
    for mut row in xhat.rows_mut() {
        let size = row.len() as f64;
        let mean = row.sum() / size;
        row -= mean;
        let r = 1.0 / (row.dot(&row) / size + 1e-5).sqrt();
        row *= r;
        rstd.push(r);
    }
    (xhat, rstd)
}
