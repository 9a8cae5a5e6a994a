use kit::prelude::*;
use manual_backprop_text::{CharMlp, char_mlp_grad};
use std::collections::BTreeSet;

/// Characters of context, numbers a character, hidden units.
const SIZES: (usize, usize, usize) = (3, 4, 12);

pub fn main() {
    checks(&[
        (
            "with all weights 0 the loss is ln V, and b2 learns the frequencies",
            nothing_known,
        ),
        ("one character after one, by hand", by_hand),
        ("a character that stands twice gets both parts", twice),
        ("each place of the context keeps its own weights", places),
        ("characters that do not occur get no gradient", text),
        ("the gradient is the derivative", derivative),
        ("downhill the model learns to spell", training),
    ])
}

fn give_model(c: &mut Check, m: &CharMlp) {
    c.given("e", &m.e);
    c.given("w1", &m.w1);
    c.given("b1", &m.b1);
    c.given("w2", &m.w2);
    c.given("b2", &m.b2);
}

fn given(c: &mut Check, m: &CharMlp, ctx: &Array2<usize>, y: &[usize]) {
    give_model(c, m);
    c.given("ctx", ctx);
    c.given("y", y);
}

fn observe(c: &mut Check, loss: f64, g: &CharMlp) {
    c.observe("loss", &loss, T64);
    c.observe("de", &g.e, G64);
    c.observe("dw1", &g.w1, G64);
    c.observe("db1", &g.b1, G64);
    c.observe("dw2", &g.w2, G64);
    c.observe("db2", &g.b2, G64);
}

/// Normal weights of a given size; (C, D, H) are the sizes, V the characters.
fn random(c: &mut Check, (places, d, h): (usize, usize, usize), v: usize, size: f64) -> CharMlp {
    CharMlp {
        e: c.normal((v, d)),
        w1: c.normal((places * d, h)) * size,
        b1: c.normal(h) * size,
        w2: c.normal((h, v)) * size,
        b2: c.normal(v) * size,
    }
}

fn nothing_known(c: &mut Check) {
    // s = [¼ ¼ ¼ ¼]; of b2 alone something is learned: [¼ -¼ ¼ -¼].
    let m = CharMlp {
        e: Array2::zeros((4, 1)),
        w1: Array2::zeros((1, 1)),
        b1: Array1::zeros(1),
        w2: Array2::zeros((1, 4)),
        b2: Array1::zeros(4),
    };
    let (ctx, y) = (array![[0], [2]], [1, 3]);
    c.given("ctx", &ctx);
    c.given("y", &y[..]);
    let (loss, g) = char_mlp_grad(&m, &ctx, &y);
    observe(c, loss, &g);
}

fn by_hand(c: &mut Check) {
    // The case that the exercise's text shows.
    let ln_3 = 3f64.ln();
    let m = CharMlp {
        e: array![[0.5 * ln_3], [0.0]],
        w1: array![[1.0]],
        b1: array![0.0],
        w2: array![[0.0, 2.0 * ln_3]],
        b2: array![0.0, 0.0],
    };
    let (ctx, y) = (array![[0]], [0]);
    given(c, &m, &ctx, &y);
    let (loss, g) = char_mlp_grad(&m, &ctx, &y);
    observe(c, loss, &g);
}

fn twice(c: &mut Check) {
    let m = CharMlp {
        e: array![[1.0], [-1.0]],
        w1: array![[0.5], [0.25]],
        b1: array![0.0],
        w2: array![[1.0, -1.0]],
        b2: array![0.0, 0.0],
    };
    // Character 1 stands at both places of the first context, and at one of the second.
    let (ctx, y) = (array![[1, 1], [0, 1]], [0, 1]);
    given(c, &m, &ctx, &y);
    let (loss, g) = char_mlp_grad(&m, &ctx, &y);
    c.observe("loss", &loss, T64);
    c.observe("de", &g.e, G64);
}

