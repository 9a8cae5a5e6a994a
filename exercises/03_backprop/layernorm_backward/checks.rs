use kit::prelude::*;
use layernorm_backward::{LnCache, layernorm, layernorm_backward};

pub fn main() {
    checks(&[
        (
            "a normalised row has mean 0 and mean square 1",
            forward_by_hand,
        ),
        ("epsilon stands under the root", epsilon),
        ("a constant row becomes beta", constant_row),
        (
            "what comes back is set right along 1 and along x-hat",
            backward_by_hand,
        ),
        ("gamma weighs before the means are taken", weighed),
        (
            "dx is orthogonal to 1, and to x-hat but for epsilon",
            conserved,
        ),
        (
            "with epsilon 0 the Jacobian projects to D - 2 dimensions",
            projector,
        ),
        (
            "a row ten times as large gets a tenth of the gradient",
            scaled,
        ),
        ("the gradients are the derivatives", derivatives),
        (
            "in one or two dimensions nothing comes through",
            few_dimensions,
        ),
    ])
}

fn observe_forward(c: &mut Check, y: &Array2<f64>, cache: &LnCache) {
    c.observe("y", y, T64);
    c.observe("xhat", &cache.xhat, T64);
    c.observe("rstd", &cache.rstd, T64);
}

type Gradients = (Array2<f64>, Array1<f64>, Array1<f64>);

fn observe_gradients(c: &mut Check, (dx, dgamma, dbeta): &Gradients) {
    c.observe("dx", dx, G64);
    c.observe("dgamma", dgamma, G64);
    c.observe("dbeta", dbeta, G64);
}

fn forward_by_hand(c: &mut Check) {
    // x-hat = [-1 -1 1 1] [1 1 -1 -1], r = ½ and 1/3.
    let x = array![[0.0, 0.0, 4.0, 4.0], [7.0, 7.0, 1.0, 1.0]];
    let (gamma, beta) = (Array1::ones(4), Array1::zeros(4));
    c.given("x", &x);
    c.given("epsilon", &0.0);
    let (y, cache) = layernorm(&x, &gamma, &beta, 0.0);
    observe_forward(c, &y, &cache);
}

fn epsilon(c: &mut Check) {
    // Variance 1 and epsilon 3: r = ½, x-hat = [-½ ½]. Then y = [-½ ½] γ + β = [0 2].
    let x = array![[4.0, 6.0]];
    let (gamma, beta) = (array![2.0, 4.0], array![1.0, 0.0]);
    c.given("x", &x);
    c.given("gamma", &gamma);
    c.given("beta", &beta);
    c.given("epsilon", &3.0);
    let (y, cache) = layernorm(&x, &gamma, &beta, 3.0);
    observe_forward(c, &y, &cache);
}

fn constant_row(c: &mut Check) {
    let x = array![[5.0, 5.0, 5.0]];
    let (gamma, beta) = (array![2.0, 3.0, 4.0], array![1.0, 0.0, -1.0]);
    let eps = 1.0 / 1024.0; // r = 32
    c.given("x", &x);
    c.given("gamma", &gamma);
    c.given("beta", &beta);
    c.given("epsilon", &eps);
    let (y, cache) = layernorm(&x, &gamma, &beta, eps);
    observe_forward(c, &y, &cache);
}

fn backward_by_hand(c: &mut Check) {
    // ĝ = dy, its mean 1, its part along x-hat -1: dx = ½ ([4 0 0 0] - 1 + x-hat) = [1 -1 0 0].
    let cache = LnCache {
        xhat: array![[-1.0, -1.0, 1.0, 1.0]],
        rstd: array![0.5],
    };
    let (gamma, dy) = (Array1::ones(4), array![[4.0, 0.0, 0.0, 0.0]]);
    c.given("xhat", &cache.xhat);
    c.given("rstd", &cache.rstd);
    c.given("gamma", &gamma);
    c.given("dy", &dy);
    observe_gradients(c, &layernorm_backward(&dy, &gamma, &cache));
}

