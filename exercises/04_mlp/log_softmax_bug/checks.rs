use kit::prelude::*;
use log_softmax_bug::{log_softmax, logsumexp, nll};
use std::f32::consts::LN_2;

const MASKED: f32 = f32::NEG_INFINITY;

pub fn main() {
    checks(&[
        (
            "the log of a sum of exponentials is a little above the largest",
            bounds,
        ),
        (
            "a number added to all logits is added to their LSE",
            shifted_sums,
        ),
        ("log p of logits ln [1, 2, 1] is ln [¼, ½, ¼]", by_hand),
        (
            "a number added to one row changes no log p, however large",
            shifted_rows,
        ),
        ("logits 120 apart have log p 120 apart", far_apart),
        (
            "a masked symbol has log p of −∞, and no part in the rest",
            masked,
        ),
        ("each row is a law: its exp sums to one", laws),
        ("the loss is the mean surprise of the targets", losses),
        (
            "what cannot come costs nothing until it comes",
            masked_targets,
        ),
        (
            "the loss grows as fast as the target's logit falls",
            no_floor,
        ),
    ])
}

/// Observes LSE(z), and states the bounds that hold for every z of at least one element.
fn summed(c: &mut Check, name: &str, z: &ArrayRef1<f32>) {
    c.given(name, z);
    let lse = logsumexp(z);
    c.observe(&format!("LSE of {name}"), &lse, t32(z.len()));
    let max = z.iter().copied().fold(MASKED, f32::max);
    let top = max + (z.len() as f32).ln();
    // Rounded: two units in the last place of the larger bound.
    let slack = 2.0 * f32::EPSILON * top.abs().max(1.0);
    if max.is_finite() {
        let law = format!("max z ≤ LSE ≤ max z + ln V for {name}");
        c.holds((max - slack..=top + slack).contains(&lse), &law);
    }
}

fn bounds(c: &mut Check) {
    // ln 8 | ln 4, as V equal logits reach the upper bound | the logit itself.
    summed(c, "z", &array![0.0, LN_2, 5f32.ln()]);
    summed(c, "equal z", &array![0.0, 0.0, 0.0, 0.0]);
    summed(c, "one z", &array![-3.0]);
    let spread = c.normal(14).mapv(|x| 3.0 * x as f32);
    summed(c, "every second of 14", &spread.slice(s![..;2]));
}

fn shifted_sums(c: &mut Check) {
    summed(c, "z of 100", &array![100.0, 100.0]);
    summed(c, "z of −200", &array![-200.0, -200.0]);
    summed(c, "z of both kinds", &array![-1000.0, 0.0, 1000.0]);
}

fn by_hand(c: &mut Check) {
    // [¼ ½ ¼] [⅛ ⅝ ¼]: the columns sum to something else.
    let z = array![[0.0, LN_2, 0.0], [0.0, 5f32.ln(), LN_2]];
    c.given("z", &z);
    c.observe("log p", &log_softmax(&z), t32(3));
    c.given("z as a view", &z.t());
    c.observe("log p as a view", &log_softmax(&z.t()), t32(2));
    let one = array![[7.0], [-7.0]];
    c.given("z of one symbol", &one);
    c.observe("log p of one symbol", &log_softmax(&one), t32(1));
}

fn shifted_rows(c: &mut Check) {
    // [−ln 2, −ln 2] in every row but the second, whose logits are 1 apart. At 2²⁰ the
    // neighbours of an f32 are 1/8 away, so what is to be exact must be subtracted first.
    let million = (1u32 << 20) as f32;
    let z = array![
        [200.0, 200.0],
        [-200.0, -201.0],
        [million, million],
        [-million, -million]
    ];
    c.given("z", &z);
    c.observe("log p", &log_softmax(&z), t32(2));
    let below = array![[-200.0, -200.0]];
    c.given("z below 0", &below);
    c.observe("log p of z below 0", &log_softmax(&below), t32(2));
}

