//! What was written never became context: each symbol was drawn after the end of the prompt, as
//! if nothing had come since. Append it first, and look back from there.

use course::context_windows::windows;
use course::embedding_scatter::{embed, embed_backward};
use course::linear_backward::linear_backward;
use course::log_softmax_bug::{log_softmax, nll};
use course::mlp_lm_forward::{MlpLm, forward};
use course::temperature_sampling::{sample, temper};
use course::training_loop::{Log, fit, mean_over};
use ndarray::{Array1, Array2, ArrayRef, ArrayRef2, Dimension, Zip};
use std::f32::consts::PI;

/// So many symbols of a text held out are context alone: the models that count score the rest.
pub const UNSCORED: usize = 8;

/// The mean loss of the targets y `[B]` after the contexts x `[B, C]`, in nats, and its gradient
/// by each array of the model.
pub fn loss_grad(m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> (f32, MlpLm) {
    let vectors = embed(&m.e, x);
    let shape = vectors.raw_dim();
    let flat = vectors
        .into_shape_with_order((y.len(), m.w1.nrows()))
        .expect("as many numbers as before");
    let hidden = (flat.dot(&m.w1) + &m.b1).mapv(f32::tanh);
    let log_p = log_softmax(&(hidden.dot(&m.w2) + &m.b2));

    let n = y.len() as f32;
    let mut loss = 0.0;
    let mut dz = log_p.mapv(|log_p| log_p.exp() / n);
    for (b, &y) in y.iter().enumerate() {
        loss -= log_p[[b, y]] / n;
        dz[[b, y]] -= 1.0 / n;
    }
    let (dhidden, w2, b2) = linear_backward(&hidden, &m.w2, &dz);
    let da = dhidden * hidden.mapv(|h| 1.0 - h * h);
    let (dflat, w1, b1) = linear_backward(&flat, &m.w1, &da);
    let dvectors = dflat.to_shape(shape).expect("as many numbers as before");
    let e = embed_backward(x, &dvectors, m.e.nrows());
    (loss, MlpLm { e, w1, b1, w2, b2 })
}

/// The mean surprise of the symbols `ids[UNSCORED..]`, in nats, each after the C before it.
pub fn nats(m: &MlpLm, ids: &[usize]) -> f32 {
    let ctx = context(m);
    let starts: Vec<usize> = (UNSCORED - ctx..ids.len() - ctx).collect();
    let loss = |starts: &[usize]| {
        let (x, y) = windows(ids, starts, ctx);
        (nll(&forward(m, &x), &y), y.len())
    };
    mean_over(&starts.chunks(AT_ONCE).map(loss).collect::<Vec<_>>())
}

/// Windows that are evaluated at once: a whole text of them would fill the memory.
const AT_ONCE: usize = 512;

/// Trains on the windows of `text` that begin at `starts` `[steps, B]`, a row a step, with rates
/// that fall from `lr` along a cosine. Leaves the model that was best on `val` in `m`.
pub fn train(
    m: &mut MlpLm,
    text: &[usize],
    val: &[usize],
    starts: &ArrayRef2<usize>,
    lr: f32,
    eval_every: usize,
) -> Log {
    let steps = starts.nrows();
    let mut adam = Adam::new(m);
    let step = |m: &mut MlpLm, t: usize| {
        let (x, y) = windows(text, &starts.row(t).to_vec(), context(m));
        let (loss, gradient) = loss_grad(m, &x, &y);
        let turn = PI * t as f32 / steps as f32;
        adam.step(m, &gradient, 0.5 * lr * (1.0 + turn.cos()));
        loss
    };
    fit(m, steps, eval_every, step, |m| nats(m, val))
}

/// What the model writes after `prompt` (C symbols or more) at temperature `t`: one symbol for
/// each of `us`, without the prompt.
pub fn generate(m: &MlpLm, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let mut text = prompt.to_vec();
    for &u in us {
        let start = prompt.len() - context(m);
        let newest = Array2::from_shape_fn((1, context(m)), |(_, c)| text[start + c]);
        let log_p = log_softmax(&forward(m, &newest));
        let p: Array1<f64> = log_p.iter().map(|&log_p| f64::from(log_p).exp()).collect();
        text.push(sample(&temper(&p, t), u));
    }
    text.split_off(prompt.len())
}

/// How many symbols the model looks back: C.
pub fn context(m: &MlpLm) -> usize {
    m.w1.nrows() / m.e.ncols()
}

/// Adam: each weight takes a step of its own, by what its gradients were so far (Kingma and Ba
/// 2015, algorithm 1; notes, "Steps").
pub struct Adam {
    /// Moving averages of the gradients, and of their squares.
    mean: MlpLm,
    square: MlpLm,
    /// β₁ and β₂ to the power of the steps made.
    powers: (f32, f32),
}

const BETA: (f32, f32) = (0.9, 0.99);
const EPSILON: f32 = 1e-8;

impl Adam {
    /// Before the first step: no gradient was seen.
    pub fn new(m: &MlpLm) -> Self {
        let zeros = MlpLm {
            e: Array2::zeros(m.e.raw_dim()),
            w1: Array2::zeros(m.w1.raw_dim()),
            b1: Array1::zeros(m.b1.raw_dim()),
            w2: Array2::zeros(m.w2.raw_dim()),
            b2: Array1::zeros(m.b2.raw_dim()),
        };
        Self {
            mean: zeros.clone(),
            square: zeros,
            powers: (1.0, 1.0),
        }
    }

    /// One step down the gradient `g`, at the rate `lr`.
    pub fn step(&mut self, m: &mut MlpLm, g: &MlpLm, lr: f32) {
        self.powers.0 *= BETA.0;
        self.powers.1 *= BETA.1;
        let unbiased = (1.0 - self.powers.0, 1.0 - self.powers.1);
        let (mean, square) = (&mut self.mean, &mut self.square);
        walk(&mut m.e, &g.e, &mut mean.e, &mut square.e, unbiased, lr);
        walk(&mut m.w1, &g.w1, &mut mean.w1, &mut square.w1, unbiased, lr);
        walk(&mut m.b1, &g.b1, &mut mean.b1, &mut square.b1, unbiased, lr);
        walk(&mut m.w2, &g.w2, &mut mean.w2, &mut square.w2, unbiased, lr);
        walk(&mut m.b2, &g.b2, &mut mean.b2, &mut square.b2, unbiased, lr);
    }
}

fn walk<D: Dimension>(
    w: &mut ArrayRef<f32, D>,
    g: &ArrayRef<f32, D>,
    mean: &mut ArrayRef<f32, D>,
    square: &mut ArrayRef<f32, D>,
    unbiased: (f32, f32),
    lr: f32,
) {
    Zip::from(w)
        .and(g)
        .and(mean)
        .and(square)
        .for_each(|w, &g, m, v| {
            *m += (1.0 - BETA.0) * (g - *m);
            *v += (1.0 - BETA.1) * (g * g - *v);
            *w -= lr * (*m / unbiased.0) / ((*v / unbiased.1).sqrt() + EPSILON);
        });
}
