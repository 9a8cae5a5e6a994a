use gpu_race_fix::block_scan;
use kit::prelude::*;
use lab::{CubeCount, CubeDim, Lab, Run};

pub fn main() {
    checks(&[
        ("of two numbers the second gets the sum", two),
        ("a sum is read before its owner adds to it", one_block),
        ("each block begins anew", blocks),
        ("units without a number come to every barrier", ragged),
        ("the last of a block is its sum", totals),
        (
            "nobody adds alone, and two barriers a step are enough",
            costs,
        ),
    ])
}

/// Small whole numbers, whose sums `f32` holds exactly.
fn whole(c: &mut Check, n: usize) -> Vec<f32> {
    let draws = c.normal(n);
    draws.iter().map(|x| (4.0 * x).round() as f32).collect()
}

/// Launches the kernel and observes what it is caught at; if that is nothing, there are sums.
fn scan(c: &mut Check, x: &[f32], block: usize) -> Option<(Vec<f64>, Run)> {
    let n = x.len();
    let lab = Lab::new();
    let (x, out) = (lab.upload("x", x), lab.allocate::<f32>("out", n));
    block_scan::launch::<f32>(
        &lab.client(),
        CubeCount::Static(n.div_ceil(block) as u32, 1, 1),
        CubeDim::new_1d(block as u32),
        lab.argument(&x),
        lab.argument(&out),
        block,
    );
    let run = lab.run(c, &format!("n = {n}, B = {block}"))?;
    Some((lab.numbers(&out), run))
}

/// Names the input, launches, and observes the sums.
fn observe(c: &mut Check, x: &[f32], block: usize) -> Option<()> {
    let n = x.len();
    c.given(&format!("x of {n}"), x);
    let (out, _) = scan(c, x, block)?;
    c.observe(&format!("out of {n}"), &out, EXACT);
    Some(())
}

fn two(c: &mut Check) {
    observe(c, &[3.0, 4.0], 2);
}

fn one_block(c: &mut Check) {
    // 1, 3, 6, 10; then 1, 2, …, 8; then some numbers in four steps.
    for x in [vec![1.0, 2.0, 3.0, 4.0], vec![1.0; 8], whole(c, 16)] {
        // What is caught once would only be caught again.
        if observe(c, &x, x.len()).is_none() {
            return;
        }
    }
}

fn blocks(c: &mut Check) {
    let x = whole(c, 12);
    observe(c, &x, 4);
}

fn ragged(c: &mut Check) {
    for (n, block) in [(5, 4), (3, 8), (1, 2), (13, 8)] {
        let x = whole(c, n);
        if observe(c, &x, block).is_none() {
            return;
        }
    }
}

fn totals(c: &mut Check) {
    let (n, block) = (150, 64);
    let x = whole(c, n);
    c.given("x", &x);
    let Some((out, _)) = scan(c, &x, block) else {
        return;
    };
    let ends: Vec<f64> = [63, 127, 149].map(|end| out[end]).to_vec();
    c.observe("last of each block", &ends, EXACT);
    let sums = x
        .chunks(block)
        .map(|part| f64::from(part.iter().sum::<f32>()));
    let same = sums.zip(&ends).all(|(sum, end)| sum == *end);
    c.holds(same, "the last element of a block is the sum of the block");
}

fn costs(c: &mut Check) {
    let (n, block, steps) = (500, 64, 6.0);
    let x = whole(c, n);
    let Some((_, run)) = scan(c, &x, block) else {
        return;
    };
    c.at_most("loads of x", run.loads("x"), n as f64);
    c.at_most("stores to out", run.stores("out"), n as f64);
    c.at_most(
        "barriers of a cube",
        run.barriers_per_cube(),
        1.0 + 2.0 * steps,
    );
    // A load and a store at either end; a step reads two sums and writes one, or two with a copy.
    let busiest = run.busiest_unit();
    c.at_most("accesses of the busiest unit", busiest, 5.0 * steps + 6.0);
    c.tell("barriers of a cube, B = 64", run.barriers_per_cube(), "");
    c.tell("accesses of the busiest unit", busiest, "");
    c.tell(
        "accesses of a unit that adds alone",
        2.0 * block as f64,
        "at least",
    );
    // With reach r, B − r units add: 64·6 − 63.
    c.tell("additions in six steps, B = 64", 321.0, "");
    c.tell("additions in a loop, B = 64", (block - 1) as f64, "");
}
