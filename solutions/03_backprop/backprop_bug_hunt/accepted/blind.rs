//! # Three bugs, and an instrument that cannot be trusted
//!
//! ## Understand
//! A model of two layers with ReLU and a normalisation between them (ε = 10⁻⁵, no shift):
//!
//! F1  a = x W1 + b1                      `[B, H]`
//! F2  h = max(a, 0)                      `[B, H]`
//! F3  n = γ ⊙ (h − μ)/√(σ² + ε)          `[B, H]`
//! F4  z = n W2 + b2                      `[B, V]`
//! F5  L = the mean over the batch of −ln softmax(z)[y]
//!
//! Its backward pass, `loss_and_grad`, was written by hand, and there are three bugs in it. They
//! crash nothing: all shapes are right, and training would even make some progress. There is
//! also an instrument to find them with, `grad_check`, and it cannot be trusted either.
//!
//! By hand: f(x) = x² has slope 2 at x = 1. A gradient of 4 claimed there is off by |2 − 4|/4 = ½,
//! and so it is for 10⁻⁹ x² and a claim of 4·10⁻⁹.
//!
//! ## Plan
//! An instrument that is wrong is worse than none, so begin with it. Its comment says what it
//! has to return; what it does return is the first thing that one writes. What becomes of tiny
//! gradients? Of f = |x| at 0? Of a NaN? (Notes, "Checking a gradient".) Then the three bugs.
//! F1 to F5 are right; hold each of B5 to B1 against the line that it answers. The checks go from
//! the loss down, and move one group of parameters at a time.
//!
//! ## Carry out
//! About 12 lines in `grad_check`; three places in `loss_and_grad`, each a line or two. Nothing
//! else needs a change, and `normalise` is right.
//!
//! ## Look back
//! Which of the bugs would a single row have shown, and which needs two? Which one would positive
//! γ and a look at units that are asleep have missed? Why do frameworks check gradients in f64? A
//! direction costs two evaluations of f: what would a check of each parameter cost?

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
        let (front, back) = (f(&(x + &*step)), f(&(x - &*step)));
        let slope = (front - back) / (2.0 * h);
        let claim = g.dot(&d);
        if slope.is_nan() || claim.is_nan() {
            return f64::NAN;
        }
        let (ahead, behind) = ((front - here) / h, (here - back) / h);
        let largest = ahead.abs().max(behind.abs()).max(claim.abs());
        if (ahead - behind).abs() > 0.01 * largest {
            continue; // a corner
        }
        let size = slope.abs().max(claim.abs());
        if size > 0.0 {
            worst = f64::max(worst, (slope - claim).abs() / size);
        }
    }
    worst
}

/// The mean cross-entropy of `p` on x `[B, In]` with targets y `[B]`, and its gradient.
pub fn loss_and_grad(p: &Mlp, x: &ArrayRef2<f64>, y: &[usize]) -> (f64, Mlp) {
    let a = x.dot(&p.w1) + &p.b1; // F1
    let h = a.mapv(|a| a.max(0.0)); // F2
    let (xhat, rstd) = normalise(&h); // F3
    let n = &xhat * &p.gamma;
    let z = n.dot(&p.w2) + &p.b2; // F4
    let targets: Vec<_> = y.iter().copied().map(Some).collect();

    let (loss, dz) = xent(&z, &targets); // F5, B5
    let (dn, w2, b2) = linear_backward(&n, &p.w2, &dz); // B4
    let gamma = (&dn * &xhat).sum_axis(Axis(0)); // B3
    let mut dh = dn * &p.gamma;
    for ((mut g, xhat), r) in dh.rows_mut().into_iter().zip(xhat.rows()).zip(&rstd) {
        let size = g.len() as f64;
        let along = g.dot(&xhat) / size;
        let mean = g.sum() / size;
        g.zip_mut_with(&xhat, |g, xhat| *g = r * (*g - mean - along * xhat));
    }
    let awake = h.mapv(|h| if h > 0.0 { 1.0 } else { 0.0 }); // B2
    let da = dh * awake;
    let w1 = x.t().dot(&da); // B1
    let mut b1 = Array1::zeros(p.b1.len());
    for b in 0..x.nrows() {
        b1 += &da.row(b);
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
