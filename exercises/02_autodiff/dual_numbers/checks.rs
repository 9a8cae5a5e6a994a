use dual_numbers::{Dual, add, constant, div, exp, jvp, ln, mul, powi, tanh};
use kit::count::{Counted, operations};
use kit::prelude::*;
use std::cell::Cell;
use std::f64::consts::LN_2;

pub fn main() {
    checks(&[
        ("a constant does not move", constants),
        ("a sum moves as fast as its terms together", sums),
        ("in a product, the term with ε² is dropped", products),
        (
            "a quotient times its denominator is the numerator",
            quotients,
        ),
        (
            "exp multiplies the derivative that comes in by itself",
            exponentials,
        ),
        ("ln undoes exp, and its derivative too", logarithms),
        ("tanh slows down as it nears ±1", hyperbolic_tangents),
        (
            "the derivative of a power has one exponent less; x⁰ is constant",
            powers,
        ),
        ("dual numbers obey the laws of algebra", algebra),
        ("each input moves as fast as the direction says", directions),
        ("the derivative is linear in the direction", linearity),
        ("the gradient is the derivative", gradient),
        ("one evaluation is enough", evaluations),
        (
            "a sum takes two operations, a product four",
            operations_needed,
        ),
    ])
}

fn dual(v: f64, d: f64) -> Dual {
    Dual { v, d }
}

fn pair(a: Dual) -> Vec<f64> {
    vec![a.v, a.d]
}

/// Names a number as [v, d], then observes what the answer's function makes of it.
fn one(c: &mut Check, a: Dual, f: fn(Dual) -> Dual, name: &str) -> Dual {
    c.given(&format!("a of {name}, as v and d"), &pair(a));
    let result = f(a);
    c.observe(name, &pair(result), T64);
    result
}

/// The same for two numbers.
fn two(c: &mut Check, (a, b): (Dual, Dual), f: fn(Dual, Dual) -> Dual, name: &str) -> Dual {
    c.given(&format!("a of {name}, as v and d"), &pair(a));
    c.given(&format!("b of {name}, as v and d"), &pair(b));
    let result = f(a, b);
    c.observe(name, &pair(result), T64);
    result
}

fn constants(c: &mut Check) {
    for v in [4.0, -0.5] {
        c.given(&format!("v = {v}"), &v);
        c.observe(&format!("constant {v}"), &pair(constant(v)), T64);
    }
}

fn sums(c: &mut Check) {
    two(c, (dual(2.0, 3.0), dual(5.0, 7.0)), add, "a + b"); // 7 + 10ε
    two(c, (dual(4.0, 0.0), dual(-1.0, 2.0)), add, "4 + b"); // 3 + 2ε
}

fn products(c: &mut Check) {
    two(c, (dual(2.0, 3.0), dual(5.0, 7.0)), mul, "a·b"); // 10 + 29ε
    two(c, (dual(3.0, 1.0), dual(3.0, 1.0)), mul, "x·x"); // 9 + 6ε
    let square = two(c, (dual(0.0, 1.0), dual(0.0, 1.0)), mul, "ε·ε");
    c.close(square.d, 0.0, T64, "ε² = 0, so that ε·ε = 0 + 0ε");
}

fn quotients(c: &mut Check) {
    let (a, b) = (dual(6.0, 1.0), dual(2.0, 3.0));
    let quotient = two(c, (a, b), div, "a/b"); // 3 + (1·2 − 6·3)/4 ε = 3 − 4ε
    two(c, (dual(1.0, 0.0), dual(2.0, 1.0)), div, "1/x"); // ½ − ¼ε
    two(c, (dual(3.0, 5.0), dual(4.0, 0.0)), div, "x/4"); // ¾ + 1¼ε
    c.close(mul(quotient, b).d, a.d, T64, "(a/b)·b = a, beside ε too");
}

fn exponentials(c: &mut Check) {
    one(c, dual(0.0, 3.0), exp, "exp(3ε)"); // 1 + 3ε
    one(c, dual(LN_2, 0.25), exp, "exp(ln 2 + ¼ε)"); // 2 + ½ε
}

fn logarithms(c: &mut Check) {
    one(c, dual(2.0, 3.0), ln, "ln(2 + 3ε)"); // 0.693 + 1½ε
    one(c, dual(0.5, 4.0), ln, "ln(½ + 4ε)"); // −0.693 + 8ε
    let back = exp(ln(dual(3.0, 5.0)));
    c.close(back.d, 5.0, T64, "exp(ln(3 + 5ε)) = 3 + 5ε");
}

