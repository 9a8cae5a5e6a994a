use kit::count::{Counted, operations};
use kit::prelude::*;
use scalar_tape::Tape;
use std::f64::consts::LN_2;

pub fn main() {
    checks(&[
        ("a leaf depends on itself alone", leaves),
        ("a sum passes on what it gets, to both", sums),
        ("the slope along one factor is the other", products),
        ("a larger denominator makes a smaller quotient", quotients),
        ("exp is its own slope", exponentials),
        ("ln is steeper nearer to 0", logarithms),
        ("relu passes on all or nothing", rectifiers),
        ("contributions from all readers add up", readers),
        ("a reader's adjoint is complete before it is used", arms),
        ("what out does not depend on has the adjoint 0", bystanders),
        ("an infinite slope is no error", infinities),
        ("the sweep back agrees with the pass forwards", programs),
        ("two operations for each node read are enough", sweep_cost),
        ("a long tape does not overflow the stack", long_tape),
    ])
}

/// Names the leaves a, b, …, builds on them, then observes all adjoints for the node that
/// `build` returns. Returns its value.
fn case<const N: usize>(
    c: &mut Check,
    name: &str,
    leaves: [f64; N],
    build: impl FnOnce(&mut Tape, [u32; N]) -> u32,
) -> f64 {
    c.given(&format!("leaves of {name}"), &leaves.to_vec());
    let mut t = Tape::default();
    let nodes = leaves.map(|x| t.leaf(x));
    let out = build(&mut t, nodes);
    c.observe(&format!("adjoints for {name}"), &t.grad(out), T64);
    t.value(out)
}

/// The same, and observes the value, too.
fn with_value<const N: usize>(
    c: &mut Check,
    name: &str,
    leaves: [f64; N],
    build: impl FnOnce(&mut Tape, [u32; N]) -> u32,
) {
    let value = case(c, name, leaves, build);
    c.observe(&format!("value of {name}"), &value, T64);
}

fn leaves(c: &mut Check) {
    case(c, "b", [3.0, 4.0], |_, [_, b]| b); // [0 1]
    case(c, "a, with b after it", [3.0, 4.0], |_, [a, _]| a); // [1 0]
}

fn sums(c: &mut Check) {
    with_value(c, "a + b", [3.0, 4.0], |t, [a, b]| t.add(a, b)); // [1 1 1]
    case(c, "a + a", [3.0], |t, [a]| t.add(a, a)); // [2 1]
}

fn products(c: &mut Check) {
    with_value(c, "a·b", [3.0, 5.0], |t, [a, b]| t.mul(a, b)); // [5 3 1]
    case(c, "a·a", [3.0], |t, [a]| t.mul(a, a)); // [6 1]
}

fn quotients(c: &mut Check) {
    with_value(c, "a/b", [6.0, 2.0], |t, [a, b]| t.div(a, b)); // [½ −3/2 1]
    case(c, "a/a", [5.0], |t, [a]| t.div(a, a)); // [0 1]
}

fn exponentials(c: &mut Check) {
    with_value(c, "exp a", [LN_2], |t, [a]| t.exp(a)); // [2 1]
    case(c, "exp(a·b)", [0.0, 3.0], |t, [a, b]| {
        let product = t.mul(a, b); // exp 0 = 1: [3 0 1 1]
        t.exp(product)
    });
}

fn logarithms(c: &mut Check) {
    with_value(c, "ln a", [4.0], |t, [a]| t.ln(a)); // [¼ 1]
    case(c, "ln a near 0", [0.125], |t, [a]| t.ln(a)); // [8 1]
}

fn rectifiers(c: &mut Check) {
    for (name, x) in [("relu 2", 2.0), ("relu(−3)", -3.0)] {
        with_value(c, name, [x], |t, [a]| t.relu(a)); // [1 1], [0 1]
    }
    case(c, "relu 0 + relu(−3)", [0.0, -3.0], |t, [a, b]| {
        let (kink, cut) = (t.relu(a), t.relu(b)); // [0 0 1 1 1]
        t.add(kink, cut)
    });
    case(c, "relu(a·b)", [3.0, 5.0], |t, [a, b]| {
        let product = t.mul(a, b); // [5 3 1 1]
        t.relu(product)
    });
}

fn readers(c: &mut Check) {
    case(c, "(a + b)·a", [3.0, 2.0], |t, [a, b]| {
        let sum = t.add(a, b); // [8 3 3 1]
        t.mul(sum, a)
    });
    case(c, "a·b + b/a", [2.0, 6.0], |t, [a, b]| {
        let (product, quotient) = (t.mul(a, b), t.div(b, a)); // [6 − 3/2, 2 + ½, 1 1 1]
        t.add(product, quotient)
    });
}

