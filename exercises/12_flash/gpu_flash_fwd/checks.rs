use gpu_flash_fwd::{flash_fwd, geometry};
use kit::prelude::*;
use lab::{Buffer, Lab, Run, cubes_along, units_along};

pub fn main() {
    checks(&[
        ("every query has a unit", units),
        ("o is a mean of the values, weighted by a softmax", one_tile),
        (
            "a higher score shrinks what was summed before it",
            many_tiles,
        ),
        ("the units of a cube fetch a tile together", wide_tiles),
        ("a last tile that is not full adds nothing", ragged),
        ("no query sees a later key", causal),
        ("scores far from zero have a softmax, too", far_from_zero),
        (
            "neither the tiles nor the order of the keys matter",
            any_tiles,
        ),
        ("a cube fetches each key and value once", traffic),
        (
            "a cube fetches no key that none of its queries sees",
            causal_traffic,
        ),
    ])
}

/// Sums of a few dozen products round by 2⁻²⁴ each, and so does what exp makes of them.
const T: Tolerance = Tolerance::Close {
    atol: 5e-6,
    rtol: 5e-6,
};

/// A score of 200 is known to 200 · 2⁻²⁴, and exp makes a relative error of that.
const FAR: Tolerance = Tolerance::Close {
    atol: 1e-4,
    rtol: 1e-5,
};

/// One head of attention: `[n, d]` each, numbers that `f32` holds exactly.
struct Head {
    q: Array2<f64>,
    k: Array2<f64>,
    v: Array2<f64>,
}

#[derive(Clone, Copy)]
struct Tiles {
    br: usize,
    bc: usize,
    causal: bool,
}

/// What the kernel made of a head: `[n, d]` and `[n]`, and what it did for that.
struct Attention {
    o: Array2<f64>,
    lse: Array1<f64>,
    run: Run,
}

fn random(c: &mut Check, n: usize, d: usize) -> Head {
    // Multiples of 1/64, which are short to read.
    let mut draw = |scale: f64| c.normal((n, d)).mapv(|x| (64.0 * scale * x).round() / 64.0);
    let (q, k, v) = (draw(2.0), draw(1.0), draw(1.0));
    Head { q, k, v }
}

fn f32s(x: &Array2<f64>) -> Vec<f32> {
    x.iter().map(|&x| x as f32).collect()
}

/// A kernel that was launched, and where its output will be.
struct Launched {
    lab: Lab,
    o: Buffer<f32>,
    lse: Buffer<f32>,
}

fn launch(head: &Head, tiles: Tiles) -> Launched {
    let (n, d) = head.q.dim();
    let Tiles { br, bc, causal } = tiles;
    let lab = Lab::new();
    let inputs = [("q", &head.q), ("k", &head.k), ("v", &head.v)];
    let [q, k, v] = inputs.map(|(name, x)| lab.upload(name, &f32s(x)));
    let (o, lse) = (lab.allocate("o", n * d), lab.allocate("lse", n));
    let (cubes, units) = geometry(n, br);
    flash_fwd::launch::<f32>(
        &lab.client(),
        cubes,
        units,
        lab.argument(&q),
        lab.argument(&k),
        lab.argument(&v),
        lab.argument(&o),
        lab.argument(&lse),
        n,
        1.0 / (d as f32).sqrt(),
        d,
        br,
        bc,
        causal,
    );
    Launched { lab, o, lse }
}

/// Launches the kernel and observes what it is caught at; if that is nothing, there is more to
/// see.
fn attend(c: &mut Check, case: &str, head: &Head, tiles: Tiles) -> Option<Attention> {
    let Launched { lab, o, lse } = launch(head, tiles);
    let run = lab.run(c, case)?;
    Some(Attention {
        o: Array2::from_shape_vec(head.q.dim(), lab.numbers(&o)).ok()?,
        lse: lab.numbers(&lse).into(),
        run,
    })
}

/// Names the inputs, launches, and observes what comes out.
fn observe(c: &mut Check, head: &Head, tiles: Tiles, tolerance: Tolerance) -> Option<Attention> {
    let n = head.q.nrows();
    for (name, x) in [("q", &head.q), ("k", &head.k), ("v", &head.v)] {
        c.given(&format!("{name}, n = {n}"), x);
    }
    let Tiles { br, bc, .. } = tiles;
    let seen = attend(c, &format!("n = {n}, B_r = {br}, B_c = {bc}"), head, tiles)?;
    c.observe(&format!("o, n = {n}"), &seen.o, tolerance);
    c.observe(&format!("lse, n = {n}"), &seen.lse, tolerance);
    Some(seen)
}