fn hyperbolic_tangents(c: &mut Check) {
    // tanh(½ ln 3) = (3 − 1)/(3 + 1) = ½, and 1 − ¼ = ¾.
    one(c, dual(0.5 * 3f64.ln(), 4.0), tanh, "tanh(½ ln 3 + 4ε)"); // ½ + 3ε
    one(c, dual(0.0, 2.0), tanh, "tanh(2ε)"); // 0 + 2ε
    one(c, dual(800.0, 1.0), tanh, "tanh(800 + ε)"); // 1 + 0ε
    one(c, dual(-800.0, 5.0), tanh, "tanh(−800 + 5ε)"); // −1 + 0ε
}

fn powers(c: &mut Check) {
    let cases = [
        (dual(2.0, 3.0), 3, "(2 + 3ε)³"),    // 8 + 36ε
        (dual(-2.0, 1.0), 3, "(−2 + ε)³"),   // −8 + 12ε
        (dual(2.0, 4.0), -2, "(2 + 4ε)⁻²"),  // ¼ − ε
        (dual(-2.0, 1.0), -1, "(−2 + ε)⁻¹"), // −½ − ¼ε
        (dual(7.0, 2.0), 1, "(7 + 2ε)¹"),    // 7 + 2ε
        (dual(7.0, 2.0), 0, "(7 + 2ε)⁰"),    // 1 + 0ε
        (dual(0.0, 5.0), 1, "(5ε)¹"),        // 0 + 5ε
        (dual(0.0, 5.0), 2, "(5ε)²"),        // 0 + 0ε
        (dual(0.0, 5.0), 0, "(5ε)⁰"),        // 1 + 0ε
    ];
    for (a, n, name) in cases {
        c.given(&format!("a of {name}, as v and d"), &pair(a));
        c.given(&format!("n of {name}"), &n);
        c.observe(name, &pair(powi(a, n)), T64);
    }
}

fn algebra(c: &mut Check) {
    let draw = |c: &mut Check, name: &str| {
        let numbers = c.normal(2);
        c.given(&format!("{name}, as v and d"), &numbers);
        dual(numbers[0], numbers[1])
    };
    let (x, y, z) = (draw(c, "a"), draw(c, "b"), draw(c, "c"));
    let product = mul(mul(x, y), z);
    c.observe("(a·b)·c", &pair(product), T64);
    let shared = mul(x, add(y, z));
    c.observe("a·(b + c)", &pair(shared), T64);
    let same = |c: &mut Check, left: Dual, right: Dual, law: &str| {
        c.close(left.v, right.v, T64, law);
        c.close(left.d, right.d, T64, law);
    };
    same(c, product, mul(x, mul(y, z)), "(a·b)·c = a·(b·c)");
    same(
        c,
        shared,
        add(mul(x, y), mul(x, z)),
        "a·(b + c) = a·b + a·c",
    );
    same(c, mul(x, y), mul(y, x), "a·b = b·a");
    same(c, powi(x, 3), mul(x, mul(x, x)), "a³ = a·a·a");
}

/// Names x and dir, then observes (f(x), how fast it moves) by the answer.
fn observe_jvp(
    c: &mut Check,
    name: &str,
    f: impl Fn(&[Dual]) -> Dual,
    x: &ArrayRef1<f64>,
    dir: &ArrayRef1<f64>,
) -> f64 {
    c.given(&format!("x of {name}"), x);
    c.given(&format!("dir of {name}"), dir);
    let (value, slope) = jvp(f, x, dir);
    c.observe(
        &format!("value and slope of {name}"),
        &vec![value, slope],
        T64,
    );
    slope
}

fn directions(c: &mut Check) {
    // f = x₀x₁ + 3x₁ at [2, 7] is 35, and its gradient is [x₁, x₀ + 3] = [7, 5].
    let f = |x: &[Dual]| x[0] * x[1] + constant(3.0) * x[1];
    let x = array![2.0, 7.0];
    for (name, dir) in [
        ("f along the first axis", array![1.0, 0.0]),
        ("f along the second", array![0.0, 1.0]),
        ("f along both", array![2.0, -1.0]), // 14 − 5 = 9
        ("f at rest", array![0.0, 0.0]),
    ] {
        observe_jvp(c, name, f, &x, &dir);
    }
    let nothing = Array1::zeros(0);
    observe_jvp(c, "a constant 4", |_| constant(4.0), &nothing, &nothing);
}

/// A function with all operations in it, of five numbers; x₁ is squared, so it may be negative.
fn all_operations<R: Real>(x: &[Dual<R>]) -> Dual<R> {
    let below = exp(x[3]) + constant(R::of(2.0));
    tanh(x[0] * x[1] + x[2]) / below + ln(powi(x[4], 2) + constant(R::of(1.0))) * x[0]
}