fn arms(c: &mut Check) {
    // s = a + b = 5 reaches q directly and through p = s·a. The adjoints of q, p, s are 1, 5
    // and 15 + 5·3 = 30; that of b is 30, that of a 30 + 5·5.
    case(c, "s·(s·a), s = a + b", [3.0, 2.0], |t, [a, b]| {
        let s = t.add(a, b);
        let p = t.mul(s, a);
        t.mul(s, p)
    });
}

fn bystanders(c: &mut Check) {
    case(c, "a·b, with more after it", [3.0, 5.0], |t, [a, b]| {
        let product = t.mul(a, b);
        let later = t.add(product, b);
        t.mul(later, later);
        product // [5 3 1 0 0]
    });
    // Both logarithms are of 0, so their slopes are infinite, but out reads neither.
    case(
        c,
        "a + b, beside logarithms of 0",
        [0.0, 5.0],
        |t, [a, b]| {
            t.ln(a);
            let sum = t.add(a, b);
            t.ln(a);
            sum
        },
    );
    let mut t = Tape::default();
    let (a, b) = (t.leaf(2.0), t.leaf(7.0));
    c.given("a and b of f and g", &vec![2.0, 7.0]);
    let (f, g) = (t.mul(a, b), t.div(b, a));
    let both = t.add(f, g);
    let (f, g, both) = (t.grad(f), t.grad(g), t.grad(both));
    c.observe("adjoints for a·b of f and g", &f[..2], T64);
    c.observe("adjoints for b/a of f and g", &g[..2], T64);
    for node in 0..2 {
        let law = "one tape serves several sweeps, and ∇(f + g) = ∇f + ∇g";
        c.close(both[node], f[node] + g[node], T64, law);
    }
}

fn infinities(c: &mut Check) {
    with_value(c, "ln 0", [0.0], |t, [a]| t.ln(a)); // −∞, slope ∞
    with_value(c, "a/0", [1.0, 0.0], |t, [a, b]| t.div(a, b)); // ∞, slopes ∞ and −∞
    with_value(c, "ln(relu(−1))", [-1.0], |t, [a]| {
        let cut = t.relu(a); // −∞, and a moves nothing
        t.ln(cut)
    });
}

/// An operation: which one, and the nodes that it reads.
type Step = [u32; 3];
const ADD: u32 = 0;
const MUL: u32 = 1;
const DIV: u32 = 2;
const EXP: u32 = 3;
const LN: u32 = 4;
const RELU: u32 = 5;

/// The value of a step and how fast it moves, from those of the nodes that it reads.
fn forwards([op, ..]: Step, (a, da): (f64, f64), (b, db): (f64, f64)) -> (f64, f64) {
    match op {
        ADD => (a + b, da + db),
        MUL => (a * b, a * db + b * da),
        DIV => (a / b, (da - a / b * db) / b),
        EXP => (a.exp(), a.exp() * da),
        LN => (a.ln(), da / a),
        _ => (a.max(0.0), if a > 0.0 { da } else { 0.0 }),
    }
}

/// A program of `length` steps whose numbers stay of moderate size: a step that would leave
/// them becomes a relu or a sum. Also its numbers, with the slopes along `dir`.
fn draw_program(
    c: &mut Check,
    length: usize,
    leaves: &[f64],
    dir: &[f64],
) -> (Vec<Step>, Vec<(f64, f64)>) {
    let mut numbers: Vec<_> = std::iter::zip(leaves.iter().copied(), dir.iter().copied()).collect();
    let mut steps = Vec::new();
    while steps.len() < length {
        // One of the latest four is read, so that the last depends on much of the rest.
        let op = c.rng().below(6);
        let a = numbers.len() - 1 - c.rng().below(4);
        let b = c.rng().below(numbers.len());
        let step = [op as u32, a as u32, b as u32];
        let (x, y) = (numbers[a], numbers[b]);
        let moderate = |(v, d): (f64, f64)| v.abs() < 10.0 && d.abs() < 100.0;
        let tame = match step[0] {
            DIV => y.0.abs() > 0.2,
            LN => x.0 > 0.2,
            RELU => x.0.abs() > 0.01,
            _ => true,
        };
        let next = forwards(step, x, y);
        if tame && moderate(next) {
            steps.push(step);
            numbers.push(next);
        }
    }
    (steps, numbers)
}

