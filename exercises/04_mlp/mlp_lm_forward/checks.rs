use course::char_bigrams::{build_vocab, encode};
use course::context_windows::{n_windows, windows};
use course::log_softmax_bug::{log_softmax, nll};
use kit::prelude::*;
use mlp_lm_forward::{MlpLm, forward, unigram_bias};
use std::sync::OnceLock;

pub fn main() {
    checks(&[
        ("hidden units are tanh, and logits their sum", by_hand),
        ("both layers add their bias", biases),
        ("a context is written symbol by symbol", layout),
        ("logits may be of any size, and need not sum to 1", any_size),
        ("a context has an order", order),
        ("a row of a batch does not see the others", rows_alone),
        ("the bias is the logarithm of the shares", shares),
        (
            "what never came counts once, the others as they came",
            never_seen,
        ),
        (
            "with W2 = 0 the model knows how often symbols come",
            unigram,
        ),
        (
            "untrained, it is as surprised as one who knows nothing",
            at_the_start,
        ),
    ])
}

/// Names the weights and contexts, so that outside libraries get them.
fn name(c: &mut Check, name: &str, m: &MlpLm, x: &ArrayRef2<usize>) {
    c.given(&format!("e, {name}"), &m.e);
    c.given(&format!("W1, {name}"), &m.w1);
    c.given(&format!("b1, {name}"), &m.b1);
    c.given(&format!("W2, {name}"), &m.w2);
    c.given(&format!("b2, {name}"), &m.b2);
    c.given(&format!("x, {name}"), x);
}

/// The logits of named weights and contexts, observed.
fn logits(c: &mut Check, case: &str, m: &MlpLm, x: &ArrayRef2<usize>) -> Array2<f32> {
    name(c, case, m, x);
    let z = forward(m, x);
    // A sum of C·D terms goes into each of H terms.
    let terms = m.w1.nrows() + m.w2.nrows();
    c.observe(&format!("z, {case}"), &z, t32(terms));
    z
}

/// Weights of a size that a model has after training, biases too.
fn trained(c: &mut Check, v: usize, d: usize, ctx: usize, h: usize) -> MlpLm {
    let mut m = MlpLm::init(v, d, ctx, h, || c.rng().normal());
    m.w2 *= 10.0;
    m.b1 = c.normal(h).mapv(|x| x as f32);
    m.b2 = c.normal(v).mapv(|x| x as f32);
    m
}

fn by_hand(c: &mut Check) {
    // tanh(½ ln 3) = ½: [10 20] and [11 22], as in the text.
    let m = MlpLm {
        e: array![[0.0], [0.5 * 3f32.ln()]],
        w1: array![[1.0]],
        b1: array![0.0],
        w2: array![[2.0, 4.0]],
        b2: array![10.0, 20.0],
    };
    logits(c, "one symbol", &m, &array![[0], [1]]);
    // Two hidden units of ½ and −½: 2 · ½ − 6 · ½ = −2.
    let m = MlpLm {
        w1: array![[1.0, -1.0]],
        b1: array![0.0, 0.0],
        w2: array![[2.0, 4.0], [6.0, 8.0]],
        b2: array![0.0, 0.0],
        ..m
    };
    logits(c, "two hidden units", &m, &array![[1]]);
}

fn biases(c: &mut Check) {
    // Symbol 0 has the vector 0, so that only the biases speak: tanh(b1) = ½, z = 1 + 3.
    let m = MlpLm {
        e: array![[0.0], [1.0]],
        w1: array![[1.0]],
        b1: array![0.5 * 3f32.ln()],
        w2: array![[2.0, 4.0]],
        b2: array![3.0, -1.0],
    };
    logits(c, "only biases", &m, &array![[0]]);
}

fn layout(c: &mut Check) {
    // W1 and W2 are the unit matrix: the logits are tanh of the context as it was written.
    let e = array![[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]];
    let m = MlpLm {
        e,
        w1: Array2::eye(4),
        b1: Array1::zeros(4),
        w2: Array2::eye(4),
        b2: Array1::zeros(4),
    };
    logits(c, "units", &m, &array![[0, 1], [2, 0]]);
}

fn any_size(c: &mut Check) {
    let (batch, v, d, ctx, h) = (3, 7, 2, 4, 5);
    let m = trained(c, v, d, ctx, h);
    // A view: the contexts are columns.
    let x = Array2::from_shape_simple_fn((ctx, batch), || c.rng().below(v)).reversed_axes();
    logits(c, "random", &m, &x);
}

fn order(c: &mut Check) {
    let m = trained(c, 5, 3, 3, 6);
    let z = logits(c, "both orders", &m, &array![[0, 1, 2], [2, 1, 0]]);
    c.holds(
        z.nrows() == 2 && z.row(0) != z.row(1),
        "exchanging two symbols of a context should change the logits",
    );
}

fn rows_alone(c: &mut Check) {
    let m = trained(c, 6, 2, 3, 4);
    let x = Array2::from_shape_simple_fn((4, 3), || c.rng().below(6));
    let z = logits(c, "four contexts", &m, &x);
    let alone = forward(&m, &x.slice(s![2..3, ..]));
    if (z.dim(), alone.dim()) == ((4, 6), (1, 6)) {
        let off = (&z.row(2) - &alone.row(0)).mapv(f32::abs);
        let off = off.iter().fold(0.0, |max: f64, &x| max.max(f64::from(x)));
        c.close(
            off,
            0.0,
            t32(10),
            "the third row less what its context gives alone should be 0",
        );
    }
    let none = forward(&m, &x.slice(s![..0, ..]));
    c.observe("z of no contexts", &none, EXACT);
}

