use finite_difference::{central_diff, gradient_fd, predict_best_h};
use kit::prelude::*;
use std::cell::Cell;

/// Unit roundoffs: half the distance from 1 to the next number.
const U64: f64 = f64::EPSILON / 2.0;
const U32: f64 = f32::EPSILON as f64 / 2.0;

/// A step of some 10⁻⁸ up to 1: only a relative tolerance fits all. Cube roots and powers of
/// ⅓ differ by a few roundings.
const STEP: Tolerance = Tolerance::Close {
    atol: 0.0,
    rtol: 1e-10,
};

pub fn main() {
    checks(&[
        (
            "on a parabola the central difference is exact, for every step",
            parabola,
        ),
        ("on x³ it is off by exactly h²", cubic),
        ("half the step leaves a quarter of the error", second_order),
        (
            "at the best step the sum of both errors is least",
            best_step_by_hand,
        ),
        (
            "the best step depends on sizes and precision, not on signs",
            best_step,
        ),
        (
            "at the predicted step the error is what was predicted",
            predicted_and_measured,
        ),
        (
            "each coordinate moves alone, and comes back",
            gradient_by_hand,
        ),
        (
            "every coordinate has the same step, zero or not",
            gradient_of_a_cubic,
        ),
        (
            "the gradient of a linear form is its coefficients",
            linear_form,
        ),
        ("two evaluations a coordinate are enough", evaluations),
    ])
}

/// Names x and h, then observes the slope at x by the answer.
fn slope(c: &mut Check, name: &str, f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    c.given(&format!("x of {name}"), &x);
    c.given(&format!("h of {name}"), &h);
    let slope = central_diff(f, x, h);
    c.observe(&format!("slope of {name}"), &slope, T64);
    slope
}

fn parabola(c: &mut Check) {
    // (12.25 − 6.25)/1 and (25 − 1)/4: both 6, and no step makes it worse.
    slope(c, "x², h ½", |x| x * x, 3.0, 0.5);
    slope(c, "x², h 2", |x| x * x, 3.0, 2.0);
    // 3x² − 2x + 1 at −1: −8.
    slope(c, "3x²−2x+1", |x| (3.0 * x - 2.0) * x + 1.0, -1.0, 0.25);
    c.given("x of x² in f32", &3f32);
    c.given("h of x² in f32", &0.5f32);
    let single = central_diff(|x: f32| x * x, 3.0, 0.5);
    c.observe("slope of x² in f32", &single, T64);
}

fn cubic(c: &mut Check) {
    // 3x² + h²: 12 + ¼, 3 + 4, 0 + 1.
    for (name, x, h) in [
        ("x³ at 2", 2.0, 0.5),
        ("x³ at −1", -1.0, 2.0),
        ("x³ at 0", 0.0, 1.0),
    ] {
        slope(c, name, |x| x * x * x, x, h);
    }
}

/// A function with its first and its third derivative.
struct Curve {
    name: &'static str,
    f: fn(f64) -> f64,
    in_f32: fn(f32) -> f32,
    slope: fn(f64) -> f64,
    third: fn(f64) -> f64,
}

const CURVES: [Curve; 4] = [
    Curve {
        name: "sin x",
        f: f64::sin,
        in_f32: f32::sin,
        slope: f64::cos,
        third: |x| -x.cos(),
    },
    Curve {
        name: "exp x",
        f: f64::exp,
        in_f32: f32::exp,
        slope: f64::exp,
        third: f64::exp,
    },
    Curve {
        name: "1/x",
        f: f64::recip,
        in_f32: f32::recip,
        slope: |x| -1.0 / (x * x),
        third: |x| -6.0 / x.powi(4),
    },
    Curve {
        name: "√x",
        f: f64::sqrt,
        in_f32: f32::sqrt,
        slope: |x| 0.5 / x.sqrt(),
        third: |x| 0.375 / (x * x * x.sqrt()),
    },
];

fn second_order(c: &mut Check) {
    for curve in CURVES {
        let x = 0.5 + 0.75 * c.rng().uniform();
        let error = |c: &mut Check, h: f64, name: &str| {
            let name = format!("{}, h {name}", curve.name);
            (slope(c, &name, curve.f, x, h) - (curve.slope)(x)).abs()
        };
        let (whole, half) = (error(c, 1.0 / 64.0, "1/64"), error(c, 1.0 / 128.0, "1/128"));
        c.holds(
            (3.8..=4.2).contains(&(whole / half)),
            "the error falls with h², so half the step leaves a quarter of it",
        );
    }
}

