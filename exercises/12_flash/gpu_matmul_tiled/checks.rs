use gpu_matmul_tiled::{geometry, matmul_naive, matmul_tiled};
use kit::prelude::*;
use lab::{Buffer, Lab, Run, cubes_along, units_along};

pub fn main() {
    checks(&[
        ("every element of c has a unit, and no cube is idle", units),
        ("one cube multiplies two tiles", one_tile),
        ("a sum that is longer than a tile comes in pieces", pieces),
        ("each cube computes its own corner of c", corners),
        ("beyond the edges there are zeros", ragged),
        ("tiles of any size give the same product", any_tile),
        ("what a cube fetches, it uses T times", loads),
    ])
}

/// A product to be computed, of whole numbers so small that `f32` holds all sums exactly:
/// a `[m, k]`, b `[k, n]`.
struct Factors {
    a: Array2<f64>,
    b: Array2<f64>,
}

fn random(c: &mut Check, [m, k, n]: [usize; 3]) -> Factors {
    let mut draw = |shape: (usize, usize)| c.normal(shape).mapv(|x| (4.0 * x).round());
    let (a, b) = (draw((m, k)), draw((k, n)));
    Factors { a, b }
}

fn f32s(x: &Array2<f64>) -> Vec<f32> {
    x.iter().map(|&x| x as f32).collect()
}

/// A product that was launched, and where it will be.
struct Launched {
    lab: Lab,
    c: Buffer<f32>,
}

/// Launches the tiled kernel, or the naive one on the same geometry.
fn launch(factors: &Factors, tile: usize, naive: bool) -> Launched {
    let Factors { a, b } = factors;
    let ((m, k), n) = (a.dim(), b.ncols());
    let lab = Lab::new();
    let [a, b] = [("a", a), ("b", b)].map(|(name, x)| lab.upload(name, &f32s(x)));
    let c = lab.allocate("c", m * n);
    let (cubes, units) = geometry(m, n, tile);
    let (client, [a, b, product]) = (lab.client(), [&a, &b, &c].map(|x| lab.argument(x)));
    match naive {
        true => matmul_naive::launch::<f32>(&client, cubes, units, a, b, product, m, n, k),
        false => matmul_tiled::launch::<f32>(&client, cubes, units, a, b, product, m, n, k, tile),
    }
    Launched { lab, c }
}

/// Launches the kernel and observes what it is caught at; if that is nothing, there is a product.
fn multiply(c: &mut Check, factors: &Factors, tile: usize) -> Option<(Array2<f64>, Run)> {
    let Factors { a, b } = factors;
    let case = format!("{} x {} x {}, T = {tile}", a.nrows(), a.ncols(), b.ncols());
    let launched = launch(factors, tile, false);
    let run = launched.lab.run(c, &case)?;
    let numbers = launched.lab.numbers(&launched.c);
    let product = Array2::from_shape_vec((a.nrows(), b.ncols()), numbers).ok()?;
    Some((product, run))
}

/// Names the factors, launches, and observes the product.
fn observe(c: &mut Check, factors: &Factors, tile: usize) -> Option<()> {
    let (m, n) = (factors.a.nrows(), factors.b.ncols());
    c.given(&format!("a, {m} rows"), &factors.a);
    c.given(&format!("b, {n} columns"), &factors.b);
    let (product, _) = multiply(c, factors, tile)?;
    c.observe(&format!("c, {m} x {n}"), &product, EXACT);
    Some(())
}

fn units(c: &mut Check) {
    let cases = [
        (4, 4, 2),
        (4, 8, 4),
        (8, 4, 4),
        (3, 5, 2),
        (1, 1, 4),
        (37, 29, 16),
    ];
    c.given("m", &cases.map(|(m, ..)| m as f64).to_vec());
    c.given("n", &cases.map(|(_, n, _)| n as f64).to_vec());
    c.given("T", &cases.map(|(.., tile)| tile as f64).to_vec());
    let shapes = cases.map(|(m, n, tile)| geometry(m, n, tile));
    let cubes = shapes.iter().map(|(cubes, _)| cubes_along(cubes));
    c.observe("cubes", &cubes.collect::<Vec<_>>(), EXACT);
    let units = shapes.iter().map(|(_, units)| units_along(units));
    c.observe("units of a cube", &units.collect::<Vec<_>>(), EXACT);
}

fn one_tile(c: &mut Check) {
    // 1·5 + 2·7 = 19, 1·6 + 2·8 = 22, 3·5 + 4·7 = 43, 3·6 + 4·8 = 50.
    let a = array![[1.0, 2.0], [3.0, 4.0]];
    let b = array![[5.0, 6.0], [7.0, 8.0]];
    if observe(c, &Factors { a, b }, 2).is_some() {
        let factors = random(c, [4, 4, 4]);
        observe(c, &factors, 4);
    }
}

