use course::char_bigrams::{build_vocab, encode};
use course::mlp_lm_forward::MlpLm;
use course::training_loop::Log;
use kit::corpus::Split;
use kit::prelude::*;
use mlp_tales::{generate, loss_grad, nats, train};
use std::sync::OnceLock;
use std::thread;

pub fn main() {
    checks(&[
        ("one window's gradient, by hand", by_hand),
        ("a batch's loss is a mean, and so is its gradient", batches),
        ("a symbol that is read twice learns twice", twice),
        ("any sizes, any contexts", any_sizes),
        ("what follows eight symbols is scored, and no more", scored),
        ("every symbol counts the same, to the last", last_batch),
        ("a text is not evaluated in one piece", pieces),
        ("each step reads its own windows, at its own rate", steps),
        ("the model is judged by what it does not read", judged),
        ("what is written is context for what follows", written),
        ("500 steps make a writer of it", five_hundred),
    ])
}

/// Names a model and what it reads, so that outside libraries get it.
fn given_model(c: &mut Check, case: &str, m: &MlpLm) {
    c.given(&format!("e, {case}"), &m.e);
    c.given(&format!("W1, {case}"), &m.w1);
    c.given(&format!("b1, {case}"), &m.b1);
    c.given(&format!("W2, {case}"), &m.w2);
    c.given(&format!("b2, {case}"), &m.b2);
}

