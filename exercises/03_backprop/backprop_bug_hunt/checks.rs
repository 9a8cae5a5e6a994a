use backprop_bug_hunt::{Mlp, grad_check, loss_and_grad};
use kit::prelude::*;

pub fn main() {
    checks(&[
        (
            "twice the slope is off by a half, however small it is",
            relative,
        ),
        ("a gradient is as good as its worst direction", worst),
        ("where nothing changes, no change is right", nothing),
        ("a corner has no slope, a bend has one", corners),
        ("what is not a number is not right", not_a_number),
        (
            "what comes back to the second layer and to gamma is right",
            second_layer,
        ),
        (
            "with all units awake, each row of dw1 sums to zero",
            all_awake,
        ),
        (
            "a unit that is asleep learns nothing, one below the mean does",
            asleep,
        ),
        ("every row of the batch moves the first bias", every_row),
        (
            "your instrument finds nothing wrong with your gradient",
            instrument,
        ),
    ])
}

/// Errors as they are read off an instrument: to a millionth, for a difference quotient has
/// eleven digits at most.
const READ: Tolerance = Tolerance::Close {
    atol: 1e-6,
    rtol: 0.0,
};

fn relative(c: &mut Check) {
    // f = (x0)² + 3 x1 at [1, 2], along [1, 1]: the slope is 5. Right, doubled, none, opposite.
    let x = array![1.0, 2.0];
    let along = array![[1.0, 1.0]];
    c.given("x", &x);
    for (name, scale) in [("", 1.0), (", a billion times smaller", 1e-9)] {
        let f = |x: &ArrayRef1<f64>| scale * (x[0] * x[0] + 3.0 * x[1]);
        let error = |times: f64| grad_check(f, &(array![2.0, 3.0] * scale * times), &x, &along);
        let errors = [error(1.0), error(2.0), error(0.0), error(-1.0)];
        c.observe(&format!("of g, 2g, 0 and -g{name}"), &errors[..], READ);
    }
    // Where x is large, a step that is small beside it drowns in the rounding of f.
    let x = array![1e4, 2.0];
    c.given("x far out", &x);
    let f = |x: &ArrayRef1<f64>| x[0] * x[0] + 3.0 * x[1];
    let errors = [1.0, 2.0].map(|times| grad_check(f, &(array![2e4, 3.0] * times), &x, &along));
    c.observe("of g and 2g, far out", &errors[..], READ);
}

fn worst(c: &mut Check) {
    // f = <a, x> with a = [1 2 4]; one element claimed to be a half too large, so off by a third.
    let a = array![1.0, 2.0, 4.0];
    let x = c.normal(3);
    let f = |x: &ArrayRef1<f64>| a.dot(x);
    c.given("x", &x);
    let errors: Vec<f64> = (0..3)
        .map(|i| {
            let mut claim = a.clone();
            claim[i] *= 1.5;
            grad_check(f, &claim, &x, &Array2::eye(3))
        })
        .collect();
    c.observe("with the first, second, third element wrong", &errors, READ);
    // Two wrong elements hide each other from one direction, and not from another.
    let claim = array![3.0, 0.0, 4.0];
    let along = array![[1.0, 1.0, 0.0], [1.0, -1.0, 0.0]];
    let errors: Vec<f64> = [s![..1, ..], s![..2, ..], s![1.., ..]]
        .map(|which| grad_check(f, &claim, &x, &along.slice(which)))
        .to_vec();
    c.observe("along the first, both, the second", &errors, READ);
}

fn nothing(c: &mut Check) {
    let f = |x: &ArrayRef1<f64>| 2.0 * x[0];
    let x = array![1.0, 1.0];
    let along = array![[0.0, 1.0]]; // f does not change there
    c.given("x", &x);
    let error = |claim: f64| grad_check(f, &array![2.0, claim], &x, &along);
    c.observe(
        "of a claim of 0 and of 5",
        &[error(0.0), error(5.0)][..],
        READ,
    );
    let none = grad_check(f, &array![9.0, 9.0], &x, &Array2::zeros((0, 2)));
    c.observe("along no direction", &none, READ);
}