fn pieces(c: &mut Check) {
    let factors = random(c, [2, 6, 2]);
    observe(c, &factors, 2);
}

fn corners(c: &mut Check) {
    let factors = random(c, [4, 2, 6]);
    observe(c, &factors, 2);
}

fn ragged(c: &mut Check) {
    for (shape, tile) in [
        ([3, 4, 5], 2),
        ([5, 7, 3], 4),
        ([1, 1, 1], 4),
        ([2, 9, 6], 8),
    ] {
        let factors = random(c, shape);
        // What is caught once would only be caught again.
        if observe(c, &factors, tile).is_none() {
            return;
        }
    }
}

fn any_tile(c: &mut Check) {
    let factors = random(c, [19, 21, 13]);
    c.given("a", &factors.a);
    c.given("b", &factors.b);
    let Some((product, _)) = multiply(c, &factors, 8) else {
        return;
    };
    c.observe_large("c", &product, EXACT);
    for tile in [3, 16] {
        let Launched { lab, c: other } = launch(&factors, tile, false);
        let law = format!("tiles of {tile} x {tile} give what tiles of 8 x 8 give");
        match lab.launched() {
            Err(caught) => c.holds(false, &format!("{law} ({caught})")),
            Ok(_) => {
                let pairs = lab.numbers(&other).into_iter().zip(&product);
                let wrong = pairs.filter(|(other, one)| other != *one).count();
                c.close(
                    wrong as f64,
                    0.0,
                    EXACT,
                    &format!("{law}: 0 elements differ"),
                );
            }
        }
    }
}

fn loads(c: &mut Check) {
    let [m, k, n] = [37, 53, 29];
    let factors = random(c, [m, k, n]);
    for tile in [8usize, 16] {
        let Some((_, run)) = multiply(c, &factors, tile) else {
            return;
        };
        let mut at_most = |what: &str, count: f64, bound: usize| {
            c.at_most(&format!("{what}, T = {tile}"), count, bound as f64);
        };
        at_most("loads of a", run.loads("a"), m * k * n.div_ceil(tile));
        at_most("loads of b", run.loads("b"), k * n * m.div_ceil(tile));
        at_most("stores to c", run.stores("c"), m * n);
        // Two tiles, or four for who fetches the next two while the first are used.
        at_most(
            "bytes of shared memory",
            run.shared_bytes(),
            4 * 4 * tile * tile,
        );
        at_most(
            "barriers of a cube",
            run.barriers_per_cube(),
            2 * k.div_ceil(tile),
        );
    }
    if let Some(plot) = loads_by_tile(c) {
        c.plot(plot);
    }
}

/// What both kernels load for a product of squares, by the side of a tile.
fn loads_by_tile(c: &mut Check) -> Option<Plot> {
    let n = 32;
    let factors = random(c, [n, n, n]);
    let counted = |tile, naive| launch(&factors, tile, naive).lab.launched().ok();
    let loads = |run: &Run| run.loads("a") + run.loads("b");
    let mut tiled = Vec::new();
    for tile in [2, 4, 8, 16] {
        tiled.push((tile as f64, loads(&counted(tile, false)?)));
    }
    let (naive, sixteen) = (counted(16, true)?, counted(16, false)?);
    c.tell(
        "loaded by the naive kernel, m = n = k = 32",
        loads(&naive),
        "numbers",
    );
    c.tell("loaded in tiles, T = 16", loads(&sixteen), "numbers");
    let intensity = |run: &Run| run.flops() / (4.0 * run.traffic());
    c.tell(
        "operations a byte of the naive kernel",
        intensity(&naive),
        "FLOP/B",
    );
    c.tell(
        "operations a byte in tiles, T = 16",
        intensity(&sixteen),
        "FLOP/B",
    );
    c.tell(
        "loads from shared memory, T = 16",
        sixteen.shared_loads(),
        "numbers",
    );
    let line = |label: &str, points| Line {
        label: label.into(),
        points,
    };
    let flat = [2.0, 16.0].map(|tile| (tile, loads(&naive))).to_vec();
    Some(Plot::Series(Series {
        title: "a tile of twice the side halves the loads".into(),
        x: "side of a tile, T".into(),
        y: "numbers loaded, m = n = k = 32".into(),
        log_x: true,
        log_y: true,
        lines: vec![line("tiles", tiled), line("no tiles", flat)],
    }))
}