fn units(c: &mut Check) {
    let cases = [(8, 4), (7, 4), (4, 4), (3, 8), (1, 16), (100, 32)];
    c.given("n", &cases.map(|(n, _)| n as f64).to_vec());
    c.given("B_r", &cases.map(|(_, br)| br as f64).to_vec());
    let shapes = cases.map(|(n, br)| geometry(n, br));
    let cubes = shapes.iter().map(|(cubes, _)| cubes_along(cubes));
    c.observe("cubes", &cubes.collect::<Vec<_>>(), EXACT);
    let units = shapes.iter().map(|(_, units)| units_along(units));
    c.observe("units of a cube", &units.collect::<Vec<_>>(), EXACT);
}

fn one_tile(c: &mut Check) {
    // The scale is ½ and the values are the unit vectors, so that o shows the weights: of
    // scores 0, 0, 0, 0 they are ¼; of 0, ln 2, ln 4, 0 they are ⅛ ¼ ½ ⅛, and lse is ln 8.
    let ln = |x: f64| f64::from(x.ln() as f32);
    let q = array![
        [0.0, 0.0, 0.0, 0.0],
        [2.0, 0.0, 0.0, 0.0],
        [-2.0, 0.0, 0.0, 0.0],
        [0.0, 2.0, 0.0, 0.0]
    ];
    let k = array![
        [0.0, 0.0, 0.0, 0.0],
        [ln(2.0), 0.0, 0.0, 0.0],
        [ln(4.0), 0.0, 0.0, 0.0],
        [0.0, ln(5.0), 0.0, 0.0]
    ];
    let v = Array2::eye(4);
    let tiles = Tiles {
        br: 4,
        bc: 4,
        causal: false,
    };
    observe(c, &Head { q, k, v }, tiles, T);
}

fn many_tiles(c: &mut Check) {
    let head = random(c, 4, 2);
    let tiles = Tiles {
        br: 4,
        bc: 2,
        causal: false,
    };
    observe(c, &head, tiles, T);
}

fn wide_tiles(c: &mut Check) {
    let head = random(c, 4, 2);
    let tiles = Tiles {
        br: 2,
        bc: 4,
        causal: false,
    };
    observe(c, &head, tiles, T);
}

fn ragged(c: &mut Check) {
    for (n, br, bc) in [(5, 4, 4), (3, 8, 16)] {
        let head = random(c, n, 2);
        let tiles = Tiles {
            br,
            bc,
            causal: false,
        };
        // What is caught once would only be caught again.
        if observe(c, &head, tiles, T).is_none() {
            return;
        }
    }
}

fn causal(c: &mut Check) {
    for (n, br, bc) in [(6, 4, 2), (3, 2, 4), (1, 4, 4)] {
        let head = random(c, n, 2);
        let tiles = Tiles {
            br,
            bc,
            causal: true,
        };
        let Some(seen) = observe(c, &head, tiles, T) else {
            return;
        };
        let first = (&seen.o.row(0) - &head.v.row(0)).mapv(f64::abs).sum();
        c.close(first, 0.0, T, "the first query sees one value, and is it");
    }
}

fn far_from_zero(c: &mut Check) {
    // Scores −200, −203, −206, −209 for the first query, their opposites for the second:
    // exp of the ones is 0 in f32, of the others infinite.
    let first =
        |x: [f64; 4]| Array2::from_shape_fn((4, 4), |(i, j)| if j == 0 { x[i] } else { 0.0 });
    let q = first([-400.0, 400.0, 0.0, 2.0]);
    let k = first([1.0, 1.015625, 1.03125, 1.046875]);
    let v = Array2::eye(4);
    let tiles = Tiles {
        br: 4,
        bc: 2,
        causal: false,
    };
    observe(c, &Head { q, k, v }, tiles, FAR);
}

fn any_tiles(c: &mut Check) {
    let head = random(c, 33, 8);
    for (name, x) in [("q", &head.q), ("k", &head.k), ("v", &head.v)] {
        c.given(name, x);
    }
    let tiles = Tiles {
        br: 8,
        bc: 16,
        causal: true,
    };
    let Some(Attention { o, .. }) = attend(c, "causal", &head, tiles) else {
        return;
    };
    c.observe_large("o, causal", &o, T);
    let other = Tiles {
        br: 16,
        bc: 4,
        causal: true,
    };
    same(
        c,
        &o,
        &head,
        other,
        "tiles of 16 x 4 give what tiles of 8 x 16 give",
    );
    let tiles = Tiles {
        causal: false,
        ..tiles
    };
    let Some(Attention { o, .. }) = attend(c, "all keys", &head, tiles) else {
        return;
    };
    let [k, v] = [&head.k, &head.v].map(|x| x.slice(s![..;-1, ..]).to_owned());
    let reversed = Head { q: head.q, k, v };
    same(
        c,
        &o,
        &reversed,
        tiles,
        "keys and values in reverse order give the same o",
    );
}