/// Names a batch, and observes the loss and all of its gradient.
fn gradient(c: &mut Check, case: &str, m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> MlpLm {
    given_model(c, case, m);
    c.given(&format!("x, {case}"), x);
    c.given(&format!("y, {case}"), y);
    let (loss, g) = loss_grad(m, x, y);
    // Sums of C·D, H, V and B terms of about 1, each going into the next: up to 16.
    let near = t32(16);
    c.observe(&format!("L, {case}"), &loss, near);
    c.observe(&format!("de, {case}"), &g.e, near);
    c.observe(&format!("dW1, {case}"), &g.w1, near);
    c.observe(&format!("db1, {case}"), &g.b1, near);
    c.observe(&format!("dW2, {case}"), &g.w2, near);
    c.observe(&format!("db2, {case}"), &g.b2, near);
    g
}

/// The model of the text: after symbol 0, h = ½ and p = [¼ ¾]; after symbol 1 both are ½.
fn of_the_text() -> MlpLm {
    let ln_3 = 3f32.ln();
    MlpLm {
        e: array![[0.5 * ln_3], [0.0]],
        w1: array![[1.0]],
        b1: array![0.0],
        w2: array![[0.0, 2.0 * ln_3]],
        b2: array![0.0, 0.0],
    }
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
    gradient(c, "0 after 0", &of_the_text(), &array![[0]], &[0]);
}

fn batches(c: &mut Check) {
    // Each of them alone: ln 4 and ln 4/3.
    gradient(
        c,
        "0 and 1 after 0",
        &of_the_text(),
        &array![[0], [0]],
        &[0, 1],
    );
}

fn twice(c: &mut Check) {
    let m = MlpLm {
        w1: array![[1.0], [0.5]],
        ..of_the_text()
    };
    let (x, y) = (array![[1, 1], [0, 1]], [0, 1]);
    given_model(c, "two places", &m);
    c.given("x, two places", &x);
    c.given("y, two places", &y[..]);
    let (_, g) = loss_grad(&m, &x, &y);
    c.observe("de, two places", &g.e, t32(4));
}

fn any_sizes(c: &mut Check) {
    let (batch, v, d, ctx, h) = (5, 3, 2, 3, 2);
    let m = trained(c, v, d, ctx, h);
    // A view: the contexts are columns.
    let x = Array2::from_shape_simple_fn((ctx, batch), || c.rng().below(v)).reversed_axes();
    let y: Vec<usize> = (0..batch).map(|_| c.rng().below(v)).collect();
    let g = gradient(c, "random", &m, &x, &y);
    if g.e.dim() != (v, d) || g.b1.len() != h {
        return;
    }
    // Both are Σ dr over the places: W1 makes it of Σ da, and that is db1.
    let places = m.w1.dot(&g.b1);
    for i in 0..d {
        let through: f32 = places.iter().skip(i).step_by(d).sum();
        let all = g.e.column(i).sum();
        let law = format!("column {i} of de sums to what W1 makes of db1");
        c.close(all.into(), through.into(), t32(30), &law);
    }
}

/// Names a text, and observes the surprise of a model at it.
fn surprise(c: &mut Check, case: &str, m: &MlpLm, ids: &[usize]) {
    given_model(c, case, m);
    c.given(&format!("ids, {case}"), ids);
    c.observe(&format!("nats, {case}"), &nats(m, ids), t32(30));
}

fn scored(c: &mut Check) {
    // After symbol 0 the model says [¼ ¾]. The ninth symbol is scored: ln 4, then ln 4/3.
    let m = of_the_text();
    surprise(c, "nine symbols", &m, &[1, 0, 1, 0, 1, 0, 1, 0, 0]);
    surprise(c, "ten symbols", &m, &[1, 1, 1, 1, 1, 1, 1, 0, 1, 0]);
    surprise(c, "nothing to score", &m, &[0; 8]); // NaN
    for ctx in [3, 8] {
        let m = trained(c, 5, 2, ctx, 4);
        let ids: Vec<usize> = (0..15).map(|_| c.rng().below(5)).collect();
        surprise(c, &format!("contexts of {ctx}"), &m, &ids);
    }
}

fn last_batch(c: &mut Check) {
    // 1,031 windows, a prime number: whatever the pieces are, there is a short one at the end, and
    // that is full of surprise.
    let ids: Vec<usize> = (0..1036).map(|_| 1).chain([0, 0, 0]).collect();
    surprise(c, "1,039 symbols", &of_the_text(), &ids);
}

fn pieces(c: &mut Check) {
    let m = trained(c, 20, 4, 8, 16);
    let ids: Vec<usize> = (0..8000).map(|_| c.rng().below(20)).collect();
    given_model(c, "8,000 symbols", &m);
    c.given("ids", &ids);
    // All windows at once take 32 + 16 + 20 numbers each, some of them twice: 4 MB.
    c.peak_bytes("bytes for 8,000 symbols", 1_500_000, || nats(&m, &ids));
}

const SMALL: (usize, usize, usize, usize) = (5, 2, 2, 4);

/// Trains a small model, and observes what happened.
fn training(c: &mut Check, case: &str, n: (usize, usize), eval_every: usize) {
    let (v, d, ctx, h) = SMALL;
    let mut m = trained(c, v, d, ctx, h);
    let text: Vec<usize> = (0..40).map(|_| c.rng().below(v)).collect();
    // Symbols that the text has, but in another order.
    let val: Vec<usize> = (0..20).map(|i| i * i % v).collect();
    let starts = Array2::from_shape_simple_fn(n, || c.rng().below(text.len() - ctx));
    given_model(c, case, &m);
    c.given(&format!("text, {case}"), &text);
    c.given(&format!("val, {case}"), &val);
    c.given(&format!("starts, {case}"), &starts);
    c.given(&format!("lr, {case}"), &LR);
    c.given(&format!("eval_every, {case}"), &eval_every);
    let log = train(&mut m, &text, &val, &starts, LR, eval_every);
    c.observe(&format!("losses of the steps, {case}"), &log.train, STEPS);
    let (at, losses): (Vec<usize>, Vec<f32>) = log.val.iter().copied().unzip();
    c.observe(&format!("steps of val, {case}"), &at, EXACT);
    c.observe(&format!("losses of val, {case}"), &losses, STEPS);
    c.observe(&format!("b2 kept, {case}"), &m.b2, STEPS);
}

const LR: f32 = 0.125;
/// Adam divides by the size of a gradient: where one is nearly 0 its rounding is seen.
const STEPS: Tolerance = Tolerance::Close {
    atol: 2e-5,
    rtol: 2e-5,
};

fn steps(c: &mut Check) {
    // The evaluations are the first and the last: `fit` keeps the better one.
    training(c, "five steps", (5, 3), 0);
}

fn judged(c: &mut Check) {
    training(c, "four steps", (4, 6), 2);
}

/// A model that looks at the older of two symbols, and says that the next in turn will come.
fn in_turn(c: &mut Check) -> MlpLm {
    let v = 4;
    let mut m = MlpLm::init(v, v, 2, v, || c.rng().normal());
    m.e = Array2::eye(v);
    m.w1 *= 0.3; // the newer symbol says little
    m.w1.slice_mut(s![..v, ..]).assign(&(Array2::eye(v) * 3.0));
    for j in 0..v {
        m.w2[[j, (j + 1) % v]] = 5.0;
    }
    m
}

fn written(c: &mut Check) {
    let m = in_turn(c);
    given_model(c, "writer", &m);
    let us: Vec<f64> = (0..16).map(|_| c.rng().uniform()).collect();
    c.given("us", &us);
    let cases: [(&str, &[usize], f64); 5] = [
        ("as long as a context", &[0, 1], 1.0),
        ("longer than a context", &[3, 3, 3, 2, 1], 1.0),
        ("cold", &[0, 1], 0.0),
        ("cool", &[3, 1, 2], 0.5),
        ("hot", &[2, 0], 4.0),
    ];
    for (name, prompt, t) in cases {
        c.given(&format!("prompt: {name}"), prompt);
        c.given(&format!("t: {name}"), &t);
        let text = generate(&m, prompt, &us, t);
        c.observe(&format!("written: {name}"), &text, EXACT);
    }
    c.observe("without us", &generate(&m, &[0, 1], &[], 1.0), EXACT);
}

// ---------------------------------------------------------------------- the tales

/// One training on one split of the tales.
struct Trained {
    split: Split,
    log: Log,
    model: MlpLm,
}

/// Numbers a symbol, symbols of context, hidden units; steps, and windows a step.
const SIZES: (usize, usize, usize) = (16, 3, 64);
const BATCHES: (usize, usize) = (500, 64);
const RATE: f32 = 3e-2;
/// Seeds 1 to 5 came to 1.755 nats, with a deviation of 0.005.
const ENOUGH: f32 = 1.8;

/// The training on the last tenth and on the theme, 0 and 1. No seed matters to them: each is
/// made once, and only if it is asked for.
fn trained_on(split: usize) -> Option<&'static Trained> {
    static TRAINED: [OnceLock<Option<Trained>>; 2] = [OnceLock::new(), OnceLock::new()];
    let training = || corpus::corpus().splits().into_iter().nth(split).map(learn);
    TRAINED[split].get_or_init(training).as_ref()
}

