use course::embedding_scatter::{embed, embed_backward};
use course::mlp_lm_forward::MlpLm;
use kit::count::{Counted, operations};
use kit::prelude::*;
use mlp_cost_model::{Cfg, flops_forward, flops_train, ngram_table_bytes, params, predict_seconds};

pub fn main() {
    checks(&[
        ("all numbers of the five arrays are learned", weights),
        ("a term is a multiplication and an addition", forwards),
        ("each product forwards is two on the way back", training),
        ("a table has a row for each context", tables),
        ("time is work over rate", seconds),
        ("a network of any size costs what was foretold", measured),
        (
            "the context is a factor in a network, an exponent in a table",
            this_stage,
        ),
    ])
}

/// The network of the text, one of ones, and one of sizes that differ much.
const CASES: [(&str, Cfg); 3] = [
    ("by hand", cfg(5, 2, 3, 4)),
    ("ones", cfg(1, 1, 1, 1)),
    ("tens", cfg(1000, 100, 10, 1)),
];

/// The network whose training ends the stage.
const STAGE: Cfg = cfg(58, 16, 8, 128);

const fn cfg(v: u64, d: u64, ctx: u64, h: u64) -> Cfg {
    Cfg { v, d, ctx, h }
}

fn given(c: &mut Check, name: &str, cfg: &Cfg) {
    let sizes = [cfg.v, cfg.d, cfg.ctx, cfg.h];
    c.given(&format!("V, D, C, H of {name}"), &sizes[..]);
}

fn weights(c: &mut Check) {
    for (name, cfg) in &CASES {
        given(c, name, cfg);
        c.observe(&format!("weights, {name}"), &params(cfg), EXACT);
    }
}

/// Observes the operations of some batches.
fn work(c: &mut Check, of: fn(&Cfg, u64) -> u64) {
    for (name, cfg) in &CASES {
        given(c, name, cfg);
        for batch in [1, 10, 0] {
            c.given(&format!("B = {batch} of {name}"), &batch);
            let operations = of(cfg, batch);
            c.observe(
                &format!("operations, {name}, B = {batch}"),
                &operations,
                EXACT,
            );
        }
    }
}

fn forwards(c: &mut Check) {
    work(c, flops_forward);
}

fn training(c: &mut Check) {
    work(c, flops_train);
}

fn tables(c: &mut Check) {
    // 2500, as in the text; 16; 4; 232, a row for no context at all; then more than 64 bits hold.
    for (v, order) in [(5, 3), (2, 1), (1, 9), (58, 0), (58, 11), (65, 19)] {
        c.given(
            &format!("{v} symbols, contexts of {order}"),
            &[v, u64::from(order)][..],
        );
        let bytes = ngram_table_bytes(v, order).to_string(); // as text: all digits count
        c.observe(
            &format!("bytes for contexts of {order} out of {v}"),
            &bytes,
            EXACT,
        );
    }
}

fn seconds(c: &mut Check) {
    let cases = [
        ("by hand", 6_000_000_000, 2.0), // 3 s
        ("half a second", 1_000_000_000, 2.0),
        ("little work", 88, 0.5), // 1.76e-7 s
        ("much work", 1 << 63, 1000.0),
        ("none", 0, 1.0),
    ];
    for (name, flops, gflops) in cases {
        c.given(&format!("operations, {name}"), &flops);
        c.given(&format!("gflops, {name}"), &gflops);
        let seconds = predict_seconds(flops, gflops);
        c.observe(&format!("seconds, {name}"), &seconds, T64);
    }
}

fn measured(c: &mut Check) {
    for name in ["one network", "another"] {
        let mut size = |least: u64, kinds| least + c.rng().below(kinds) as u64;
        let cfg = cfg(size(7, 9), size(2, 4), size(2, 4), size(3, 6));
        let batch = size(2, 3);
        given(c, name, &cfg);
        c.given(&format!("B of {name}"), &batch);
        let predicted = [
            params(&cfg),
            flops_forward(&cfg, batch),
            flops_train(&cfg, batch),
        ];
        c.observe(
            &format!("weights, operations forwards and of training, {name}"),
            &predicted[..],
            EXACT,
        );
        let Work {
            weights,
            forward,
            train,
            ..
        } = count(c, &cfg, batch);
        for (what, predicted, counted) in [
            ("weights", predicted[0], weights),
            ("operations forwards", predicted[1], forward),
            ("operations of training", predicted[2], train),
        ] {
            c.close(
                predicted as f64,
                counted as f64,
                EXACT,
                &format!("{what}: as many as are counted"),
            );
        }
    }
}