/// States that a launch gives this `o`.
fn same(c: &mut Check, o: &Array2<f64>, head: &Head, tiles: Tiles, law: &str) {
    let launched = launch(head, tiles);
    match launched.lab.launched() {
        Err(caught) => c.holds(false, &format!("{law} ({caught})")),
        Ok(_) => {
            let other = Array2::from_shape_vec(o.dim(), launched.lab.numbers(&launched.o));
            let difference = largest(&(other.expect("as many numbers as o has") - o));
            c.close(
                difference,
                0.0,
                T,
                &format!("{law}: the largest difference is 0"),
            );
        }
    }
}

fn largest(difference: &Array2<f64>) -> f64 {
    difference.iter().map(|x| x.abs()).fold(0.0, f64::max)
}

fn traffic(c: &mut Check) {
    let (n, d) = (80, 8);
    let head = random(c, n, d);
    let tiles = Tiles {
        br: 16,
        bc: 16,
        causal: false,
    };
    let Some(Attention { run, .. }) = attend(c, "n = 80", &head, tiles) else {
        return;
    };
    let cubes = n.div_ceil(16);
    c.at_most("loads of q", run.loads("q"), (n * d) as f64);
    c.at_most("loads of k", run.loads("k"), (n * d * cubes) as f64);
    c.at_most("loads of v", run.loads("v"), (n * d * cubes) as f64);
    c.at_most("stores to o", run.stores("o"), (n * d) as f64);
    c.at_most("stores to lse", run.stores("lse"), n as f64);
    c.at_most(
        "bytes of shared memory",
        run.shared_bytes(),
        (2 * 16 * d * 4) as f64,
    );
    c.at_most(
        "barriers of a cube",
        run.barriers_per_cube(),
        (2 * n.div_ceil(16)) as f64,
    );
    c.tell(
        "moved here, n = 80, d = 8, B_r = 16",
        run.traffic(),
        "numbers",
    );
    c.tell(
        "moved by three kernels that keep their scores",
        standard(n, d),
        "numbers",
    );
    if let Some(plot) = traffic_by_rows(c) {
        c.plot(plot);
    }
}

/// Reads q and k, writes S; reads S, writes P; reads P and v, writes o.
fn standard(n: usize, d: usize) -> f64 {
    (4 * n * d + 4 * n * n) as f64
}

/// What the kernel moves for each number of queries in a cube.
fn traffic_by_rows(c: &mut Check) -> Option<Plot> {
    let (n, d) = (64, 8);
    let head = random(c, n, d);
    let mut counted = Vec::new();
    for br in [2, 4, 8, 16, 32, 64] {
        let tiles = Tiles {
            br,
            bc: 8,
            causal: false,
        };
        let run = launch(&head, tiles).lab.launched().ok()?;
        counted.push((br as f64, run.traffic()));
    }
    let line = |label: &str, points| Line {
        label: label.into(),
        points,
    };
    let three = [2.0, 64.0].map(|br| (br, standard(n, d))).to_vec();
    Some(Plot::Series(Series {
        title: "twice the queries in a cube, half the traffic, until only q and o are left".into(),
        x: "queries of a cube, B_r".into(),
        y: "numbers moved, n = 64, d = 8".into(),
        log_x: true,
        log_y: true,
        lines: vec![line("one kernel", counted), line("three kernels", three)],
    }))
}

fn causal_traffic(c: &mut Check) {
    for (n, br, bc) in [(80, 16, 16), (125, 16, 8)] {
        let d = 8;
        let head = random(c, n, d);
        let tiles = Tiles {
            br,
            bc,
            causal: true,
        };
        let Some(Attention { run, .. }) = attend(c, &format!("n = {n}"), &head, tiles) else {
            return;
        };
        // The last query of cube i is (i + 1) B_r − 1; whole tiles up to it, but not beyond n.
        let seen = |i: usize| n.min(((i + 1) * br).div_ceil(bc) * bc);
        let keys: usize = (0..n.div_ceil(br)).map(seen).sum();
        let loads = run.loads("k") + run.loads("v");
        c.at_most(
            &format!("loads of k and v, n = {n}"),
            loads,
            (2 * d * keys) as f64,
        );
        let all = 2 * n * d * n.div_ceil(br);
        let share = 100.0 * loads / all as f64;
        c.tell(
            &format!("of the keys a causal cube fetches, n = {n}"),
            share,
            "%",
        );
    }
}