fn learn(split: Split) -> Trained {
    let vocab = build_vocab(corpus::corpus().text);
    let [text, val] = [&split.train, &split.val]
        .map(|part| encode(part, &vocab).expect("a text's characters are in its vocabulary"));
    let mut rng = Rng::new(1, "mlp_tales");
    let (d, ctx, h) = SIZES;
    let mut model = MlpLm::init(vocab.len(), d, ctx, h, || rng.normal());
    let starts = Array2::from_shape_simple_fn(BATCHES, || rng.below(text.len() - ctx));
    let log = train(&mut model, &text, &val, &starts, RATE, BATCHES.0 / 2);
    Trained { split, log, model }
}

impl Trained {
    /// The lowest evaluation, in nats.
    fn reached(&self) -> f32 {
        let losses = self.log.val.iter().map(|&(_, loss)| loss);
        losses.fold(f32::NAN, f32::min)
    }
}

fn five_hundred(c: &mut Check) {
    // Where both trainings are looked at, they run side by side.
    c.look_back(|_| {
        thread::scope(|scope| {
            let theme = scope.spawn(|| trained_on(1));
            trained_on(0);
            let _ = theme.join(); // what it panicked of is told below
        });
        kit::resume_panic_of_another_thread();
    });
    c.by_the_answer(|c| {
        let Some(trained) = trained_on(0) else { return };
        let reached = trained.reached();
        let law = format!("at most {ENOUGH} nats after 500 steps (yours {reached:.3})");
        c.holds(!corpus::corpus().is_tales || reached <= ENOUGH, &law);
    });
    c.look_back(|c| {
        for trained in [0, 1].into_iter().filter_map(trained_on) {
            let ladder = yardstick::of_split(&corpus::corpus(), &trained.split);
            let bits = f64::from(trained.reached()) / std::f64::consts::LN_2;
            yardstick::tell_split(c, trained.split.held_out, &ladder, "yours", bits);
        }
        if let Some(trained) = trained_on(0) {
            c.plot(falls(trained));
            tell_a_tale(&trained.model);
        }
    });
}

/// The loss while it trained, beside models that count.
fn falls(of: &Trained) -> Plot {
    let ladder = yardstick::of_split(&corpus::corpus(), &of.split);
    let bits = |nats: f32| f64::from(nats) / std::f64::consts::LN_2;
    let chunk = 20;
    let read = of.log.train.chunks(chunk).enumerate();
    let read = read.map(|(i, losses)| {
        let mean = losses.iter().sum::<f32>() / losses.len() as f32;
        ((i * chunk + chunk / 2) as f64, bits(mean))
    });
    let unread = of.log.val.iter().map(|&(at, loss)| (at as f64, bits(loss)));
    let line = |label: &str, points| Line {
        label: label.into(),
        points,
    };
    let mut lines = vec![
        line("read", read.collect()),
        line("unread", unread.collect()),
    ];
    for name in ["bigram", "Kneser–Ney 3"] {
        let rung = ladder.iter().find(|rung| rung.name == name);
        let level = |rung: &yardstick::Rung| {
            line(name, vec![(0.0, rung.bits), (BATCHES.0 as f64, rung.bits)])
        };
        lines.extend(rung.map(level));
    }
    Plot::Series(Series {
        title: "soon better than pairs; a table of three symbols stays ahead".into(),
        x: "step".into(),
        y: "bits a character".into(),
        lines,
        ..Series::default()
    })
}

/// Lets the model write, and shows it as what the answer printed.
fn tell_a_tale(m: &MlpLm) {
    let vocab = build_vocab(corpus::corpus().text);
    let prompt = "There was ";
    let Some(ids) = encode(prompt, &vocab) else {
        return;
    };
    let mut rng = Rng::new(1, "tale");
    let us: Vec<f64> = (0..300).map(|_| rng.uniform()).collect();
    let written = generate(m, &ids, &us, 0.7);
    let tale: String = written.iter().filter_map(|&id| vocab.get(id)).collect();
    let mut line = String::new();
    for word in format!("{prompt}{tale}").split_whitespace() {
        if line.len() + word.len() > 70 {
            println!("{}", std::mem::take(&mut line));
        }
        line += word;
        line.push(' ');
    }
    println!("{line}…");
}