fn this_stage(c: &mut Check) {
    given(c, "this stage's network", &STAGE);
    let (batch, steps) = (64, 2000);
    c.given("B", &batch);
    c.given("steps", &steps);
    let predicted = [params(&STAGE), flops_train(&STAGE, batch * steps)];
    c.observe(
        "weights, and operations of all steps",
        &predicted[..],
        EXACT,
    );

    let counted = count(c, &STAGE, 2);
    let a_weight = counted.train as f64 / 2.0 / counted.weights as f64;
    c.measure(a_weight);
    c.tell("operations of training", a_weight, "a weight and window");
    let left_out = 100.0 * counted.rest as f64 / counted.train as f64;
    c.tell("left out: biases, tanh, softmax", left_out, "% of that");
    c.tell(
        "2,000 steps of 64 windows",
        predicted[1] as f64 / 1e9,
        "10⁹ operations",
    );
    let at_ten = predict_seconds(predicted[1], 10.0);
    c.tell("predicted at 10 gflops", at_ten, "s");
    c.plot(bytes_by_context());
}

fn bytes_by_context() -> Plot {
    let line = |label: &str, bytes: &dyn Fn(u32) -> f64| Line {
        label: label.into(),
        points: (1..=8).map(|ctx| (f64::from(ctx), bytes(ctx))).collect(),
    };
    let network = |ctx: u32| {
        let ctx = u64::from(ctx);
        4.0 * params(&Cfg { ctx, ..STAGE }) as f64
    };
    let table = |order| ngram_table_bytes(STAGE.v, order) as f64;
    Plot::Series(Series {
        title: "a table outgrows its text at once, a network hardly grows".into(),
        x: "symbols of context".into(),
        y: "bytes".into(),
        log_y: true,
        lines: vec![
            line("table", &table),
            line("the tales", &|_| corpus::corpus().text.len() as f64),
            line("network", &network),
        ],
        ..Series::default()
    })
}

/// What a step of training takes, by counting.
struct Work {
    weights: u64,
    /// Operations in products of matrices, on the way to the logits.
    forward: u64,
    /// The same for the whole step.
    train: u64,
    /// All other operations of the step.
    rest: u64,
}

/// Runs the network on numbers that count themselves.
fn count(c: &mut Check, cfg: &Cfg, batch: u64) -> Work {
    let [v, d, ctx, h, batch] = [cfg.v, cfg.d, cfg.ctx, cfg.h, batch].map(|n| n as usize);
    let m = MlpLm::init(v, d, ctx, h, || c.rng().normal());
    let lengths = [m.e.len(), m.w1.len(), m.b1.len(), m.w2.len(), m.b2.len()];
    let x = Array2::from_shape_simple_fn((batch, ctx), || c.rng().below(v));
    let y: Vec<usize> = (0..batch).map(|_| c.rng().below(v)).collect();
    let counted = |w: &Array2<f32>| w.mapv(|x| Counted(f64::from(x)));
    let (e, w1, w2) = (counted(&m.e), counted(&m.w1), counted(&m.w2));
    let (b1, b2) = (Array1::zeros(h), Array1::zeros(v));

    let (mut forward, mut back) = (0, 0);
    // What `product` makes is counted by itself, and not among the rest.
    let ((), rest) = operations(|| {
        let vectors = embed(&e, &x);
        let flat = vectors
            .into_shape_with_order((batch, ctx * d))
            .expect("as many numbers as before");
        let hidden = (product(&mut forward, &flat, &w1) + &b1).mapv(Counted::tanh);
        let dz = surprise(product(&mut forward, &hidden, &w2) + &b2, &y);

        let (_dw2, _db2) = (product(&mut back, &hidden.t(), &dz), dz.sum_axis(Axis(0)));
        let slope = hidden.mapv(|h| Counted(1.0) - h * h);
        let da = product(&mut back, &dz, &w2.t()) * slope;
        let (_dw1, _db1) = (product(&mut back, &flat.t(), &da), da.sum_axis(Axis(0)));
        let dr = product(&mut back, &da, &w1.t());
        let dr = dr.into_shape_with_order((batch, ctx, d));
        let _de = embed_backward(&x, &dr.expect("as many numbers as before"), v);
    });
    Work {
        weights: lengths.iter().sum::<usize>() as u64,
        forward,
        train: forward + back,
        rest: rest.flops(),
    }
}

/// The product of two matrices, term by term, and its operations added to `made`.
fn product(made: &mut u64, a: &ArrayRef2<Counted>, b: &ArrayRef2<Counted>) -> Array2<Counted> {
    let (product, cost) = operations(|| {
        Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
            let terms = a.row(i).into_iter().zip(b.column(j));
            terms.fold(Counted(0.0), |sum, (&a, &b)| sum + a * b)
        })
    });
    *made += cost.flops();
    product
}

/// The gradient of the mean of −ln softmax(z)[y] by z.
fn surprise(mut z: Array2<Counted>, y: &[usize]) -> Array2<Counted> {
    let n = Counted(y.len() as f64);
    for (mut row, &y) in z.rows_mut().into_iter().zip(y) {
        let max = row.fold(row[0], |max, &z| max.max(z));
        row.mapv_inplace(|z| (z - max).exp());
        let sum: Counted = row.iter().copied().sum();
        row.mapv_inplace(|e| e / sum / n);
        row[y] -= Counted(1.0) / n;
    }
    z
}
