//! The gradient of stage 3, which is in f64, and a text that is read symbol by symbol.

use course::log_softmax_bug::logsumexp;
use course::manual_backprop_text::{CharMlp, char_mlp_grad};
use course::mlp_lm_forward::{MlpLm, forward};
use course::temperature_sampling::{sample, temper};
use course::training_loop::{Log, fit};
use ndarray::{Array, Array1, Array2, ArrayRef, ArrayRef2, Dimension, Zip};
use std::collections::VecDeque;

pub const UNSCORED: usize = 8;

fn wide<D: Dimension>(x: &ArrayRef<f32, D>) -> Array<f64, D> {
    x.mapv(f64::from)
}

fn narrow<D: Dimension>(x: &ArrayRef<f64, D>) -> Array<f32, D> {
    x.mapv(|x| x as f32)
}

pub fn loss_grad(m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> (f32, MlpLm) {
    let m = CharMlp {
        e: wide(&m.e),
        w1: wide(&m.w1),
        b1: wide(&m.b1),
        w2: wide(&m.w2),
        b2: wide(&m.b2),
    };
    let (loss, g) = char_mlp_grad(&m, x, y);
    let gradient = MlpLm {
        e: narrow(&g.e),
        w1: narrow(&g.w1),
        b1: narrow(&g.b1),
        w2: narrow(&g.w2),
        b2: narrow(&g.b2),
    };
    (loss as f32, gradient)
}

pub fn nats(m: &MlpLm, ids: &[usize]) -> f32 {
    let ctx = context(m);
    let (mut total, mut at) = (0.0f64, UNSCORED);
    while at < ids.len() {
        let to = (at + 300).min(ids.len());
        let x = Array2::from_shape_fn((to - at, ctx), |(b, c)| ids[at + b + c - ctx]);
        for (z, &y) in forward(m, &x).rows().into_iter().zip(&ids[at..to]) {
            total += f64::from(logsumexp(&z) - z[y]);
        }
        at = to;
    }
    (total / ids.len().saturating_sub(UNSCORED) as f64) as f32
}

pub fn train(
    m: &mut MlpLm,
    text: &[usize],
    val: &[usize],
    starts: &ArrayRef2<usize>,
    lr: f32,
    eval_every: usize,
) -> Log {
    let mut adam = Adam::new(m);
    let steps = starts.nrows();
    fit(
        m,
        steps,
        eval_every,
        |m, t| {
            let ctx = context(m);
            let begin = starts.row(t);
            let x = Array2::from_shape_fn((begin.len(), ctx), |(b, c)| text[begin[b] + c]);
            let y: Vec<usize> = begin.iter().map(|&start| text[start + ctx]).collect();
            let (loss, g) = loss_grad(m, &x, &y);
            let angle = std::f64::consts::PI * t as f64 / steps as f64;
            adam.step(m, &g, lr * (0.5 + 0.5 * angle.cos()) as f32);
            loss
        },
        |m| nats(m, val),
    )
}

pub fn generate(m: &MlpLm, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let ctx = context(m);
    let mut newest: VecDeque<usize> = prompt[prompt.len() - ctx..].iter().copied().collect();
    let mut written = Vec::with_capacity(us.len());
    for &u in us {
        let x: Array1<usize> = newest.iter().copied().collect();
        let z = forward(m, &x.insert_axis(ndarray::Axis(0)));
        let z: Array1<f64> = z.iter().map(|&z| f64::from(z)).collect();
        let max = z.fold(f64::NEG_INFINITY, |max, &z| max.max(z));
        let mut p = z.mapv(|z| (z - max).exp());
        p /= p.sum();
        let next = sample(&temper(&p, t), u);
        newest.push_back(next);
        newest.pop_front();
        written.push(next);
    }
    written
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
