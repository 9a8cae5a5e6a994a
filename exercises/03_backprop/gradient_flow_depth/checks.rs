use gradient_flow_depth::{Act, measure_ln_growth, predict_ln_growth, predict_ln_std};
use kit::prelude::*;
use std::f64::consts::SQRT_2;

/// The networks that are measured: how many, how wide, how deep.
const NETWORKS: usize = 60;
const WIDTH: usize = 48;
const DEPTH: usize = 24;
/// So many units that never all of a layer are asleep, which would let nothing back.
const MANY: usize = 32;

pub fn main() {
    checks(&[
        (
            "a linear layer multiplies by the gain squared",
            linear_growth,
        ),
        ("a ReLU lets half of it through", relu_growth),
        ("networks stray by the root of depth over width", spread),
        ("two layers, by hand", by_hand),
        (
            "backwards, the layers come from the last to the first",
            random_stacks,
        ),
        ("twice the gain is 2 ln 2 more a layer", twice_the_gain),
        ("sixty networks do what was predicted", predicted),
    ])
}

/// Observes the predicted growth for some gains and depths.
fn growth(c: &mut Check, act: Act, cases: &[(f64, usize)]) {
    let (gains, depths): (Vec<f64>, Vec<usize>) = cases.iter().copied().unzip();
    c.given("gain", &gains);
    c.given("depth", &depths);
    let found: Vec<f64> = cases
        .iter()
        .map(|&(gain, depth)| predict_ln_growth(act, gain, depth))
        .collect();
    c.observe("ln of the mean growth", &found, T64);
}

fn linear_growth(c: &mut Check) {
    // 0, 6 ln 2, -20 ln 2, 0.
    growth(c, Act::Linear, &[(1.0, 7), (2.0, 3), (0.5, 10), (3.0, 0)]);
}

fn relu_growth(c: &mut Check) {
    // 0 with He's gain; -7 ln 2, 3 ln 2, 0.
    growth(c, Act::Relu, &[(SQRT_2, 50), (1.0, 7), (2.0, 3), (3.0, 0)]);
}

fn spread(c: &mut Check) {
    // √(2L/n): 1, ½, 0; and √(5L/n): 1, 2, 0.
    for (name, act, cases) in [
        ("linear", Act::Linear, [(64, 32), (64, 8), (8, 0)]),
        ("ReLU", Act::Relu, [(100, 20), (25, 20), (8, 0)]),
    ] {
        let (widths, depths): (Vec<usize>, Vec<usize>) = cases.into_iter().unzip();
        c.given(&format!("width, {name}"), &widths);
        c.given(&format!("depth, {name}"), &depths);
        let found = cases.map(|(width, depth)| predict_ln_std(act, width, depth));
        c.observe(&format!("standard deviation, {name}"), &found[..], T64);
    }
}

fn by_hand(c: &mut Check) {
    // Linear: Jᵀv = W1ᵀ W2ᵀ v = [10 12]. ReLU: awake are the first unit, then the second; back
    // come [0 2], [6 2], of which [6 0], and [12 0]. ‖v‖² = 20: ln 244/20 and ln 144/20.
    let w = [
        array![[2.0, 0.0], [1.0, 2.0]],
        array![[-1.0, 1.0], [3.0, 1.0]],
    ];
    let (x, v) = (array![1.0, -1.0], array![4.0, 2.0]);
    c.given("w1", &w[0]);
    c.given("w2", &w[1]);
    c.given("x", &x);
    c.given("v", &v);
    c.observe(
        "ln growth, linear",
        &measure_ln_growth(Act::Linear, &w, &x, &v),
        T64,
    );
    c.observe(
        "ln growth, ReLU",
        &measure_ln_growth(Act::Relu, &w, &x, &v),
        T64,
    );
    c.observe(
        "of no layers",
        &measure_ln_growth(Act::Relu, &[], &x, &v),
        T64,
    );
}

/// Weights of N(0, 1/n): a gain of 1.
fn stack(c: &mut Check, n: usize, depth: usize) -> Vec<Array2<f64>> {
    let size = 1.0 / (n as f64).sqrt();
    (0..depth).map(|_| c.normal((n, n)) * size).collect()
}

fn random_stacks(c: &mut Check) {
    let mut w = stack(c, MANY, 3);
    w[1] = w[1].clone().reversed_axes(); // columns are contiguous
    let wide = c.normal(2 * MANY);
    let (x, v) = (wide.slice(s![..;2]), c.normal(MANY));
    for (i, w) in w.iter().enumerate() {
        c.given(&format!("w{i}"), w);
    }
    c.given("x", &x);
    c.given("v", &v);
    c.observe(
        "ln growth, linear",
        &measure_ln_growth(Act::Linear, &w, &x, &v),
        T64,
    );
    c.observe(
        "ln growth, ReLU",
        &measure_ln_growth(Act::Relu, &w, &x, &v),
        T64,
    );
}

fn twice_the_gain(c: &mut Check) {
    // A ReLU keeps the sign of a positive factor, so that the same units stay awake.
    let (w, x, v) = (stack(c, MANY, 4), c.normal(MANY), c.normal(MANY));
    let doubled: Vec<Array2<f64>> = w.iter().map(|w| w * 2.0).collect();
    for (i, w) in w.iter().enumerate() {
        c.given(&format!("w{i}"), w);
    }
    c.given("x", &x);
    c.given("v", &v);
    let once = measure_ln_growth(Act::Relu, &w, &x, &v);
    let twice = measure_ln_growth(Act::Relu, &doubled, &x, &v);
    c.observe("ln growth", &[once, twice][..], T64);
    let law = "measured, twice the gain is 8 ln 2 more for 4 layers";
    c.close(twice - once, 8.0 * 2f64.ln(), T64, law);
    let more = predict_ln_growth(Act::Relu, 2.0, 4) - predict_ln_growth(Act::Relu, 1.0, 4);
    let law = "predicted, twice the gain is 8 ln 2 more for 4 layers";
    c.close(more, 8.0 * 2f64.ln(), T64, law);
}

