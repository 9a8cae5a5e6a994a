//! # A tale by a network
//!
//! ## Understand
//! Put the parts of this stage together, and train the network on the tales: gradient, training,
//! measure, text. Sizes are those of the stage: V symbols, D numbers each, contexts of C, H
//! hidden units, a batch of B. The weights, and the gradient of each of them, are an `MlpLm`.
//!
//! - `loss_grad`: the mean loss L of a batch, and ∂L by each of the five arrays.
//! - `nats`: how surprised the model is by a text held out. The models that count have read the
//!   first 8 symbols of it before they are asked; so `ids[8..]` is scored here, too. C ≤ 8.
//! - `train`: row t of `starts` `[steps, B]` says where the windows of step t begin in `text`. Its
//!   rate is ½ lr (1 + cos(πt/steps)). `fit` runs the steps, and judges by `nats` on `val`.
//! - `generate`: draws a symbol from the model's law, tempered, writes it down, and goes on.
//!
//! By hand: V = 2, C = D = H = 1, e = [½ ln 3, 0], W1 = 1, W2 = [0, 2 ln 3], no biases. After
//! symbol 0: h = ½, p = [¼, ¾]. If 0 comes next, L = ln 4, dW2 = [−⅜, ⅜], db2 = [−¾, ¾],
//! db1 = de₀ = 9/8 ln 3, dW1 = ½ ln 3 · db1, and de₁ = 0. On 9 symbols `nats` scores one.
//!
//! ## Plan
//! Stage 3 ended with this gradient, line by line; here it is made of this stage's parts, in f32
//! (notes, "The gradient again"). What does 1/B belong to, and where does it appear only once? What
//! is the first window of `nats`? How does `generate` come to know what it wrote just now?
//!
//! ## Carry out
//! Four gaps of about 20, 8, 10 and 8 lines. Adam, which makes a step of a gradient, is given; the
//! next stage takes it apart. From the course: `embedding_scatter`, `linear_backward`,
//! `log_softmax_bug`, `mlp_lm_forward`, `context_windows`, `training_loop`, `temperature_sampling`.
//! A product may lie in memory column by column: `to_shape` gives it another shape even then, where
//! `into_shape_with_order` refuses. Evaluate some hundred windows at once, not a whole text. At the
//! end your network is trained on both splits of the tales, 500 steps each, and writes.
//!
//! ## Look back
//! Where does it stand among the models that count, in bits, and in bits a byte? How much worse is
//! it on a theme that it has not read? What would more steps bring, and what a longer context (the
//! notes measure both)? It reads C symbols and no more: how could a network remember?

use course::context_windows::windows;
use course::embedding_scatter::{embed, embed_backward};
use course::linear_backward::linear_backward;
use course::log_softmax_bug::{log_softmax, nll};
use course::mlp_lm_forward::MlpLm;
use course::mlp_lm_forward::forward;
use course::temperature_sampling::{sample, temper};
use course::training_loop::{Log, fit, mean_over};
use ndarray::{Array1, Array2, ArrayRef, ArrayRef2, Dimension, Zip};

/// So many symbols of a text held out are context alone: the models that count score the rest.
pub const UNSCORED: usize = 8;

/// The mean loss of the targets y `[B]` after the contexts x `[B, C]`, in nats, and its gradient
/// by each array of the model.
pub fn loss_grad(m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> (f32, MlpLm) {
    let (b, c) = x.dim();
    let (v, d) = m.e.dim();
    // Forwards.
    let r = embed(&m.e, x);
    let r = r.to_shape((b, c * d)).expect("as many numbers");
    let h = (r.dot(&m.w1) + &m.b1).mapv(f32::tanh);
    let z = h.dot(&m.w2) + &m.b2;
    let loss = nll(&z, y);
    // Backwards.
    let mut dz = log_softmax(&z).mapv(f32::exp);
    for (mut row, &y) in dz.rows_mut().into_iter().zip(y) {
        row[y] -= 1.0;
    }
    dz /= b as f32;
    let (dh, w2, b2) = linear_backward(&h, &m.w2, &dz);
    let da = dh * h.mapv(|h| 1.0 - h * h);
    let (dr, w1, b1) = linear_backward(&r, &m.w1, &da);
    let dx = dr.to_shape((b, c, d)).expect("as many numbers");
    let e = embed_backward(x, &dx, v);
    (loss, MlpLm { e, w1, b1, w2, b2 })
}

/// The mean surprise of the symbols `ids[UNSCORED..]`, in nats, each after the C before it.
pub fn nats(m: &MlpLm, ids: &[usize]) -> f32 {
    let ctx = context(m);
    let starts: Vec<usize> = (UNSCORED - ctx..ids.len() - ctx).collect();
    let batches = starts.chunks(500).map(|starts| {
        let (x, y) = windows(ids, starts, ctx);
        (nll(&forward(m, &x), &y), y.len())
    });
    mean_over(&batches.collect::<Vec<_>>())
}

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
    let (steps, ctx) = (starts.nrows(), context(m));
    let mut adam = Adam::new(m);
    let step = |m: &mut MlpLm, t: usize| {
        let (x, y) = windows(text, &starts.row(t).to_vec(), ctx);
        let (loss, g) = loss_grad(m, &x, &y);
        let turn = std::f32::consts::PI * t as f32 / steps as f32;
        adam.step(m, &g, 0.5 * lr * (1.0 + turn.cos()));
        loss
    };
    fit(m, steps, eval_every, step, |m| nats(m, val))
}

/// What the model writes after `prompt` (C symbols or more) at temperature `t`: one symbol for
/// each of `us`, without the prompt.
pub fn generate(m: &MlpLm, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let ctx = context(m);
    let mut ids = prompt.to_vec();
    for &u in us {
        let last = ids[ids.len() - ctx..].to_vec();
        let x = Array2::from_shape_vec((1, ctx), last).expect("one context");
        let p = log_softmax(&forward(m, &x))
            .row(0)
            .mapv(|p| f64::from(p).exp());
        ids.push(sample(&temper(&p, t), u));
    }
    ids.split_off(prompt.len())
}

// From here on, nothing is missing.

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