fn far_apart(c: &mut Check) {
    // e⁻⁵⁰ = 2e-22 is an f32, e⁻⁹⁵ = 6e-42 one with few digits, e⁻¹²⁰ = 8e-53 none.
    let z = array![[0.0, -50.0], [0.0, -95.0], [0.0, -120.0], [3000.0, 0.0]];
    c.given("z", &z);
    c.observe("log p", &log_softmax(&z), t32(2));
}

fn masked(c: &mut Check) {
    let z = array![
        [MASKED, 0.0, 0.0],
        [0.0, MASKED, 3f32.ln()],
        [MASKED, MASKED, MASKED],
        [MASKED, 120.0, MASKED]
    ];
    c.given("z", &z);
    c.observe("log p", &log_softmax(&z), t32(3));
    summed(c, "z with a mask", &array![0.0, MASKED, 0.0]);
    summed(c, "z of masks", &array![MASKED, MASKED]);
    summed(c, "no z", &Array1::zeros(0));
    let none = Array2::zeros((0, 3));
    c.given("z of no rows", &none);
    c.observe("log p of no rows", &log_softmax(&none), t32(3));
}

fn laws(c: &mut Check) {
    let z = c.normal((11, 3)).mapv(|x| 5.0 * x as f32).reversed_axes();
    c.given("z", &z);
    let log_p = log_softmax(&z);
    c.observe("log p", &log_p, t32(11));
    // A relative error of p is an absolute one of log p: some ε of the logits' size, about 30.
    let tolerance = Tolerance::Close {
        atol: 30.0 * f64::from(f32::EPSILON),
        rtol: 0.0,
    };
    for (i, row) in log_p.rows().into_iter().enumerate() {
        let sum: f64 = row.iter().map(|&x| f64::from(x).exp()).sum();
        c.close(sum, 1.0, tolerance, &format!("exp of row {i} sums to 1"));
    }
}

fn losses(c: &mut Check) {
    // Probabilities ½ and ⅛: surprises ln 2 and 3 ln 2, mean 2 ln 2.
    let z = array![[0.0, LN_2, 0.0], [0.0, 5f32.ln(), LN_2]];
    let y = [1, 0];
    c.given("z", &z);
    c.given("y", &y[..]);
    c.observe("loss", &nll(&z, &y), t32(3));
    let z = c.normal((7, 5)).mapv(|x| x as f32);
    let y: Vec<usize> = (0..7).map(|_| c.rng().below(5)).collect();
    c.given("random z", &z);
    c.given("random y", &y);
    c.observe("loss of random z", &nll(&z, &y), t32(5));
}

fn masked_targets(c: &mut Check) {
    // Surprises ln 2 and ln 4/3 while the mask is no target; then ∞.
    let z = array![[0.0, MASKED, 0.0], [MASKED, 0.0, 3f32.ln()]];
    c.given("z", &z);
    for (name, y) in [("possible y", [2, 2]), ("impossible y", [2, 0])] {
        c.given(name, &y[..]);
        c.observe(&format!("loss of {name}"), &nll(&z, &y), t32(3));
    }
}

fn no_floor(c: &mut Check) {
    let z = array![[0.0, -150.0]];
    c.given("z", &z);
    let loss = nll(&z, &[1]);
    c.observe("loss", &loss, t32(2));
    let floored = |gap: f32| -((-gap).exp() / (1.0 + (-gap).exp()) + 1e-10).ln();
    c.tell(
        "loss of a target 150 below the other",
        f64::from(loss),
        "nats",
    );
    c.tell("with a floor of 1e-10", f64::from(floored(150.0)), "nats");
    let line = |label: &str, loss: &dyn Fn(f32) -> f32| Line {
        label: label.into(),
        points: (0..=30)
            .map(|i| 5.0 * i as f32)
            .map(|gap| (f64::from(gap), f64::from(loss(gap))))
            .collect(),
    };
    c.plot(Plot::Series(Series {
        title: "a floor under p ends the slope of the loss, and with it the learning".into(),
        x: "how far the target's logit is below the other".into(),
        y: "loss in nats".into(),
        lines: vec![
            line("log-softmax", &|gap| nll(&array![[0.0, -gap]], &[1])),
            line("ln(p + 1e-10)", &floored),
        ],
        ..Series::default()
    }));
}
