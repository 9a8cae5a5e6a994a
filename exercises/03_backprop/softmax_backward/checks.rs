use kit::count::{Counted, operations};
use kit::prelude::*;
use softmax_backward::{softmax_jacobian, softmax_rows, softmax_vjp};
use std::f64::consts::LN_2;

const MASKED: f64 = f64::NEG_INFINITY;

pub fn main() {
    checks(&[
        ("each row of a softmax sums to one", probabilities),
        (
            "a shift of a whole row changes nothing, however large",
            shifts,
        ),
        ("a masked logit has probability zero", masked_logits),
        (
            "raising one logit lowers the other probabilities",
            jacobian_by_hand,
        ),
        (
            "J measures a variance: its eigenvalues lie between 0 and 1/2",
            jacobian_properties,
        ),
        ("each row of the gradient sums to zero", gradient_by_hand),
        ("the short form equals J transposed times g", short_form),
        ("the gradient is the derivative", derivative),
        ("nothing can be moved where s is zero or one", saturated),
        ("four operations an element are enough", operations_needed),
        ("no V x V matrix is built", memory_needed),
    ])
}

/// Probabilities that need no softmax to make: positive weights over their sum.
fn distribution(c: &mut Check, rows: usize, v: usize) -> Array2<f64> {
    let weights = c.uniform((rows, v)) + 0.1;
    let total = weights.sum_axis(Axis(1)).insert_axis(Axis(1));
    weights / total
}

/// States what every row sums to, and tells the first row that does not.
fn rows_sum_to(c: &mut Check, want: f64, name: &str, table: &Array2<f64>, tolerance: Tolerance) {
    let sums = table.sum_axis(Axis(1));
    let off = sums.iter().position(|&sum| !tolerance.accepts(sum, want));
    if let Some(i) = off {
        let law = format!("row {i} of {name} sums to {want}");
        c.close(sums[i], want, tolerance, &law);
    }
}

fn largest(difference: &Array2<f64>) -> f64 {
    difference.iter().map(|x| x.abs()).fold(0.0, f64::max)
}

fn probabilities(c: &mut Check) {
    // Exponentials 1 2 1 | 4 1 3: s = [¼ ½ ¼] [½ ⅛ ⅜].
    let z = array![[0.0, LN_2, 0.0], [2.0 * LN_2, 0.0, 3f64.ln()]];
    let random = c.normal((4, 2)) * 3.0;
    for (name, z) in [("z", z.view()), ("z as a view", random.t())] {
        c.given(name, &z);
        let s = softmax_rows(&z);
        c.observe(&format!("s of {name}"), &s, T64);
        rows_sum_to(c, 1.0, &format!("s of {name}"), &s, T64);
    }
}

fn shifts(c: &mut Check) {
    // s = [½ ½] [½ ½] [1 0]. A batch has rows far below its largest logit: subtracting that
    // from all of them leaves 0/0 in the second row, where subtracting 0 would do no harm.
    let z = array![[1e4, 1e4], [0.0, 0.0], [1e4, -1e4]];
    c.given("z", &z);
    c.observe("s", &softmax_rows(&z), T64);
    // s = [½ ½] [1 0]. No logit is above 0, so that a maximum sought from 0 upwards is 0,
    // which leaves 0/0 in both rows; the batch's largest logit does no harm here.
    let below = array![[-1e4, -1e4], [-1e4, -2e4]];
    c.given("z below zero", &below);
    c.observe("s of z below zero", &softmax_rows(&below), T64);
}

fn masked_logits(c: &mut Check) {
    // [0 ½ ½] [¼ 0 ¾], and no law at all for a row without anything to choose.
    let z = array![
        [MASKED, 0.0, 0.0],
        [0.0, MASKED, 3f64.ln()],
        [MASKED, MASKED, MASKED]
    ];
    c.given("z", &z);
    c.observe("s", &softmax_rows(&z), T64);
    let none = Array2::<f64>::zeros((0, 3));
    c.given("z of no rows", &none);
    c.observe("s of no rows", &softmax_rows(&none), T64);
}

