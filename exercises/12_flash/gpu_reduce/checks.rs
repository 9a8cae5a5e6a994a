use gpu_reduce::{block_sum, sum};
use kit::prelude::*;
use lab::{Buffer, CubeCount, CubeDim, Lab};

pub fn main() {
    checks(&[
        ("a cube sums its block", one_block),
        ("what is missing at the end counts as zero", ragged),
        ("sums of sums come down to one number", levels),
        ("each number is loaded once, and nobody adds alone", costs),
        ("a tree keeps the digits that a loop loses", digits),
    ])
}

/// Launches one level and observes its partial sums; nothing if it was caught at something.
fn observe_level(c: &mut Check, x: &[f32], block: usize) -> Option<()> {
    let n = x.len();
    c.given(&format!("x of {n}"), x);
    let lab = Lab::new();
    let cubes = n.div_ceil(block);
    let (x, partial) = (lab.upload("x", x), lab.allocate("partial", cubes));
    block_sum::launch::<f32>(
        &lab.client(),
        CubeCount::Static(cubes as u32, 1, 1),
        CubeDim::new_1d(block as u32),
        lab.argument(&x),
        lab.argument(&partial),
        block,
    );
    lab.run(c, &format!("n = {n}, B = {block}"))?;
    c.observe(&format!("partial of {n}"), &lab.numbers(&partial), EXACT);
    Some(())
}

/// Small whole numbers, whose sums f32 holds exactly.
fn whole(c: &mut Check, n: usize) -> Vec<f32> {
    let draws = c.normal(n);
    draws.iter().map(|x| (4.0 * x).round() as f32).collect()
}

fn one_block(c: &mut Check) {
    // 3 and 7 in one step; 10 and 26 in two; then some numbers in four.
    let counted = |n: u8| (1..=n).map(f32::from).collect();
    for (x, block) in [(counted(4), 2), (counted(8), 4), (whole(c, 16), 16)] {
        // What is caught once would only be caught again.
        if observe_level(c, &x, block).is_none() {
            return;
        }
    }
}

fn ragged(c: &mut Check) {
    for (n, block) in [(5, 4), (3, 8), (1, 2), (70, 32)] {
        let x = whole(c, n);
        if observe_level(c, &x, block).is_none() {
            return;
        }
    }
}

/// The answer's sum of x, as a buffer on a device of its own.
fn summed(x: &[f32], block: usize) -> (Lab, Buffer<f32>) {
    let lab = Lab::new();
    let x = lab.upload("x", x);
    let total = sum(&lab, x, block);
    (lab, total)
}

fn levels(c: &mut Check) {
    // Two levels, then one, none, and four.
    for (n, block) in [(16, 4), (4, 4), (1, 4), (100, 4)] {
        // All positive: what is left out cannot happen to sum to nothing.
        let x: Vec<f32> = whole(c, n).iter().map(|x| x.abs() + 1.0).collect();
        c.given(&format!("x of {n}"), &x);
        let (lab, total) = summed(&x, block);
        if lab.run(c, &format!("n = {n}")).is_none() {
            return;
        }
        c.observe(&format!("sum of {n}"), &lab.numbers(&total), EXACT);
    }
}

fn costs(c: &mut Check) {
    let (n, block) = (1000, 64);
    let x = whole(c, n);
    let (lab, _) = summed(&x, block);
    let Some(run) = lab.run(c, "n = 1000, B = 64") else {
        return;
    };
    // 1000, 16 and then one number: two levels.
    let loads = run.loads("x") + run.loads("partial");
    c.at_most("loads", loads, (1000 + 16) as f64);
    c.at_most("stores", run.stores("partial"), (16 + 1) as f64);
    c.at_most(
        "bytes of shared memory",
        run.shared_bytes(),
        (4 * block) as f64,
    );
    c.at_most("barriers of a cube", run.barriers_per_cube(), 7.0);
    // One load, one number put into shared memory; three accesses a step; the result. A step may
    // take four.
    c.at_most(
        "accesses of the busiest unit",
        run.busiest_unit(),
        (4 * 6 + 5) as f64,
    );
    c.tell("steps of the tree, B = 64", 6.0, "");
    c.tell("accesses of the busiest unit", run.busiest_unit(), "");
    c.tell(
        "of all loads are those of the first level",
        100.0 * 1000.0 / loads,
        "%",
    );
}

fn digits(c: &mut Check) {
    let n = 1 << 15;
    let x = vec![0.1f32; n];
    let (lab, total) = summed(&x, 256);
    if lab.run(c, "n = 32768, B = 256").is_none() {
        return;
    }
    // Each number takes part in 15 additions, each of which rounds by at most 2⁻²⁴.
    let exact = n as f64 * f64::from(0.1f32);
    let bound = 2.0 * 15.0 * exact / f64::from(1 << 24);
    let close = Tolerance::Close {
        atol: bound,
        rtol: 0.0,
    };
    c.observe("sum of 32768 times 0.1", &lab.numbers(&total), close);
    let loop_sum: f32 = x.iter().sum();
    let error = |sum: f64| (sum - exact).abs() / exact;
    c.tell(
        "relative error of a loop in f32",
        error(f64::from(loop_sum)),
        "",
    );
    let tree = lab
        .read(&total)
        .first()
        .map_or(f64::NAN, |&sum| error(f64::from(sum)));
    c.tell("relative error of the tree", tree, "");
}