fn places(c: &mut Check) {
    // As many places as numbers a character: shapes cannot tell them apart.
    let m = random(c, (2, 2, 3), 4, 1.0);
    let (ctx, y) = (array![[0, 1], [2, 0], [1, 2]], [1, 3, 0]);
    given(c, &m, &ctx, &y);
    let (loss, g) = char_mlp_grad(&m, &ctx.t().to_owned().t(), &y); // a view by columns
    c.observe("loss", &loss, T64);
    c.observe("de", &g.e, G64);
    c.observe("dw1", &g.w1, G64);
    if g.e.dim() != m.e.dim() || g.b1.dim() != 3 {
        return;
    }
    // Both are Σ dx, which W1 makes of Σ da, and that is db1.
    let all = g.e.sum_axis(Axis(0));
    let block = |place: usize| m.w1.slice(s![2 * place..2 * place + 2, ..]).dot(&g.b1);
    let through = block(0) + block(1);
    for i in 0..2 {
        let law = format!("column {i} of dE should sum to what W1 makes of db1");
        c.close(all[i], through[i], G64, &law);
    }
}

/// The text's characters, each once, ascending.
fn symbols() -> Vec<char> {
    let distinct: BTreeSet<char> = corpus::corpus().text.chars().collect();
    distinct.into_iter().collect()
}

/// A text as numbers.
fn encode(text: &str, symbols: &[char]) -> Vec<usize> {
    let id = |c: char| symbols.binary_search(&c).unwrap_or(0);
    text.chars().map(id).collect()
}

/// The whole text as numbers, and how many different ones there are.
fn encoded() -> (Vec<usize>, usize) {
    let symbols = symbols();
    (encode(corpus::corpus().text, &symbols), symbols.len())
}

/// Random places of a text: contexts, and what came next.
fn batch(c: &mut Check, ids: &[usize], size: usize) -> (Array2<usize>, Vec<usize>) {
    let places = SIZES.0;
    let starts: Vec<usize> = (0..size)
        .map(|_| c.rng().below(ids.len() - places))
        .collect();
    let ctx = Array2::from_shape_fn((size, places), |(b, i)| ids[starts[b] + i]);
    (ctx, starts.iter().map(|at| ids[at + places]).collect())
}

fn text(c: &mut Check) {
    let (ids, v) = encoded();
    let m = random(c, SIZES, v, 0.02);
    let (ctx, y) = batch(c, &ids, 20);
    given(c, &m, &ctx, &y);
    let (loss, g) = char_mlp_grad(&m, &ctx, &y);
    c.observe("loss", &loss, T64);
    c.observe("db1", &g.b1, G64);
    c.observe_large("de", &g.e, G64);
    let even = (v as f64).ln();
    c.holds(
        (loss - even).abs() < 0.05,
        &format!("with small weights the loss is near ln {v} = {even:.3}"),
    );
    if g.e.dim() == m.e.dim() {
        let unused = (0..v).filter(|id| !ctx.iter().any(|used| used == id));
        let still = |id: usize| g.e.row(id).iter().all(|&x| x == 0.0);
        let moved = unused.into_iter().find(|&id| !still(id));
        let law = format!(
            "no context holds character {}, so its row of dE should be 0",
            moved.unwrap_or(0)
        );
        c.holds(moved.is_none(), &law);
    }
}

fn derivative(c: &mut Check) {
    let m = random(c, (2, 3, 4), 5, 0.7);
    let (ctx, y) = (array![[0, 1], [4, 4], [1, 2]], [3, 1, 0]);
    given(c, &m, &ctx, &y);
    let (loss, g) = char_mlp_grad(&m, &ctx, &y);
    c.observe("loss", &loss, T64);
    let fits = g.e.dim() == m.e.dim() && g.w1.dim() == m.w1.dim() && g.w2.dim() == m.w2.dim();
    if !fits || g.b1.dim() != m.b1.dim() || g.b2.dim() != m.b2.dim() {
        return;
    }
    let with = |change: &dyn Fn(&mut CharMlp)| {
        let mut m = m.clone();
        change(&mut m);
        char_mlp_grad(&m, &ctx, &y).0
    };
    let law = |name: &str| format!("<d{name}, d> is how fast your loss changes along d");
    c.derivative(&m.e, &g.e, &|e| with(&|m| m.e.assign(e)), &law("E"));
    c.derivative(&m.w1, &g.w1, &|w| with(&|m| m.w1.assign(w)), &law("W1"));
    c.derivative(&m.b1, &g.b1, &|b| with(&|m| m.b1.assign(b)), &law("b1"));
    c.derivative(&m.w2, &g.w2, &|w| with(&|m| m.w2.assign(w)), &law("W2"));
    c.derivative(&m.b2, &g.b2, &|b| with(&|m| m.b2.assign(b)), &law("b2"));
}