fn jacobian_by_hand(c: &mut Check) {
    // Of [½ ¼ ¼]: [¼ -⅛ -⅛] [-⅛ 3/16 -1/16] [-⅛ -1/16 3/16].
    let s = array![0.5, 0.25, 0.25];
    c.given("s", &s);
    let j = softmax_jacobian(&s);
    c.observe("J", &j, T64);
    // A shift of all logits changes no probability: J 1 = 0.
    rows_sum_to(c, 0.0, "J", &j, T64);
}

fn jacobian_properties(c: &mut Check) {
    let s = distribution(c, 1, 4).remove_axis(Axis(0));
    // The same law as every second element of an array: a view with a stride.
    let spread = Array::from_shape_fn(8, |i| if i % 2 == 0 { s[i / 2] } else { 9.0 });
    let x = c.normal(4);
    c.given("s", &s);
    let j = softmax_jacobian(&spread.slice(s![..;2]));
    c.observe("J", &j, T64);
    for (name, s) in [
        ("sure choice", array![0.0, 1.0]),
        ("even choice", array![0.5, 0.5]),
    ] {
        c.given(name, &s);
        c.observe(&format!("J of {name}"), &softmax_jacobian(&s), T64);
    }
    if j.dim() != (4, 4) {
        return;
    }
    let form = x.dot(&j.dot(&x));
    let mean = s.dot(&x);
    let variance = (&s * (&x - mean).mapv(|x| x * x)).sum();
    c.close(
        form,
        variance,
        T64,
        "for a random x, xT J x is the variance of x under s",
    );
    c.holds(
        (-1e-12..=0.5 * x.dot(&x)).contains(&form),
        "the eigenvalues of J lie between 0 and ½",
    );
    c.close(
        largest(&(&j - &j.t())),
        0.0,
        T64,
        "the largest difference between J and its transpose is 0",
    );
}

fn gradient_by_hand(c: &mut Check) {
    // dz = [1 -½ -½] [-¼ ¾ -½]: the first row is the case that the exercise's text shows. Two
    // rows, for in one alone a sum along the wrong axis is a sum over nothing.
    let s = array![[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]];
    let g = array![[4.0, 0.0, 0.0], [0.0, 4.0, 0.0]];
    c.given("s", &s);
    c.given("g", &g);
    let dz = softmax_vjp(&s, &g);
    c.observe("dz", &dz, G64);
    // A shift of all logits has no effect, so its derivative is 0.
    rows_sum_to(c, 0.0, "dz", &dz, G64);
}

fn short_form(c: &mut Check) {
    let s = distribution(c, 3, 5);
    let g = c.normal((5, 3)).reversed_axes(); // a view: columns are contiguous, rows are not
    c.given("s", &s);
    c.given("g", &g);
    let dz = softmax_vjp(&s, &g);
    c.observe("dz", &dz, G64);
    let mut long = Array2::zeros(s.raw_dim());
    for (b, mut row) in long.rows_mut().into_iter().enumerate() {
        row.assign(&softmax_jacobian(&s.row(b)).t().dot(&g.row(b)));
    }
    if dz.dim() == long.dim() {
        c.close(
            largest(&(long - dz)),
            0.0,
            G64,
            "the largest difference between dz and the product of your J, transposed, with g is 0",
        );
    }
}

fn derivative(c: &mut Check) {
    let z = c.normal((2, 4)) * 2.0;
    let g = c.normal((2, 4));
    c.given("z", &z);
    c.given("g", &g);
    let dz = softmax_vjp(&softmax_rows(&z), &g);
    c.observe("dz", &dz, G64);
    let loss = |z: &ArrayRef2<f64>| (softmax_rows(z) * &g).sum();
    c.derivative(
        &z,
        &dz,
        &loss,
        "<dz, d> is how fast <g, softmax(z)> changes along d",
    );
    c.plot(passed_on());
}

fn saturated(c: &mut Check) {
    let cases = [
        ("masked", array![[0.0, 0.5, 0.5]], array![[7.0, 1.0, 3.0]]),
        ("sure", array![[0.0, 1.0, 0.0]], array![[7.0, 1.0, 3.0]]),
        (
            "constant g",
            array![[0.5, 0.25, 0.25]],
            array![[3.0, 3.0, 3.0]],
        ),
        ("one logit", array![[1.0], [1.0]], array![[5.0], [-2.0]]),
        ("no rows", Array2::zeros((0, 3)), Array2::zeros((0, 3))),
    ];
    for (name, s, g) in cases {
        c.given(&format!("s, {name}"), &s);
        c.given(&format!("g, {name}"), &g);
        c.observe(&format!("dz, {name}"), &softmax_vjp(&s, &g), G64);
    }
}

