use forward_vs_reverse::Op::{Add, Mul};
use forward_vs_reverse::{Op, gradient_forward, gradient_reverse, predict_ratio};
use kit::count::{Counted, operations};
use kit::prelude::*;

pub fn main() {
    checks(&[
        ("each input moves a product by the other factor", product),
        ("a sum passes its slope on, a product multiplies it", mixed),
        ("what is read twice gathers twice", squares),
        ("both modes find the same gradient", programs),
        ("forward mode costs one pass for each input", forward_cost),
        ("reverse mode costs one sweep, whatever n is", reverse_cost),
        ("the ratio follows from n, products and sums alone", ratio),
    ])
}

/// Names program and x, then observes the gradient by both modes.
fn both(c: &mut Check, name: &str, program: &[Op], x: &ArrayRef1<f64>) -> [Array1<f64>; 2] {
    let row = |op: &Op| match *op {
        Add(a, b) => [0, a, b],
        Mul(a, b) => [1, a, b],
    };
    let rows: Vec<[usize; 3]> = program.iter().map(row).collect();
    c.given(&format!("× or not, and what it reads: {name}"), &rows);
    c.given(&format!("x of {name}"), x);
    let gradients = [gradient_forward(program, x), gradient_reverse(program, x)];
    for (mode, gradient) in ["forwards", "backwards"].iter().zip(&gradients) {
        c.observe(&format!("gradient {mode}, {name}"), gradient, G64);
    }
    gradients
}

fn product(c: &mut Check) {
    both(c, "x₀·x₁", &[Mul(0, 1)], &array![2.0, 5.0]); // [5 2]
}

fn mixed(c: &mut Check) {
    // (x₀ + x₁)·x₂: [7 7 5]. The second x is every other element of a longer array.
    let program = [Add(0, 1), Mul(3, 2)];
    both(c, "(x₀ + x₁)·x₂", &program, &array![2.0, 3.0, 7.0]);
    let spread = array![4.0, 9.0, 1.0, 9.0, 0.5];
    both(c, "the same as a view", &program, &spread.slice(s![..;2])); // [½ ½ 5]
}

fn squares(c: &mut Check) {
    both(c, "x·x", &[Mul(0, 0)], &array![3.0]); // [6]
    both(c, "x + x", &[Add(0, 0)], &array![3.0]); // [2]
    // s·s + s, s = x₀ + x₁: 2s + 1 for both.
    let program = [Add(0, 1), Mul(2, 2), Add(3, 2)];
    both(c, "s·s + s, s = x₀ + x₁", &program, &array![1.0, 2.0]); // [7 7]
}

fn programs(c: &mut Check) {
    for name in ["program 1", "program 2"] {
        let n = 5;
        let x = c.normal(n);
        let (mut program, mut values) = (Vec::new(), x.to_vec());
        for numbers in n..n + 12 {
            // One of the latest three is read, so that the last depends on much of the rest.
            let (a, b) = (numbers - 1 - c.rng().below(3), c.rng().below(numbers));
            let (sum, product) = (values[a] + values[b], values[a] * values[b]);
            let tame = (0.1..10.0).contains(&product.abs());
            let multiplies = c.rng().below(3) > 0 && tame;
            program.push(if multiplies { Mul(a, b) } else { Add(a, b) });
            values.push(if multiplies { product } else { sum });
        }
        let [forward, reverse] = both(c, name, &program, &x);
        let d = c.normal(n);
        let law = "⟨gradient, d⟩ is the same by both";
        c.close(forward.dot(&d), reverse.dot(&d), G64, law);
    }
}

/// x₀ ∘ x₁ ∘ … with n − 1 products or sums.
fn chain(n: usize, op: fn(usize, usize) -> Op) -> Vec<Op> {
    (1..n)
        .map(|i| op(if i == 1 { 0 } else { n + i - 2 }, i))
        .collect()
}

fn ones(n: usize) -> Array1<Counted> {
    Array1::from_elem(n, Counted(1.0))
}

fn forward_cost(c: &mut Check) {
    let n = 16;
    c.given("numbers in a row", &n);
    c.flops("operations for a product of 16", n * 15 * 4, || {
        gradient_forward(&chain(n, Mul), &ones(n))
    });
    c.flops("operations for a sum of 16", n * 15 * 2, || {
        gradient_forward(&chain(n, Add), &ones(n))
    });
}

fn reverse_cost(c: &mut Check) {
    let n = 16;
    c.given("numbers in a row", &n);
    c.flops("operations back for a product of 16", 15 * 5, || {
        gradient_reverse(&chain(n, Mul), &ones(n))
    });
    c.flops("operations back for a sum of 16", 15 * 3, || {
        gradient_reverse(&chain(n, Add), &ones(n))
    });
}

fn ratio(c: &mut Check) {
    // 4/5, 2/3, 8/5, 12/8, 10·34/44, 512·4/5: n, products, sums.
    let cases = [
        [1, 1, 0],
        [1, 0, 1],
        [2, 1, 0],
        [2, 1, 1],
        [10, 7, 3],
        [512, 9, 0],
    ];
    c.given("n, products, sums", &cases.to_vec());
    let ratios: Vec<f64> = cases
        .iter()
        .map(|&[n, m, a]| predict_ratio(n, m, a))
        .collect();
    c.observe("ratios", &ratios, T64);
    look_back(c);
}

fn look_back(c: &mut Check) {
    let forward = |n: usize| {
        operations(|| gradient_forward(&chain(n, Mul), &ones(n)))
            .1
            .flops()
    };
    let reverse = |n: usize| {
        operations(|| gradient_reverse(&chain(n, Mul), &ones(n)))
            .1
            .flops()
    };
    let sizes = [2, 4, 8, 16, 32, 64, 128, 256];
    for n in [2, 256] {
        let counted = forward(n) as f64 / reverse(n) as f64;
        let name = format!("ratio for a product of {n}, predicted");
        c.tell(&name, predict_ratio(n as u64, n as u64 - 1, 0), "");
        c.tell("and counted", counted, "");
    }
    c.tell(
        "products backwards, against the program",
        reverse(256) as f64 / 255.0,
        "times",
    );
    let line = |label: &str, cost: &dyn Fn(usize) -> u64| Line {
        label: label.into(),
        points: sizes.map(|n| (n as f64, cost(n) as f64)).to_vec(),
    };
    c.plot(Plot::Series(Series {
        title: "products: forward mode costs 4n times the program, reverse mode 5 times".into(),
        x: "n, numbers multiplied".into(),
        y: "operations".into(),
        log_x: true,
        log_y: true,
        lines: vec![
            line("forwards", &forward),
            line("backwards", &reverse),
            line("program", &|n| n as u64 - 1),
        ],
    }));
}