fn corners(c: &mut Check) {
    // A corner at x0 = 0: along x0 nothing can be said, along x1 the slope is 2.
    let x = array![0.0, 1.0];
    let axes = Array2::eye(2);
    c.given("x", &x);
    let relu = |x: &ArrayRef1<f64>| x[0].max(0.0) + 2.0 * x[1];
    let claims = [[0.0, 2.0], [1.0, 2.0], [1.0, 4.0]];
    let errors = claims.map(|g| grad_check(relu, &array![g[0], g[1]], &x, &axes));
    c.observe("at the corner of a ReLU", &errors[..], READ);
    // A bend is no corner: 100 (x0)² at 0.01 has slope 2. Ahead and behind differ by 0.1 %.
    let x = array![0.01, 1.0];
    c.given("x at a bend", &x);
    let bend = |x: &ArrayRef1<f64>| 100.0 * x[0] * x[0];
    let errors = [2.0, 4.0].map(|g| grad_check(bend, &array![g, 0.0], &x, &axes));
    c.observe("at a bend, of g and 2g", &errors[..], READ);
    // At the bottom of x² both slopes are small, and it is the claim that makes them alike.
    let x = array![0.0, 1.0];
    let bottom = |x: &ArrayRef1<f64>| x[0] * x[0];
    let errors = [0.0, 4.0].map(|g| grad_check(bottom, &array![g, 0.0], &x, &axes));
    c.observe("at the bottom of a bend, of 0 and of 4", &errors[..], READ);
    // What is large and small is told by the slopes: a flat corner is one, a steep bend is none.
    let flat = |x: &ArrayRef1<f64>| 1e-3 * relu(x);
    let steep = |x: &ArrayRef1<f64>| 1e3 * bend(x);
    let errors = [
        grad_check(flat, &array![0.0, 4e-3], &array![0.0, 1.0], &axes),
        grad_check(steep, &array![4e3, 0.0], &array![0.01, 1.0], &axes),
    ];
    c.observe(
        "of 2g, at a flat corner and a steep bend",
        &errors[..],
        READ,
    );
}

fn not_a_number(c: &mut Check) {
    let f = |x: &ArrayRef1<f64>| x.sum();
    let x = array![1.0, 2.0];
    c.given("x", &x);
    let error = |g: [f64; 2]| grad_check(f, &array![g[0], g[1]], &x, &Array2::eye(2));
    let errors = [error([1.0, f64::NAN]), error([f64::NAN, 2.0])];
    c.observe("of a NaN at the end, and at the start", &errors[..], READ);
    let broken = |x: &ArrayRef1<f64>| (-x[0]).sqrt();
    let error = grad_check(broken, &array![0.5, 0.0], &x, &Array2::eye(2));
    c.observe("of an f that is NaN", &error, READ);
}

/// A model with random weights whose first biases are given: large ones keep units awake.
fn model(c: &mut Check, b1: [f64; 4]) -> (Mlp, Array2<f64>, Vec<usize>) {
    let p = Mlp {
        w1: c.normal((3, 4)) * 0.3,
        b1: Array1::from_vec(b1.to_vec()),
        gamma: array![1.0, -0.5, 2.0, -1.5],
        w2: c.normal((4, 3)),
        b2: c.normal(3),
    };
    let (x, y) = (c.normal((3, 3)), vec![2, 0, 1]);
    c.given("w1", &p.w1);
    c.given("b1", &p.b1);
    c.given("gamma", &p.gamma);
    c.given("w2", &p.w2);
    c.given("b2", &p.b2);
    c.given("x", &x);
    c.given("y", &y);
    (p, x, y)
}

const AWAKE: [f64; 4] = [5.0, 9.0, 7.0, 6.0];
/// The second unit is asleep for every row, the others awake.
const SLEEPER: [f64; 4] = [5.0, -9.0, 7.0, 6.0];