fn shares(c: &mut Check) {
    for (name, counts) in [("quarters", vec![1, 2, 1]), ("one symbol", vec![9])] {
        c.given(&format!("counts, {name}"), &counts);
        c.observe(&format!("b2, {name}"), &unigram_bias(&counts), t32(1));
    }
}

fn never_seen(c: &mut Check) {
    // ln [⅗ ⅕ ⅕], and equal shares where nothing was counted at all.
    for (name, counts) in [("with a gap", vec![3, 0, 1]), ("nothing", vec![0, 0])] {
        c.given(&format!("counts, {name}"), &counts);
        let b2 = unigram_bias(&counts);
        c.observe(&format!("b2, {name}"), &b2, t32(1));
        let sum = b2.iter().map(|&b| f64::from(b).exp()).sum();
        c.close(
            sum,
            1.0,
            t32(3),
            "the exponentials of the bias should sum to 1",
        );
    }
}

/// The text held out: how many symbols all tales have, and its own as numbers. The same on every
/// seed, and made once.
fn held_out() -> &'static (usize, Vec<usize>) {
    static HELD_OUT: OnceLock<(usize, Vec<usize>)> = OnceLock::new();
    HELD_OUT.get_or_init(|| {
        let text = corpus::corpus();
        let vocab = build_vocab(text.text);
        let (_, val) = text.split();
        (vocab.len(), encode(val, &vocab).unwrap_or_default())
    })
}

/// How often each symbol of `text` comes; made once.
fn counted(text: &str) -> &'static [u64] {
    static COUNTED: OnceLock<Vec<u64>> = OnceLock::new();
    COUNTED.get_or_init(|| {
        let vocab = build_vocab(text);
        let mut counts = vec![0; vocab.len()];
        let ids = encode(text, &vocab).unwrap_or_default();
        ids.iter().for_each(|&id| counts[id] += 1);
        counts
    })
}

fn unigram(c: &mut Check) {
    let (_, text) = corpus::corpus().split();
    c.given("text", &text);
    let counts = counted(text);
    let v = counts.len();
    let mut m = MlpLm::init(v, 2, 3, 4, || c.rng().normal());
    m.w2.fill(0.0);
    m.b2 = unigram_bias(counts);
    c.observe("b2", &m.b2, t32(1));
    let z = forward(&m, &array![[0, 1, 2]]);
    if z.dim() != (1, v) {
        return;
    }
    // The loss over the whole text, symbol by symbol: the same law at every place.
    let n = counts.iter().sum::<u64>() as f64;
    let log_p = log_softmax(&z);
    let each = counts.iter().zip(&log_p);
    let loss: f64 = each
        .map(|(&count, &log_p)| -(count as f64 / n) * f64::from(log_p))
        .sum();
    c.observe("loss", &loss, t32(58));
    c.tell("loss of the bias alone", loss, "nats a symbol");
    c.tell("in bits", loss / std::f64::consts::LN_2, "bits a symbol");
}

fn at_the_start(c: &mut Check) {
    let (v, ids) = held_out();
    let (v, d, ctx, h, batch) = (*v, 4, 3, 16, 32);
    let n = n_windows(ids.len(), ctx);
    let starts: Vec<usize> = (0..batch).map(|_| c.rng().below(n)).collect();
    let (x, y) = windows(ids, &starts, ctx);
    let m = MlpLm::init(v, d, ctx, h, || c.rng().normal());
    name(c, "at the start", &m, &x);
    c.given("y", &y);
    let z = forward(&m, &x);
    if z.dim() != (batch, v) {
        return;
    }
    let loss = nll(&z, &y);
    c.observe("loss", &loss, t32(v));
    let knows_nothing = (v as f64).ln();
    let near = Tolerance::Close {
        atol: 0.06,
        rtol: 0.0,
    };
    c.close(
        f64::from(loss),
        knows_nothing,
        near,
        "the loss should be near ln V",
    );
    c.tell("loss at the start", f64::from(loss), "nats, of one model");
    c.tell("ln V", knows_nothing, "nats");
    c.look_back(|c| c.plot(too_sure(&m, &x, &y)));
}

/// The loss before training, as W2 grows: what an untrained model is sure of is wrong.
fn too_sure(m: &MlpLm, x: &Array2<usize>, y: &[usize]) -> Plot {
    let (mut measured, mut predicted) = (Vec::new(), Vec::new());
    for i in 0..=10 {
        let factor = 10f32.powf(0.2 * i as f32);
        let m = MlpLm {
            w2: &m.w2 * factor,
            ..m.clone()
        };
        let z = forward(&m, x);
        let deviation = f64::from(z.std(0.0));
        measured.push((deviation, f64::from(nll(&z, y))));
        let ln_v = (z.ncols() as f64).ln();
        predicted.push((deviation, ln_v + deviation * deviation / 2.0));
    }
    let line = |label: &str, points| Line {
        label: label.into(),
        points,
    };
    Plot::Series(Series {
        title: "the larger the logits of an untrained model, the more it loses".into(),
        x: "standard deviation s of the logits".into(),
        y: "loss in nats".into(),
        log_x: true,
        lines: vec![line("measured", measured), line("ln V + s²/2", predicted)],
        ..Series::default()
    })
}
