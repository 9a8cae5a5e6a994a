use course::char_bigrams::{bigram_counts, build_vocab, encode};
use kit::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::OnceLock;
use training_loop::{Log, fit, mean_over};

pub fn main() {
    checks(&[
        ("a mean counts every example once", means),
        (
            "a model is judged before, in between, and at the end",
            calls,
        ),
        ("every loss is written down where it belongs", losses),
        ("what comes back is the best model, not the last", best),
        ("of two that are equally good, the earlier is kept", ties),
        ("NaN is never best", nothing_good),
        ("any losses, any numbers of steps", random),
        ("a model is copied only when it is better than ever", copies),
        (
            "what is learned by heart helps only with what was read",
            overfitting,
        ),
    ])
}

/// A model that knows how many steps were made with it, and counts its copies.
struct Model {
    steps: usize,
    copies: Rc<Cell<usize>>,
}

impl Clone for Model {
    fn clone(&self) -> Self {
        self.copies.set(self.copies.get() + 1);
        let copies = self.copies.clone();
        Self {
            steps: self.steps,
            copies,
        }
    }
}

/// What a run showed.
struct Ran {
    calls: Vec<String>,
    log: Log,
    model: Model,
}

/// Runs the loop with losses that are read off: `train` at each step, `val` after as many steps
/// as the model has seen.
fn run(c: &mut Check, name: &str, every: usize, train: &[f32], val: &[f32]) -> Ran {
    c.given(&format!("eval_every, {name}"), &every);
    c.given(&format!("losses of the steps, {name}"), train);
    c.given(&format!("evaluation after 0, 1, … steps, {name}"), val);
    let calls = RefCell::new(Vec::new());
    let copies = Rc::default();
    let mut model = Model { steps: 0, copies };
    let step = |m: &mut Model, t: usize| {
        calls.borrow_mut().push(format!("step {t}"));
        m.steps += 1;
        *train.get(t).unwrap_or(&f32::NAN)
    };
    let eval = |m: &Model| {
        calls.borrow_mut().push(format!("eval after {}", m.steps));
        *val.get(m.steps).unwrap_or(&f32::NAN)
    };
    let log = fit(&mut model, train.len(), every, step, eval);
    let calls = calls.into_inner();
    Ran { calls, log, model }
}

/// Observes which model came back.
fn chosen(c: &mut Check, name: &str, every: usize, val: &[f32]) {
    // Below every evaluation, and lowest one step before the last.
    let lowest = val.len() as f32 - 2.0;
    let train: Vec<f32> = (1..val.len())
        .map(|t| 0.5 + (t as f32 - lowest).abs() / 16.0)
        .collect();
    let ran = run(c, name, every, &train, val);
    c.observe(&format!("best step, {name}"), &ran.log.best_step, EXACT);
    c.observe(
        &format!("steps of the model, {name}"),
        &ran.model.steps,
        EXACT,
    );
}

fn means(c: &mut Check) {
    // 2 as in the text; 4, though the middle batch says 100; and no examples at all.
    let cases: [(&str, &[(f32, usize)]); 4] = [
        ("a short last batch", &[(1.0, 3), (5.0, 1)]),
        ("an empty batch", &[(3.0, 1), (100.0, 0), (5.0, 1)]),
        ("one batch", &[(0.25, 7)]),
        ("no batches", &[]),
    ];
    for (name, batches) in cases {
        let (means, sizes): (Vec<f32>, Vec<usize>) = batches.iter().copied().unzip();
        c.given(&format!("losses, {name}"), &means);
        c.given(&format!("sizes, {name}"), &sizes);
        c.observe(&format!("mean, {name}"), &mean_over(batches), t32(1));
    }
}

fn calls(c: &mut Check) {
    let train = [8.0, 7.0, 6.0, 5.0, 4.0];
    let val = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
    for (name, every, steps) in [
        ("every second of 5", 2, 5),
        ("every second of 4", 2, 4),
        ("every ninth of 2", 9, 2),
        ("none in between", 0, 3),
        ("no steps", 2, 0),
    ] {
        let ran = run(c, name, every, &train[..steps], &val);
        c.observe(&format!("calls, {name}"), &ran.calls, EXACT);
    }
}

fn losses(c: &mut Check) {
    let train = [8.0, 7.0, 6.0, 5.0, 4.0];
    let val = [3.0, 2.5, 1.0, 1.5, 2.0, 1.0];
    let ran = run(c, "5 steps", 2, &train, &val);
    c.observe("train", &ran.log.train, EXACT);
    let (steps, losses): (Vec<usize>, Vec<f32>) = ran.log.val.iter().copied().unzip();
    c.observe("steps of val", &steps, EXACT);
    c.observe("losses of val", &losses, EXACT);
}

fn best(c: &mut Check) {
    // The evaluations turn in the middle, the losses of the steps later.
    chosen(c, "best in the middle", 1, &[3.0, 2.0, 1.0, 2.0, 4.0]);
    chosen(c, "best at the end", 1, &[3.0, 2.0, 1.5]);
    chosen(c, "best at the start", 2, &[1.0, 2.0, 3.0, 4.0]);
    chosen(c, "best not looked at", 2, &[3.0, 0.0, 2.0, 0.5, 2.5]);
}

fn ties(c: &mut Check) {
    chosen(c, "two equals", 1, &[2.0, 1.0, 3.0, 1.0]);
    chosen(c, "all equal", 1, &[1.0, 1.0, 1.0]);
}

