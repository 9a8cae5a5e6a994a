use gpu_map::{add_gelu, cubes};
use kit::prelude::*;
use lab::{CubeCount, CubeDim, Lab, Run};

pub fn main() {
    checks(&[
        ("every element has a unit, and no cube is idle", grid),
        ("out is the GELU of the sum", by_hand),
        ("units past the end touch nothing", ragged),
        ("far from zero GELU is x, or nothing", tails),
        ("each element is loaded once and stored once", traffic),
    ])
}

/// The sum and tanh round a few times, each by 2⁻²⁴ of a number as large as x.
const T: Tolerance = Tolerance::Close {
    atol: 2e-6,
    rtol: 2e-6,
};

/// Launches the kernel on as many cubes as the answer says; nothing if it was caught at
/// something.
fn launch(c: &mut Check, block: u32, a: &[f32], b: &[f32]) -> Option<(Vec<f64>, Run)> {
    let n = a.len();
    let lab = Lab::new();
    let (a, b) = (lab.upload("a", a), lab.upload("b", b));
    let out = lab.allocate::<f32>("out", n);
    add_gelu::launch::<f32>(
        &lab.client(),
        CubeCount::Static(cubes(n, block), 1, 1),
        CubeDim::new_1d(block),
        lab.argument(&a),
        lab.argument(&b),
        lab.argument(&out),
    );
    let run = lab.run(c, &format!("n = {n}"))?;
    Some((lab.numbers(&out), run))
}

/// Multiples of 1/64: short to read, and their sums are exact.
fn random(c: &mut Check, n: usize, scale: f64) -> Vec<f32> {
    let draws = c.normal(n);
    draws
        .iter()
        .map(|x| ((64.0 * scale * x).round() / 64.0) as f32)
        .collect()
}

/// Names the inputs, launches, and observes the output, if there is one.
fn observe(c: &mut Check, block: u32, a: &[f32], b: &[f32]) -> Option<()> {
    let n = a.len();
    c.given(&format!("a of {n}"), a);
    c.given(&format!("b of {n}"), b);
    let (out, _) = launch(c, block, a, b)?;
    c.observe(&format!("out of {n}"), &out, T);
    Some(())
}

fn grid(c: &mut Check) {
    let cases = [(8, 4), (5, 4), (4, 4), (3, 4), (1, 4), (0, 4), (1000, 256)];
    c.given("n", &cases.map(|(n, _)| n as f64).to_vec());
    c.given("block", &cases.map(|(_, block)| f64::from(block)).to_vec());
    let counts = cases.map(|(n, block)| f64::from(cubes(n, block)));
    c.observe("cubes", &counts.to_vec(), EXACT);
}

fn by_hand(c: &mut Check) {
    // Sums 0, 1, −1, 2, −2, 3, −3, ½: gelu(0) = 0, and gelu(x) − gelu(−x) = x.
    let a = [0.0, 0.5, -0.5, 1.5, -1.5, 1.0, -1.0, 0.75];
    let b = [0.0, 0.5, -0.5, 0.5, -0.5, 2.0, -2.0, -0.25];
    observe(c, 4, &a, &b);
}

fn ragged(c: &mut Check) {
    for (n, block) in [(5, 4), (3, 8), (1, 1), (77, 32)] {
        let (a, b) = (random(c, n, 1.0), random(c, n, 1.0));
        // What is caught once would only be caught again.
        if observe(c, block, &a, &b).is_none() {
            return;
        }
    }
}

fn tails(c: &mut Check) {
    // 10⁴ becomes itself, −10⁴ becomes 0: neither may overflow on the way.
    let a = [1e4, -1e4, 20.0, -20.0, -3.0, -5.0, 1e-6, -1e-6];
    observe(c, 4, &a, &[0.0; 8]);
    let (a, b) = (random(c, 40, 10.0), random(c, 40, 10.0));
    observe(c, 32, &a, &b);
}

fn traffic(c: &mut Check) {
    let n = 1000;
    let (a, b) = (random(c, n, 1.0), random(c, n, 1.0));
    let Some((_, run)) = launch(c, 256, &a, &b) else {
        return;
    };
    c.at_most("loads of a", run.loads("a"), n as f64);
    c.at_most("loads of b", run.loads("b"), n as f64);
    c.at_most("stores to out", run.stores("out"), n as f64);
    let moved = 4.0 * run.traffic();
    c.tell("moved by one kernel for 1000 elements", moved, "bytes");
    // Two kernels write the sum and read it again.
    let two = 4.0 * (run.traffic() + 2.0 * n as f64);
    c.tell("moved by two kernels, add and GELU", two, "bytes");
    c.tell("operations a byte", run.flops() / moved, "FLOP/B");
}