/// Names f, f‴ and u, one column each, then observes the best steps by the answer.
fn best_steps(c: &mut Check, cases: &[(f64, f64, f64)]) {
    let column = |pick: fn(&(f64, f64, f64)) -> f64| cases.iter().map(pick).collect::<Vec<_>>();
    c.given("f", &column(|case| case.0));
    c.given("f‴", &column(|case| case.1));
    c.given("u", &column(|case| case.2));
    let steps: Vec<f64> = cases
        .iter()
        .map(|&(f, f3, u)| predict_best_h(f, f3, u))
        .collect();
    c.observe("best h", &steps, STEP);
}

fn best_step_by_hand(c: &mut Check) {
    // The cubes are 2⁻⁵¹, 2⁻²⁴, 2⁻⁹ and, with the signs gone, 2⁻⁵¹ again.
    let cases = [
        (4.0, 3.0, U64),
        (1.0, 3.0, U32),
        (-8.0, -3.0, 1.0 / 4096.0),
        (-4.0, 3.0, U64),
    ];
    best_steps(c, &cases);
}

fn best_step(c: &mut Check) {
    let draw = |c: &mut Check| {
        let sign = if c.rng().below(2) == 0 { 1.0 } else { -1.0 };
        sign * 10f64.powi(c.rng().below(7) as i32 - 3) * (1.0 + c.rng().uniform())
    };
    let cases: Vec<_> = (0..8)
        .map(|i| (draw(c), draw(c), if i % 2 == 0 { U64 } else { U32 }))
        .collect();
    best_steps(c, &cases);
}

/// The root mean square of the errors of the answer's slopes at 64 places near 1.
fn typical_error(curve: &Curve, h: f64, single: bool) -> f64 {
    let error = |i: i32| {
        let x = 0.95 + f64::from(i) / 640.0;
        if single {
            let x = x as f32;
            f64::from(central_diff(curve.in_f32, x, h as f32)) - (curve.slope)(f64::from(x))
        } else {
            central_diff(curve.f, x, h) - (curve.slope)(x)
        }
    };
    ((0..64).map(|i| error(i).powi(2)).sum::<f64>() / 64.0).sqrt()
}

fn predicted_and_measured(c: &mut Check) {
    for (precision, u, single) in [("f64", U64, false), ("f32", U32, true)] {
        for curve in &CURVES {
            // Near 1 neither value vanishes, and both change little.
            let (f, slope, third) = ((curve.f)(1.0), (curve.slope)(1.0), (curve.third)(1.0));
            let name = format!("{} at 1, {precision}", curve.name);
            c.given(
                &format!("f, f′, f‴, u of {name}"),
                &vec![f, slope, third, u],
            );
            let h = predict_best_h(f, third, u);
            // x ± h is rounded too, which adds u·|x f′|/h; and a library's sine may be off by
            // a whole unit in the last place, twice as much as rounding. Hence a wide bound.
            let predicted = h * h / 6.0 * third.abs() + u * (f.abs() + slope.abs()) / h.abs();
            let measured = typical_error(curve, h, single);
            c.at_most(
                &format!("error over predicted error, {name}"),
                measured / predicted,
                4.0,
            );
            c.holds(
                typical_error(curve, h / 1000.0, single) > 10.0 * measured
                    && typical_error(curve, h * 30.0, single) > 10.0 * measured,
                "a step a thousand times smaller, or thirty times larger, is far worse",
            );
        }
    }
    look_back(c);
}