fn programs(c: &mut Check) {
    for name in ["1", "2", "3", "4"] {
        let (leaves, dir) = (c.normal(4), c.normal(4));
        let (steps, numbers) = draw_program(c, 24, &leaves.to_vec(), &dir.to_vec());
        c.given(&format!("leaves of program {name}"), &leaves);
        let shown = "operation and nodes read, program";
        c.given(&format!("{shown} {name}"), &steps);
        let mut t = Tape::default();
        for &x in &leaves {
            t.leaf(x);
        }
        for &[op, a, b] in &steps {
            match op {
                ADD => t.add(a, b),
                MUL => t.mul(a, b),
                DIV => t.div(a, b),
                EXP => t.exp(a),
                LN => t.ln(a),
                _ => t.relu(a),
            };
        }
        let out = numbers.len() - 1;
        let adjoints = t.grad(out as u32);
        let of_leaves = Array1::from(adjoints).slice_move(s![..4]);
        c.observe(
            &format!("value of program {name}"),
            &t.value(out as u32),
            T64,
        );
        c.observe(&format!("gradient of program {name}"), &of_leaves, G64);
        c.close(
            of_leaves.dot(&dir),
            numbers[out].1,
            G64,
            "⟨gradient, d⟩ is how fast out moves when the leaves move along d",
        );
    }
}

/// x doubled k times, each time as a sum of two nodes that both read the one before: all
/// slopes are 1, so that the adjoint of x counts the paths.
fn diamonds<R: Real>(k: usize) -> (Tape<R>, u32) {
    let mut t = Tape::default();
    let mut x = t.leaf(R::of(1.0));
    let one = t.leaf(R::of(1.0));
    for _ in 0..k {
        let (left, right) = (t.mul(x, one), t.mul(one, x));
        x = t.add(left, right);
    }
    (t, x)
}

fn sweep_cost(c: &mut Check) {
    let (t, out) = diamonds::<Counted>(8);
    // Each of 24 nodes reads two. A quarter more, for those who begin their sums with 0.
    c.flops(
        "operations of the sweep, 8 diamonds",
        24 * 2 * 2 * 5 / 4,
        || t.grad(out),
    );
    let paths = |k: usize| {
        let (t, out) = diamonds::<f64>(k);
        t.grad(out)[0]
    };
    let sweep = |k: usize| {
        let (t, out) = diamonds::<Counted>(k);
        operations(|| t.grad(out)).1.flops() as f64
    };
    let program = |k: usize| operations(|| diamonds::<Counted>(k)).1.flops() as f64;
    c.tell("12 diamonds in a row, forwards", program(12), "operations");
    c.tell("and backwards", sweep(12), "operations");
    c.tell("paths from one end to the other", paths(12), "");
    let line = |label: &str, cost: &dyn Fn(usize) -> f64| Line {
        label: label.into(),
        points: (1..=12).map(|k| (k as f64, cost(k))).collect(),
    };
    c.plot(Plot::Series(Series {
        title: "Paths multiply with each diamond; a sweep that shares them adds".into(),
        x: "diamonds in a row".into(),
        y: "how many".into(),
        log_x: false,
        log_y: true,
        lines: vec![line("paths", &paths), line("operations", &sweep)],
    }));
}

fn long_tape(c: &mut Check) {
    // x + x + … + x with 100,000 signs: the slope is 100,001.
    let signs = 100_000;
    c.given("x", &0.5);
    c.given("signs", &signs);
    let ((t, x, sum), tape) = kit::alloc::count(|| {
        let mut t = Tape::default();
        let x = t.leaf(0.5);
        let mut sum = x;
        for _ in 0..signs {
            sum = t.add(sum, x);
        }
        (t, x, sum)
    });
    // One number a node; three times that for those who keep a list of what is to do.
    let adjoints = c.peak_bytes("peak bytes of the sweep", 24 * signs, || t.grad(sum));
    c.observe("∂sum/∂x", &adjoints[x as usize], T64);
    let node = std::mem::size_of::<(f64, [u32; 2], [f64; 2])>();
    c.tell("a node of the tape", node as f64, "bytes");
    c.tell("nodes", t.values.len() as f64, "");
    c.tell(
        "the tape at most, while it grew",
        tape.peak_bytes as f64,
        "bytes: a Vec doubles",
    );
    c.tell("the adjoints", 8.0 * adjoints.len() as f64, "bytes");
}