fn predicted(c: &mut Check) {
    let (mut linear, mut relu) = (Vec::new(), Vec::new());
    let mut first = None;
    for _ in 0..NETWORKS {
        let (w, x, v) = (stack(c, WIDTH, DEPTH), c.normal(WIDTH), c.normal(WIDTH));
        linear.push(measure_ln_growth(Act::Linear, &w, &x, &v));
        // He's gain: √2 more for each layer.
        relu.push(measure_ln_growth(Act::Relu, &w, &x, &v) + DEPTH as f64 * 2f64.ln());
        first.get_or_insert((w, x, v));
    }
    for (name, act, gain, found) in [
        ("linear", Act::Linear, 1.0, &linear),
        ("ReLU", Act::Relu, SQRT_2, &relu),
    ] {
        let (mean, std) = moments(found);
        c.observe(
            &format!("mean and deviation, {name}"),
            &[mean, std][..],
            T64,
        );
        // Where a logarithm is normal with variance σ², its mean is ½σ² below that of ln E.
        let sigma = predict_ln_std(act, WIDTH, DEPTH);
        let centre = predict_ln_growth(act, gain, DEPTH) - sigma * sigma / 2.0;
        let error = sigma / (NETWORKS as f64).sqrt();
        c.holds(
            (mean - centre).abs() <= 5.0 * error,
            &format!("{name}: the mean of 60 logarithms, {mean:.2}, is near {centre:.2}"),
        );
        c.holds(
            (std / sigma - 1.0).abs() <= 0.5,
            &format!("{name}: the deviation of 60 networks, {std:.2}, is near {sigma:.2}"),
        );
    }
    relu.sort_by(f64::total_cmp);
    let median = ((relu[NETWORKS / 2 - 1] + relu[NETWORKS / 2]) / 2.0).exp();
    let sigma = predict_ln_std(Act::Relu, WIDTH, DEPTH);
    // A logarithm is below 0 where it is less than σ/2 deviations above its mean of -σ²/2.
    let part = |some: f64| 100.0 * some;
    let shrink = relu.iter().filter(|&&ln| ln < 0.0).count();
    let shrink = part(shrink as f64 / NETWORKS as f64);
    c.measure(shrink);
    c.tell("the gradient shrinks in", shrink, "% of 60 networks");
    c.tell("predicted", part(below(sigma / 2.0)), "%");
    c.tell("growth in the median network", median, "times");
    // The median of N strays by √(π/2N) deviations; twice that is not rare.
    let stray = 2.0 * sigma * (std::f64::consts::PI / (2.0 * NETWORKS as f64)).sqrt();
    let within = format!("times, or {:.1} times more or less", stray.exp());
    c.tell("predicted", (-sigma * sigma / 2.0).exp(), &within);
    c.plot(networks(&relu, sigma));
    if let Some((w, x, v)) = first {
        c.plot(gains(&w, &x, &v));
    }
}

/// Mean and standard deviation.
fn moments(found: &[f64]) -> (f64, f64) {
    let n = found.len() as f64;
    let mean = found.iter().sum::<f64>() / n;
    let square = found.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (square / (n - 1.0)).sqrt())
}

/// How many networks are below, over the logarithm of the growth, and how many were predicted.
fn networks(sorted: &[f64], sigma: f64) -> Plot {
    let n = sorted.len() as f64;
    let measured = |(i, &x): (usize, &f64)| (x, (i as f64 + 0.5) / n);
    let at = |i: i32| sigma * (f64::from(i) / 10.0 - sigma / 2.0);
    Plot::Series(Series {
        title: "He's gain keeps the mean at 1; most networks are below it".into(),
        x: "ln of the growth".into(),
        y: "part of the networks that are below".into(),
        log_x: false,
        log_y: false,
        lines: vec![
            Line {
                label: "60 networks".into(),
                points: sorted.iter().enumerate().map(measured).collect(),
            },
            Line {
                label: "predicted".into(),
                points: (-25..=25)
                    .map(|i| (at(i), below(f64::from(i) / 10.0)))
                    .collect(),
            },
        ],
    })
}

/// The part of a standard normal law below z, by summing its density in small steps.
fn below(z: f64) -> f64 {
    let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let step = z / 100.0;
    0.5 + (0..100)
        .map(|i| density((f64::from(i) + 0.5) * step) * step)
        .sum::<f64>()
}

/// The growth over depth in one network, for three gains.
fn gains(w: &[Array2<f64>], x: &Array1<f64>, v: &Array1<f64>) -> Plot {
    let line = |(label, gain): (&str, f64)| Line {
        label: label.into(),
        points: (0..=DEPTH)
            .map(|depth| {
                let ln = measure_ln_growth(Act::Relu, &w[..depth], x, v);
                (depth as f64, (ln + 2.0 * depth as f64 * gain.ln()).exp())
            })
            .collect(),
    };
    Plot::Series(Series {
        title: "one ReLU network: only with the gain of √2 does the gradient keep its size".into(),
        x: "layers".into(),
        y: "growth of the squared gradient".into(),
        log_x: false,
        log_y: true,
        lines: [("gain 2", 2.0), ("gain √2", SQRT_2), ("gain 1", 1.0)]
            .map(line)
            .to_vec(),
    })
}
