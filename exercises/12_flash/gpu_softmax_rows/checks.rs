use gpu_softmax_rows::{geometry, softmax_rows};
use kit::prelude::*;
use lab::{Lab, Run, cubes_along, units_along};

pub fn main() {
    checks(&[
        ("every row has a cube", cubes),
        ("a row becomes shares of 1", one_each),
        ("a higher number shrinks what was summed before it", rising),
        ("units with different maxima are merged", merged),
        ("each row is its own", rows),
        ("a unit without a number changes nothing", ragged),
        ("rows far from zero have a softmax, too", far_from_zero),
        ("a number that is masked has no share", masked),
        ("two loads a number, by neighbours together", costs),
    ])
}

/// A few dozen roundings of 2⁻²⁴ each, of shares that are at most 1.
const T: Tolerance = Tolerance::Close {
    atol: 2e-6,
    rtol: 2e-6,
};

/// Launches the kernel and observes what it is caught at; if that is nothing, there are shares.
fn softmax(c: &mut Check, x: &Array2<f64>, block: usize) -> Option<(Array2<f64>, Run)> {
    let (rows, cols) = x.dim();
    let lab = Lab::new();
    let numbers: Vec<f32> = x.iter().map(|&x| x as f32).collect();
    let (x, y) = (lab.upload("x", &numbers), lab.allocate("y", rows * cols));
    let (cubes, units) = geometry(rows, block);
    softmax_rows::launch::<f32>(
        &lab.client(),
        cubes,
        units,
        lab.argument(&x),
        lab.argument(&y),
        cols,
        block,
    );
    let run = lab.run(c, &format!("R = {rows}, C = {cols}, B = {block}"))?;
    let y = Array2::from_shape_vec((rows, cols), lab.numbers(&y)).ok()?;
    Some((y, run))
}

/// Names the input, launches, observes the shares, and states that they make up 1.
fn observe(c: &mut Check, x: &Array2<f64>, block: usize) -> Option<()> {
    let (rows, cols) = x.dim();
    c.given(&format!("x, {rows} x {cols}"), x);
    let (y, _) = softmax(c, x, block)?;
    c.observe(&format!("y, {rows} x {cols}"), &y, T);
    for row in y.rows() {
        c.close(row.sum(), 1.0, T, "the shares of a row sum to 1");
    }
    Some(())
}

/// Multiples of 1/64, which are short to read.
fn random(c: &mut Check, shape: (usize, usize)) -> Array2<f64> {
    c.normal(shape).mapv(|x| (128.0 * x).round() / 64.0)
}

fn cubes(c: &mut Check) {
    let cases = [(1, 2), (3, 8), (100, 64)];
    c.given("rows", &cases.map(|(rows, _)| rows as f64).to_vec());
    c.given("block", &cases.map(|(_, block)| block as f64).to_vec());
    let shapes = cases.map(|(rows, block)| geometry(rows, block));
    let cubes = shapes.iter().map(|(cubes, _)| cubes_along(cubes));
    c.observe("cubes", &cubes.collect::<Vec<_>>(), EXACT);
    let units = shapes.iter().map(|(_, units)| units_along(units));
    c.observe("units of a cube", &units.collect::<Vec<_>>(), EXACT);
}

/// ln x, as `f32` has it.
fn ln(x: f64) -> f64 {
    f64::from(x.ln() as f32)
}

fn one_each(c: &mut Check) {
    // All equal: ¼ each.
    observe(c, &Array2::zeros((1, 4)), 4);
}

fn rising(c: &mut Check) {
    // Each of two units meets a higher number: ⅛ ⅛ ¼ ½, and ⅛ ⅛ ½ ¼.
    let (two, four) = (ln(2.0), ln(4.0));
    observe(c, &array![[0.0, 0.0, two, four], [0.0, 0.0, four, two]], 2);
}

fn merged(c: &mut Check) {
    // Four units: ⅛ ¼ ½ ⅛, then the same from right to left, and some numbers.
    let x = array![[0.0, ln(2.0), ln(4.0), 0.0]];
    if observe(c, &x, 4).is_some() {
        let x = random(c, (1, 8));
        observe(c, &x, 8);
    }
}

fn rows(c: &mut Check) {
    let x = random(c, (3, 6));
    observe(c, &x, 4);
}

fn ragged(c: &mut Check) {
    for (shape, block) in [((2, 3), 8), ((1, 1), 4), ((1, 13), 4)] {
        let x = random(c, shape);
        // What is caught once would only be caught again.
        if observe(c, &x, block).is_none() {
            return;
        }
    }
}

fn far_from_zero(c: &mut Check) {
    // exp of the first row is 0 in f32, exp of the second is infinite.
    let x = array![
        [-200.0, -201.0, -200.5, -203.0, -202.0],
        [200.0, 198.0, 201.5, 203.0, 199.0]
    ];
    observe(c, &x, 4);
}

fn masked(c: &mut Check) {
    // A unit of four has two numbers here, or one: some have nothing but −∞.
    let x = Array2::from_shape_fn((3, 6), |(i, j)| match j <= 2 * i {
        true => (i as f64) - (j as f64) / 2.0,
        false => f64::NEG_INFINITY,
    });
    observe(c, &x, 4);
}

fn costs(c: &mut Check) {
    let (rows, cols, block, steps) = (3, 256, 64, 6.0);
    let x = random(c, (rows, cols));
    c.given("x", &x);
    let Some((y, run)) = softmax(c, &x, block) else {
        return;
    };
    c.observe_large("y", &y, T);
    let all = (rows * cols) as f64;
    c.at_most("loads of x", run.loads("x"), 2.0 * all);
    c.at_most("stores to y", run.stores("y"), all);
    // 8 numbers in a sector.
    c.at_most("sectors of loads", run.load_sectors("x"), 2.0 * all / 8.0);
    c.at_most("sectors of stores", run.store_sectors("y"), all / 8.0);
    c.at_most(
        "bytes of shared memory",
        run.shared_bytes(),
        (8 * block) as f64,
    );
    c.at_most("barriers of a cube", run.barriers_per_cube(), 1.0 + steps);
    // Four numbers, two loads and a store for each; two pairs read and one written a step.
    let busiest = run.busiest_unit();
    c.at_most(
        "accesses of the busiest unit",
        busiest,
        3.0 * 4.0 + 8.0 * steps + 6.0,
    );
    c.tell("moved for 3 rows of 256 numbers", run.traffic(), "numbers");
    // Loads for m, for l, and for y; what is stored of m and l is little.
    c.tell(
        "moved by three kernels, for m, l and y",
        4.0 * all,
        "numbers",
    );
    c.tell(
        "sectors moved",
        run.load_sectors("x") + run.store_sectors("y"),
        "",
    );
    c.tell("accesses of the busiest unit", busiest, "");
}