fn weighed(c: &mut Check) {
    // ĝ = [4 0 0 0] [0 0 0 8]: dx = [1 -1 0 0] and 2 ([0 0 0 8] - 2 - 2 [-1 1 -1 1]).
    let cache = LnCache {
        xhat: array![[-1.0, -1.0, 1.0, 1.0], [-1.0, 1.0, -1.0, 1.0]],
        rstd: array![0.5, 2.0],
    };
    let gamma = array![2.0, 1.0, -1.0, 4.0];
    let dy = array![[2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 2.0]];
    c.given("xhat", &cache.xhat);
    c.given("rstd", &cache.rstd);
    c.given("gamma", &gamma);
    c.given("dy", &dy);
    observe_gradients(c, &layernorm_backward(&dy, &gamma, &cache));
}

fn conserved(c: &mut Check) {
    let x = (c.normal((5, 3)) * 2.0).reversed_axes(); // a view: columns are contiguous
    let wide = c.normal((3, 10));
    let dy = wide.slice(s![.., ..;2]); // every second column
    let (gamma, beta, eps) = (c.normal(5), c.normal(5), 0.5);
    c.given("x", &x);
    c.given("dy", &dy);
    c.given("gamma", &gamma);
    c.given("beta", &beta);
    c.given("epsilon", &eps);
    let (_, cache) = layernorm(&x, &gamma, &beta, eps);
    let (dx, ..) = layernorm_backward(&dy, &gamma, &cache);
    c.observe("dx", &dx, G64);
    if dx.dim() != (3, 5) || cache.xhat.dim() != (3, 5) || cache.rstd.dim() != 3 {
        return;
    }
    for b in 0..3 {
        let (dx, xhat, r) = (dx.row(b), cache.xhat.row(b), cache.rstd[b]);
        c.close(dx.sum(), 0.0, G64, &format!("row {b} of dx sums to 0"));
        // x + tx changes x-hat only as far as ε counts beside σ²: r² ε is ε/(σ² + ε).
        let along = (&dy.row(b) * &gamma).dot(&xhat);
        let law = format!("row {b} of dx, along x-hat, is r <x-hat, g> ε/(σ² + ε)");
        c.close(dx.dot(&xhat), r * along * r * r * eps, G64, &law);
    }
}

/// Rows of four numbers that are far from constant on every seed.
fn spread(c: &mut Check, rows: usize) -> Array2<f64> {
    c.normal((rows, 4)) + array![-3.0, -1.0, 1.0, 3.0]
}

fn projector(c: &mut Check) {
    // The same row four times, and one place of dy a row: the rows of dx are those of J.
    let d = 4;
    let row = spread(c, 1).remove_axis(Axis(0));
    let x = Array2::from_shape_fn((d, d), |(_, i)| row[i]);
    let (gamma, beta, dy) = (Array1::ones(d), Array1::zeros(d), Array2::eye(d));
    c.given("row", &row);
    let (_, cache) = layernorm(&x, &gamma, &beta, 0.0);
    let (dx, ..) = layernorm_backward(&dy, &gamma, &cache);
    c.observe("J", &dx, G64);
    if dx.dim() != (d, d) || cache.rstd.len() != d {
        return;
    }
    let p = &dx / cache.rstd[0];
    let off = (p.dot(&p) - &p)
        .iter()
        .fold(0.0, |m: f64, x| m.max(x.abs()));
    c.close(
        off,
        0.0,
        G64,
        "σ J, applied twice, is σ J: the largest difference is 0",
    );
    let rank = p.diag().sum();
    c.close(
        rank,
        d as f64 - 2.0,
        G64,
        "the rank of a projector is its trace: 4 - 2",
    );
    c.tell("rank of the Jacobian of four numbers", rank, "dimensions");
}