fn linearity(c: &mut Check) {
    let (x, u, w) = (c.normal(5), c.normal(10), c.normal(5));
    let u = u.slice(s![..;-2]); // a view that goes backwards
    let both = &u + &w * 2.0;
    let along_u = observe_jvp(c, "g along u", all_operations, &x, &u);
    let along_w = observe_jvp(c, "g along w", all_operations, &x, &w);
    let along_both = observe_jvp(c, "g along u + 2w", all_operations, &x, &both);
    c.close(
        along_both,
        along_u + 2.0 * along_w,
        T64,
        "along u + 2w a function moves as along u, and twice as along w",
    );
}

fn gradient(c: &mut Check) {
    let x = c.normal(5);
    c.given("x", &x);
    let unit = |i| Array1::from_shape_fn(5, |j| if i == j { 1.0 } else { 0.0 });
    let gradient: Array1<f64> = (0..5)
        .map(|i| jvp(all_operations, &x, &unit(i)).1)
        .collect();
    c.observe("gradient of g", &gradient, G64);
    let g = |x: &ArrayRef1<f64>| jvp(all_operations, x, &Array1::zeros(5)).0;
    c.derivative(
        &x,
        &gradient,
        &g,
        "the slopes along the axes make up the slope along any direction",
    );
    let true_slope = 1f64.exp();
    let error = |slope: f64| (slope / true_slope - 1.0).abs();
    c.tell(
        "relative error of exp′ at 1, dual",
        error(exp(dual(1.0, 1.0)).d),
        "",
    );
    let h = 6.9e-6; // the best step, by the cube root of 3u
    let difference = ((1.0 + h).exp() - (1.0 - h).exp()) / (2.0 * h);
    c.tell("and of the best central difference", error(difference), "");
}

fn evaluations(c: &mut Check) {
    let calls = Cell::new(0);
    let f = |x: &[Dual]| {
        calls.set(calls.get() + 1);
        all_operations(x)
    };
    let (x, dir) = (c.normal(5), c.normal(5));
    c.given("x", &x);
    c.given("dir", &dir);
    jvp(f, &x, &dir);
    c.at_most("evaluations of g", f64::from(calls.get()), 1.0);
}

fn operations_needed(c: &mut Check) {
    let number = |v, d| Dual {
        v: Counted(v),
        d: Counted(d),
    };
    let (a, b) = (number(2.0, 3.0), number(5.0, 7.0));
    for (name, numbers) in [("a", a), ("b", b)] {
        c.given(
            &format!("{name}, as v and d"),
            &vec![numbers.v.0, numbers.d.0],
        );
    }
    c.flops("operations of a + b", 2, || add(a, b));
    c.flops("operations of a·b", 4, || mul(a, b));
    look_back(c);
}

/// Operations of Σ xᵢxᵢ₊₁ over n numbers: alone, and for its gradient by n passes.
fn look_back(c: &mut Check) {
    let plain = |n: usize| {
        let x: Vec<Counted> = (0..n).map(|i| Counted(i as f64)).collect();
        let (_, cost) = operations(|| {
            let products = x.windows(2).map(|w| w[0] * w[1]);
            products.reduce(|sum, term| sum + term)
        });
        cost.flops() as f64
    };
    let pass = |n: usize| {
        let x = Array1::from_shape_fn(n, |i| Counted(i as f64));
        let f = |x: &[Dual<Counted>]| {
            let products = x.windows(2).map(|w| w[0] * w[1]);
            let sum = products.reduce(|sum, term| sum + term);
            sum.unwrap_or(constant(Counted(0.0)))
        };
        operations(|| jvp(f, &x, &x)).1.flops() as f64
    };
    c.tell("Σ xᵢxᵢ₊₁ of 64 numbers", plain(64), "operations");
    c.tell("one pass with dual numbers", pass(64), "operations");
    c.tell("its gradient, 64 passes", 64.0 * pass(64), "operations");
    let sizes = [2, 4, 8, 16, 32, 64, 128, 256];
    let line = |label: &str, cost: &dyn Fn(usize) -> f64| Line {
        label: label.into(),
        points: sizes.map(|n| (n as f64, cost(n))).to_vec(),
    };
    c.plot(Plot::Series(Series {
        title: "A gradient by n passes costs n times a pass: the square of n".into(),
        x: "n, numbers that f takes".into(),
        y: "operations".into(),
        log_x: true,
        log_y: true,
        lines: vec![
            line("f", &plain),
            line("a pass", &pass),
            line("gradient", &|n| n as f64 * pass(n)),
        ],
    }));
}
