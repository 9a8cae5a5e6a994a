//! The model from the course's parts, and the instrument with iterators.

use course::layernorm_backward::{layernorm, layernorm_backward};
use course::linear_backward::linear_backward;
use course::softmax_xent_grad::xent;
use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2};

#[derive(Clone, Debug)]
pub struct Mlp {
    pub w1: Array2<f64>,
    pub b1: Array1<f64>,
    pub gamma: Array1<f64>,
    pub w2: Array2<f64>,
    pub b2: Array1<f64>,
}

fn error(ahead: f64, behind: f64, claim: f64) -> f64 {
    let slope = 0.5 * (ahead + behind);
    let size = slope.abs().max(claim.abs());
    if slope.is_nan() || claim.is_nan() {
        f64::NAN
    } else if size == 0.0 || (ahead - behind).abs() > 0.01 * size.max(ahead.abs()) {
        0.0
    } else {
        (slope - claim).abs() / size
    }
}

/// The worst of all errors; a NaN is worse than any number.
pub fn grad_check(
    f: impl Fn(&ArrayRef1<f64>) -> f64,
    g: &ArrayRef1<f64>,
    x: &ArrayRef1<f64>,
    dirs: &ArrayRef2<f64>,
) -> f64 {
    let h = 1e-5 * x.iter().map(|x| x.abs()).fold(1.0, f64::max);
    let at = |d: &ArrayRef1<f64>, t: f64| {
        let mut moved = x.to_owned();
        moved.scaled_add(t, d);
        f(&moved)
    };
    let errors = dirs.rows().into_iter().map(|d| {
        let (left, here, right) = (at(&d, -h), at(&d, 0.0), at(&d, h));
        error((right - here) / h, (here - left) / h, g.dot(&d))
    });
    errors.fold(
        0.0,
        |worst, e| if worst >= e { worst } else { e + 0.0 * worst },
    )
}

pub fn loss_and_grad(p: &Mlp, x: &ArrayRef2<f64>, y: &[usize]) -> (f64, Mlp) {
    let a = x.dot(&p.w1) + &p.b1;
    let h = a.mapv(|a| f64::max(a, 0.0));
    let (n, cache) = layernorm(&h, &p.gamma, &Array1::zeros(p.gamma.len()), 1e-5);
    let z = n.dot(&p.w2) + &p.b2;
    let (loss, dz) = xent(&z, &y.iter().map(|&y| Some(y)).collect::<Vec<_>>());
    let (dn, w2, b2) = linear_backward(&n, &p.w2, &dz);
    let (mut da, gamma, _) = layernorm_backward(&dn, &p.gamma, &cache);
    da.zip_mut_with(&a, |da, &a| {
        if a <= 0.0 {
            *da = 0.0;
        }
    });
    let (_, w1, b1) = linear_backward(x, &p.w1, &da);
    let g = Mlp {
        w1,
        b1,
        gamma,
        w2,
        b2,
    };
    (loss, g)
}