fn training(c: &mut Check) {
    let (ids, v) = encoded();
    let cut = corpus::corpus().split().0.chars().count();
    let (learnt, held) = ids.split_at(cut);
    let untrained = random(c, SIZES, v, 0.1);
    let mut m = untrained.clone();
    let (ctx, y) = batch(c, held, 400);
    let before = char_mlp_grad(&m, &ctx, &y).0;
    let mut losses = Vec::new();
    give_model(c, &m);
    for step in 0..STEPS {
        let (ctx, y) = batch(c, learnt, 32);
        if step < 6 {
            c.given(&format!("ctx {step}"), &ctx);
            c.given(&format!("y {step}"), &y);
        }
        losses.push((step as f64, descend(&mut m, &ctx, &y)));
    }
    let first: Vec<f64> = losses.iter().take(6).map(|(_, loss)| *loss).collect();
    c.observe("the first six losses", &first, G64);
    let after = char_mlp_grad(&m, &ctx, &y).0;
    c.holds(
        after < before,
        "on text held out, the loss is lower after 300 steps than before",
    );
    let weights = m.e.len() + m.w1.len() + m.b1.len() + m.w2.len() + m.b2.len();
    let (places, d, h) = SIZES;
    let sizes = format!("with C = {places}, D = {d}, H = {h}, V = {v}");
    c.tell("weights of the model", weights as f64, &sizes);
    c.tell("before, on text held out", before, "nats a character");
    c.tell(
        "after 300 steps, on text held out",
        after,
        "nats a character",
    );
    c.plot(fall(&losses));
    c.look_back(|c| on_the_ladder(c, &untrained));
}

/// One step down the gradient of a batch; its loss before.
fn descend(m: &mut CharMlp, ctx: &ArrayRef2<usize>, y: &[usize]) -> f64 {
    let (loss, g) = char_mlp_grad(m, ctx, y);
    m.e.scaled_add(-RATE, &g.e);
    m.w1.scaled_add(-RATE, &g.w1);
    m.b1.scaled_add(-RATE, &g.b1);
    m.w2.scaled_add(-RATE, &g.w2);
    m.b2.scaled_add(-RATE, &g.b2);
    loss
}

/// Where as many steps lead among the models that count, on text that was held out in either way.
fn on_the_ladder(c: &mut Check, untrained: &CharMlp) {
    let (text, symbols) = (corpus::corpus(), symbols());
    for split in text.splits() {
        let (learnt, held) = (encode(&split.train, &symbols), encode(&split.val, &symbols));
        let mut m = untrained.clone();
        for _ in 0..STEPS {
            let (ctx, y) = batch(c, &learnt, 32);
            descend(&mut m, &ctx, &y);
        }
        let ladder = yardstick::of_split(&text, &split);
        let bits = nats(&m, &held) / std::f64::consts::LN_2;
        yardstick::tell_split(c, split.held_out, &ladder, "yours, 300 steps", bits);
    }
}

/// The mean loss on the characters of a text that the ladder's models are scored on.
fn nats(m: &CharMlp, held: &[usize]) -> f64 {
    let places = SIZES.0;
    let scored: Vec<usize> = (yardstick::UNSCORED..held.len()).collect();
    let losses = scored.chunks(500).map(|at| {
        let ctx = Array2::from_shape_fn((at.len(), places), |(b, i)| held[at[b] - places + i]);
        let y: Vec<usize> = at.iter().map(|&at| held[at]).collect();
        char_mlp_grad(m, &ctx, &y).0 * at.len() as f64
    });
    losses.sum::<f64>() / scored.len() as f64
}

/// Steps of stochastic gradient descent, and their size.
const STEPS: usize = 300;
const RATE: f64 = 0.5;

fn fall(losses: &[(f64, f64)]) -> Plot {
    // The mean of 20 batches, for one of 32 characters says little.
    let mean = |some: &[(f64, f64)]| {
        let sum: f64 = some.iter().map(|(_, loss)| loss).sum();
        (some[0].0 + 10.0, sum / some.len() as f64)
    };
    Plot::Series(Series {
        title: "your gradient, 300 times a small step against it".into(),
        x: "step".into(),
        y: "loss on text to learn, nats a character".into(),
        log_x: false,
        log_y: false,
        lines: vec![Line {
            label: "loss".into(),
            points: losses.chunks(20).map(mean).collect(),
        }],
    })
}