fn second_layer(c: &mut Check) {
    let (p, x, y) = model(c, AWAKE);
    let (loss, g) = loss_and_grad(&p, &x, &y);
    c.observe("loss", &loss, T64);
    c.observe("dw2", &g.w2, G64);
    c.observe("db2", &g.b2, G64);
    c.observe("dgamma", &g.gamma, G64);
}

fn all_awake(c: &mut Check) {
    let (p, x, y) = model(c, AWAKE);
    let (_, g) = loss_and_grad(&p, &x, &y);
    c.observe("dw1", &g.w1, G64);
    // To shift a row before a normalisation changes nothing.
    for (i, row) in g.w1.rows().into_iter().enumerate() {
        let law = format!("row {i} of dw1 should sum to 0");
        c.close(row.sum(), 0.0, G64, &law);
    }
}

fn asleep(c: &mut Check) {
    let (p, x, y) = model(c, SLEEPER);
    let (_, g) = loss_and_grad(&p, &x, &y);
    c.observe("dw1", &g.w1, G64);
    let column = g.w1.column(1);
    c.holds(
        column.iter().all(|&x| x == 0.0),
        "unit 1 is asleep for all rows, so its column of dw1 should be 0",
    );
}

fn every_row(c: &mut Check) {
    let (p, x, y) = model(c, SLEEPER);
    let (_, g) = loss_and_grad(&p, &x, &y);
    c.observe("db1", &g.b1, G64);
    // The batch in another order is the same batch.
    let (turned, y) = (
        x.slice(s![..;-1, ..]),
        y.iter().rev().copied().collect::<Vec<_>>(),
    );
    let (_, again) = loss_and_grad(&p, &turned, &y);
    let off = (&again.b1 - &g.b1)
        .iter()
        .fold(0.0, |m: f64, x| m.max(x.abs()));
    c.close(
        off,
        0.0,
        G64,
        "with the last row first, db1 should be the same: the largest difference",
    );
}

/// The five groups of parameters, one after another, as one vector.
fn flat(p: &Mlp) -> Array1<f64> {
    let first = p.w1.iter().chain(&p.b1).chain(&p.gamma);
    first.chain(&p.w2).chain(&p.b2).copied().collect()
}

fn unflat(like: &Mlp, v: &ArrayRef1<f64>) -> Mlp {
    let (mut p, mut values) = (like.clone(), v.iter().copied());
    let first = p.w1.iter_mut().chain(&mut p.b1).chain(&mut p.gamma);
    for (to, from) in first.chain(&mut p.w2).chain(&mut p.b2).zip(&mut values) {
        *to = from;
    }
    p
}

fn instrument(c: &mut Check) {
    let (p, x, y) = model(c, SLEEPER);
    let (at, g) = (flat(&p), flat(&loss_and_grad(&p, &x, &y).1));
    if g.len() != at.len() {
        c.observe("parameters", &g.len(), EXACT);
        return;
    }
    let f = |v: &ArrayRef1<f64>| loss_and_grad(&unflat(&p, v), &x, &y).0;
    let groups = [("w1", 12), ("b1", 4), ("gamma", 4), ("w2", 12), ("b2", 3)];
    let (mut right, mut wrong, mut start) = (Vec::new(), Vec::new(), 0);
    for (_, size) in groups {
        // Three directions that move this group alone.
        let mut dirs = Array2::zeros((3, at.len()));
        dirs.slice_mut(s![.., start..start + size])
            .assign(&c.normal((3, size)));
        right.push(grad_check(f, &g, &at, &dirs));
        wrong.push(grad_check(f, &(&g * 1.1), &at, &dirs));
        start += size;
    }
    let loose = Tolerance::Close {
        atol: 1e-4,
        rtol: 0.0,
    };
    c.observe("errors of dw1, db1, dgamma, dw2, db2", &right, loose);
    c.observe("and if they are a tenth too large", &wrong, loose);
    let largest = right.iter().fold(0.0, |m: f64, e| m.max(*e));
    c.tell("largest error of your gradient", largest, "relative");
    c.tell("and if it is a tenth too large", wrong[0], "relative: 1/11");
}