fn operations_needed(c: &mut Check) {
    let (rows, v) = (3, 64);
    let s = distribution(c, rows, v).mapv(Counted);
    let g = c.normal((rows, v)).mapv(Counted);
    // Half way between 4V and 5V a row. Who needs 4V may sum in parts: ndarray's dot and sum
    // add 8 partial sums a row, and 32 are allowed. Who needs 5V (s ⊙ g made twice, say) has
    // at least 5V - 1 and is beyond the bound however they sum.
    let bound = rows * (4 * v + v / 2);
    c.flops("operations, 3 rows of 64", bound, || softmax_vjp(&s, &g));

    let (_, short) = operations(|| softmax_vjp(&s, &g));
    let (_, long) = operations(|| softmax_jacobian(&s.row(0)).dot(&g.row(0)));
    c.tell(
        "without the matrix",
        short.flops() as f64 / rows as f64,
        "operations a row of 64",
    );
    c.tell(
        "with the matrix",
        long.flops() as f64,
        "operations a row of 64",
    );
}

fn memory_needed(c: &mut Check) {
    let (rows, v) = (2, 1000);
    let s = distribution(c, rows, v);
    let g = c.normal((rows, v));
    c.given("s", &s);
    c.given("g", &g);
    // The result and five temporaries of its size: 96 kB. One Jacobian is 8 MB.
    let bound = 6 * rows * v * 8;
    let dz = c.peak_bytes("peak bytes, 2 rows of 1000", bound, || softmax_vjp(&s, &g));
    c.observe_large("dz", &dz, G64);
    let (_, short) = kit::alloc::count(|| softmax_vjp(&s, &g));
    let (_, long) = kit::alloc::count(|| softmax_jacobian(&s.row(0)));
    c.tell(
        "result of 2 rows of 1000",
        short.peak_bytes as f64,
        "bytes at most alive",
    );
    c.tell(
        "one Jacobian of 1000 logits",
        long.peak_bytes as f64,
        "bytes at most alive",
    );
}

/// The largest eigenvalue of J, the most that softmax passes on, at each temperature from
/// 0.01 to 100.
fn passed_on() -> Plot {
    let logits = [
        ("z = 1, 0", vec![1.0, 0.0]),
        ("z = 1, 0.9, 0", vec![1.0, 0.9, 0.0]),
        ("16 from 0 to 1", ladder()),
    ];
    let temperatures: Vec<f64> = (-20..=20)
        .map(|i| 10f64.powf(f64::from(i) / 10.0))
        .collect();
    let line = |(label, z): &(&str, Vec<f64>)| Line {
        label: label.to_string(),
        points: temperatures
            .iter()
            .map(|&t| (t, largest_eigenvalue(z, t)))
            .collect(),
    };
    Plot::Series(Series {
        title: "the most that softmax(z/T) passes on: too cold and it is sure, too hot and it \
                averages"
            .into(),
        x: "temperature T".into(),
        y: "largest eigenvalue of J".into(),
        log_x: true,
        log_y: false,
        lines: logits.iter().map(line).collect(),
    })
}

/// Sixteen logits, evenly spread over [0, 1].
fn ladder() -> Vec<f64> {
    (0..16).map(|i| f64::from(i) / 15.0).collect()
}

/// By the power method; the start is no shift and no eigenvector, so it finds the largest.
fn largest_eigenvalue(z: &[f64], temperature: f64) -> f64 {
    let z = Array::from_shape_fn((1, z.len()), |(_, i)| z[i] / temperature);
    let j = softmax_jacobian(&softmax_rows(&z).row(0));
    let mut x = Array::from_shape_fn(j.nrows(), |i| if i == 0 { 1.0 } else { 0.1 * i as f64 });
    let mut size = 0.0;
    for _ in 0..200 {
        x = j.dot(&x);
        size = x.dot(&x).sqrt();
        if size == 0.0 {
            break;
        }
        x /= size;
    }
    size
}