/// The measured answer to the guess, numbers, and the picture, all for sin near 1.
fn look_back(c: &mut Check) {
    let sin = &CURVES[0];
    let steps = |from: i32, to: i32, decade: i32| {
        (from * decade..=to * decade).map(move |i| 10f64.powf(f64::from(i) / f64::from(decade)))
    };
    let best = |single| {
        let errors = steps(-8, -1, 20).map(|h| (h, typical_error(sin, h, single)));
        errors
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or_default()
    };
    let (double, single) = (best(false), best(true));
    c.measure(double.0);
    let (f, third) = ((sin.f)(1.0), (sin.third)(1.0));
    c.tell(
        "best step in f64, predicted",
        predict_best_h(f, third, U64),
        "",
    );
    c.tell("best step in f64, measured", double.0, "");
    c.tell("its error", double.1, "");
    c.tell(
        "best step in f32, predicted",
        predict_best_h(f, third, U32),
        "",
    );
    c.tell("best step in f32, measured", single.0, "");
    c.tell("its error in f32", single.1, "");
    let slope = |long: f64, short: f64| {
        let ratio = typical_error(sin, long, false) / typical_error(sin, short, false);
        ratio.log10() / (long / short).log10()
    };
    c.tell("slope of the error where h is large", slope(1e-2, 1e-3), "");
    c.tell(
        "slope of the error where h is small",
        slope(1e-8, 1e-11),
        "",
    );
    // Of sin(x + ih) the imaginary part is cos x sinh h: no difference, nothing cancels.
    let complex = |h: f64| (1f64.cos() * h.sinh() / h - 1f64.cos()).abs().max(U64);
    let line = |label: &str, points: Vec<(f64, f64)>| Line {
        label: label.into(),
        points,
    };
    let measured = |from, single| {
        let errors = steps(from, 0, 4).map(|h| (h, typical_error(sin, h, single)));
        errors.collect::<Vec<_>>()
    };
    c.plot(Plot::Series(Series {
        title:
            "Rounding falls with 1/h, the formula's own error grows with h²: in between it is best"
                .into(),
        x: "step h".into(),
        y: "error of the slope of sin".into(),
        log_x: true,
        log_y: true,
        lines: vec![
            line("f32", measured(-6, true)),
            line("f64", measured(-14, false)),
            line(
                "complex",
                steps(-14, 0, 4).map(|h| (h, complex(h))).collect(),
            ),
        ],
    }));
}

fn gradient_by_hand(c: &mut Check) {
    // f = x₀² + x₀x₁ + x₁x₂ has the gradient [2x₀ + x₁, x₀ + x₂, x₁] = [4, 4, 2].
    let x = array![1.0, 2.0, 3.0];
    c.given("x", &x);
    c.given("h", &0.5);
    let f = |x: &ArrayRef1<f64>| x[0] * x[0] + x[0] * x[1] + x[1] * x[2];
    let name = "gradient of x₀² + x₀x₁ + x₁x₂";
    c.observe(name, &gradient_fd(f, &x, 0.5), T64);
}

fn gradient_of_a_cubic(c: &mut Check) {
    // Each component is 3aᵢxᵢ² + aᵢh², and the ends are coupled.
    let (a, mut x) = (c.normal(5), c.normal(5) * 2.0);
    x[2] = 0.0;
    c.given("a", &a);
    c.given("x", &x);
    c.given("h", &0.0625);
    // The same numbers backwards, at every second place: a view with a negative stride.
    let spread = Array1::from_shape_fn(10, |i| if i % 2 == 1 { x[4 - i / 2] } else { 9.0 });
    let x = spread.slice(s![..;-2]);
    let f = |x: &ArrayRef1<f64>| (x * x * x * &a).sum() + x[0] * x[4];
    let name = "gradient of Σ aᵢxᵢ³ + x₀x₄";
    c.observe(name, &gradient_fd(f, &x, 0.0625), T64);
}

fn linear_form(c: &mut Check) {
    for n in [0, 1, 4] {
        let (a, x) = (c.normal(n), c.normal(n));
        c.given(&format!("a, n = {n}"), &a);
        c.given(&format!("x, n = {n}"), &x);
        c.given(&format!("h, n = {n}"), &0.125);
        let gradient = gradient_fd(|x: &ArrayRef1<f64>| a.dot(x), &x, 0.125);
        c.observe(&format!("gradient of ⟨a, x⟩, n = {n}"), &gradient, T64);
    }
}

fn evaluations(c: &mut Check) {
    let (n, calls) = (7, Cell::new(0));
    let x = c.normal(n);
    c.given("x", &x);
    c.given("h", &0.001);
    let counted = |x: &ArrayRef1<f64>| {
        calls.set(calls.get() + 1);
        x.dot(x)
    };
    gradient_fd(counted, &x, 0.001);
    c.at_most("evaluations of f", f64::from(calls.get()), 2.0 * n as f64);
    c.tell("evaluations for 7 coordinates", f64::from(calls.get()), "");
    c.tell("and for a million", 2e6, "");
}