fn nothing_good(c: &mut Check) {
    let nan = f32::NAN;
    chosen(c, "NaN in the middle", 1, &[3.0, 2.0, nan, 2.5]);
    chosen(c, "NaN at the start", 1, &[nan, 3.0, 4.0]);
    chosen(c, "only NaN", 1, &[nan, nan, nan]);
    chosen(c, "∞ after NaN", 1, &[nan, f32::INFINITY, nan]);
}

fn random(c: &mut Check) {
    for run_of in ["first", "second", "third"] {
        let steps = 3 + c.rng().below(9);
        let every = 1 + c.rng().below(4);
        // Few values, so that there are equals; a NaN now and then.
        let mut draw = || match c.rng().below(7) {
            0 => f32::NAN,
            n => n as f32 / 2.0,
        };
        let train: Vec<f32> = (0..steps).map(|_| draw()).collect();
        let val: Vec<f32> = (0..=steps).map(|_| draw()).collect();
        let ran = run(c, run_of, every, &train, &val);
        c.observe(&format!("calls, {run_of}"), &ran.calls, EXACT);
        c.observe(&format!("train, {run_of}"), &ran.log.train, EXACT);
        let (steps, losses): (Vec<usize>, Vec<f32>) = ran.log.val.iter().copied().unzip();
        c.observe(&format!("steps of val, {run_of}"), &steps, EXACT);
        c.observe(&format!("losses of val, {run_of}"), &losses, EXACT);
        c.observe(&format!("best step, {run_of}"), &ran.log.best_step, EXACT);
        c.observe(
            &format!("steps of the model, {run_of}"),
            &ran.model.steps,
            EXACT,
        );
    }
}

fn copies(c: &mut Check) {
    // Better than ever after 1, 2 and 3 steps, then never again.
    let val: Vec<f32> = (0..=40).map(|t: i32| (t - 3).abs() as f32).collect();
    let ran = run(c, "41 evaluations", 1, &[1.0; 40], &val);
    // One at the start, three better ones, and one more for taste.
    c.at_most("copies of the model", ran.model.copies.get() as f64, 5.0);
}

/// What is the same on every seed, and made once: how the answer trained, and the loss of what
/// it kept on text that was not read.
fn trained() -> &'static (Log, f64) {
    static TRAINED: OnceLock<(Log, f64)> = OnceLock::new();
    TRAINED.get_or_init(by_heart)
}

/// A table of logits for what follows each symbol, learned from 500 characters by plain
/// gradient descent, and evaluated on 500 others.
fn by_heart() -> (Log, f64) {
    let text: String = corpus::corpus().text.chars().take(1000).collect();
    let vocab = build_vocab(&text);
    let ids = encode(&text, &vocab).unwrap_or_default();
    let v = vocab.len();
    let counts = |from: usize| {
        let part = ids.iter().copied().skip(from).take(500).collect::<Vec<_>>();
        bigram_counts(&part, v).mapv(|n| n as f64)
    };
    let (read, unread) = (counts(0), counts(500));
    let mut logits = Array2::<f64>::zeros((v, v));
    let log = fit(
        &mut logits,
        150,
        5,
        |z, _| {
            let (loss, gradient) = surprise(z, &read);
            z.scaled_add(-30.0, &gradient);
            loss as f32
        },
        |z| surprise(z, &unread).0 as f32,
    );
    (log, surprise(&logits, &unread).0)
}

fn overfitting(c: &mut Check) {
    let (log, kept) = trained();
    c.observe("evaluations", &log.val.len(), EXACT);
    let last = log.val.last().map_or(0.0, |&(_, loss)| f64::from(loss));
    c.holds(
        *kept < last,
        "the model that is kept is better than the last one",
    );
    c.tell("best after", log.best_step as f64, "of 150 steps");
    c.tell("its loss on what it did not read", *kept, "nats");
    c.tell("the last one's", last, "nats");
    let line = |label: &str, points| Line {
        label: label.into(),
        points,
    };
    let train = log.train.iter().enumerate();
    let val = log.val.iter().map(|&(t, loss)| (t as f64, f64::from(loss)));
    c.plot(Plot::Series(Series {
        title: "what is read goes on getting better, what is not turns".into(),
        x: "steps".into(),
        y: "loss in nats".into(),
        lines: vec![
            line(
                "read",
                train
                    .map(|(t, &loss)| (t as f64, f64::from(loss)))
                    .collect(),
            ),
            line("unread", val.collect()),
        ],
        ..Series::default()
    }));
}

/// The mean surprise of the counted transitions, in nats, and its gradient by the logits.
fn surprise(z: &Array2<f64>, counts: &Array2<f64>) -> (f64, Array2<f64>) {
    let n = counts.sum();
    let mut gradient = Array2::zeros(z.raw_dim());
    let mut loss = 0.0;
    for ((z, counts), mut g) in z
        .rows()
        .into_iter()
        .zip(counts.rows())
        .zip(gradient.rows_mut())
    {
        let sum: f64 = z.iter().map(|z| z.exp()).sum();
        let total = counts.sum();
        for j in 0..z.len() {
            loss -= counts[j] * (z[j] - sum.ln()) / n;
            g[j] = (total * z[j].exp() / sum - counts[j]) / n;
        }
    }
    (loss, gradient)
}