fn scaled(c: &mut Check) {
    let x = spread(c, 1);
    let (gamma, beta, dy) = (c.normal(4), c.normal(4), c.normal((1, 4)));
    c.given("x", &x);
    c.given("gamma", &gamma);
    c.given("beta", &beta);
    c.given("dy", &dy);
    let at = |x: &Array2<f64>| {
        let (y, cache) = layernorm(x, &gamma, &beta, 0.0);
        let (dx, ..) = layernorm_backward(&dy, &gamma, &cache);
        (y, dx)
    };
    let (y, dx) = at(&x);
    let (y10, dx10) = at(&(&x * 10.0));
    c.observe("dx of 10x", &dx10, G64);
    if dx.dim() == x.dim() && dx10.dim() == x.dim() && y.dim() == y10.dim() {
        let largest = |a: Array2<f64>| a.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        c.close(
            largest(&y10 - &y),
            0.0,
            G64,
            "10x and x give the same y: the largest difference is 0",
        );
        c.close(
            largest(&dx10 * 10.0 - &dx),
            0.0,
            G64,
            "10 times dx of 10x is dx of x: the largest difference is 0",
        );
    }
}

fn derivatives(c: &mut Check) {
    let x = spread(c, 2);
    let (gamma, beta, dy, eps) = (c.normal(4), c.normal(4), c.normal((2, 4)), 1e-5);
    c.given("x", &x);
    c.given("gamma", &gamma);
    c.given("beta", &beta);
    c.given("dy", &dy);
    c.given("epsilon", &eps);
    let (_, cache) = layernorm(&x, &gamma, &beta, eps);
    let (dx, dgamma, dbeta) = layernorm_backward(&dy, &gamma, &cache);
    if dx.dim() == x.dim() && dgamma.dim() == 4 && dbeta.dim() == 4 {
        let loss = |x: &ArrayRef2<f64>, gamma: &ArrayRef1<f64>, beta: &ArrayRef1<f64>| {
            (layernorm(x, gamma, beta, eps).0 * &dy).sum()
        };
        let (on_x, on_gamma) = (|x: &_| loss(x, &gamma, &beta), |g: &_| loss(&x, g, &beta));
        c.derivative(
            &x,
            &dx,
            &on_x,
            "<dx, d> is how fast <dy, y> changes along d",
        );
        c.derivative(
            &gamma,
            &dgamma,
            &on_gamma,
            "<dγ, d> is how fast <dy, y> changes along d",
        );
        let on_beta = |b: &_| loss(&x, &gamma, b);
        c.derivative(
            &beta,
            &dbeta,
            &on_beta,
            "<dβ, d> is how fast <dy, y> changes along d",
        );
    }
    c.observe("dgamma", &dgamma, G64);
}

fn few_dimensions(c: &mut Check) {
    let cases = [
        // With one number a row, x-hat is 0 and y is β, whatever x is.
        ("one", array![[3.0], [-4.0]], array![2.0], array![5.0], 0.25),
        // With two and no ε, x-hat is ±1: a sign has no slope.
        (
            "two",
            array![[3.0, 1.0]],
            array![2.0, 1.0],
            array![0.0, 0.0],
            0.0,
        ),
        // A constant row has a gradient, and a large one: r is 4 here.
        (
            "constant",
            array![[5.0, 5.0, 5.0]],
            array![1.0, 2.0, 3.0],
            array![0.0, 0.0, 0.0],
            0.0625,
        ),
        (
            "no rows",
            Array2::zeros((0, 2)),
            array![1.0, 2.0],
            array![0.0, 0.0],
            0.0,
        ),
    ];
    for (name, x, gamma, beta, eps) in cases {
        let dy = Array::from_shape_fn(x.raw_dim(), |(b, i)| (1 + b + i) as f64);
        c.given(&format!("x, {name}"), &x);
        c.given(&format!("gamma, {name}"), &gamma);
        c.given(&format!("beta, {name}"), &beta);
        c.given(&format!("dy, {name}"), &dy);
        c.given(&format!("epsilon, {name}"), &eps);
        let (y, cache) = layernorm(&x, &gamma, &beta, eps);
        let (dx, dgamma, _) = layernorm_backward(&dy, &gamma, &cache);
        c.observe(&format!("y, {name}"), &y, T64);
        c.observe(&format!("dx, {name}"), &dx, G64);
        c.observe(&format!("dgamma, {name}"), &dgamma, G64);
    }
}
