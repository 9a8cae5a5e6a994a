//! One window after the other, by vectors.

use course::mlp_lm_forward::MlpLm;
use course::temperature_sampling::{sample, temper};
use course::training_loop::{Log, fit};
use ndarray::{Array1, Array2, ArrayRef, ArrayRef2, Dimension, Zip, s};

pub const UNSCORED: usize = 8;

/// What goes into the hidden units, what comes out of them, and the law.
fn law(m: &MlpLm, context: &[usize]) -> (Array1<f32>, Array1<f32>, Array1<f32>) {
    let d = m.e.ncols();
    let mut r = Array1::zeros(context.len() * d);
    for (c, &id) in context.iter().enumerate() {
        r.slice_mut(s![c * d..(c + 1) * d]).assign(&m.e.row(id));
    }
    let h = (r.dot(&m.w1) + &m.b1).mapv(f32::tanh);
    let z = h.dot(&m.w2) + &m.b2;
    let max = z.fold(f32::NEG_INFINITY, |max, &z| max.max(z));
    let mut p = z.mapv(|z| (z - max).exp());
    p /= p.sum();
    (r, h, p)
}

/// Adds the product of a column and a row.
fn add_outer(to: &mut Array2<f32>, column: &Array1<f32>, row: &Array1<f32>) {
    for (mut line, &factor) in to.rows_mut().into_iter().zip(column) {
        line.scaled_add(factor, row);
    }
}

pub fn loss_grad(m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> (f32, MlpLm) {
    let mut g = Adam::new(m).mean;
    let (mut loss, d, share) = (0.0, m.e.ncols(), 1.0 / y.len() as f32);
    for (context, &y) in x.rows().into_iter().zip(y) {
        let context = context.to_vec();
        let (r, h, mut dz) = law(m, &context);
        loss -= dz[y].ln() * share;
        dz[y] -= 1.0;
        dz *= share;
        add_outer(&mut g.w2, &h, &dz);
        g.b2 += &dz;
        let da = m.w2.dot(&dz) * h.mapv(|h| (1.0 - h) * (1.0 + h));
        add_outer(&mut g.w1, &r, &da);
        g.b1 += &da;
        let dr = m.w1.dot(&da);
        for (c, &id) in context.iter().enumerate() {
            let mut row = g.e.row_mut(id);
            row += &dr.slice(s![c * d..(c + 1) * d]);
        }
    }
    (loss, g)
}

pub fn nats(m: &MlpLm, ids: &[usize]) -> f32 {
    let surprise = |at: usize| -f64::from(law(m, &ids[at - context(m)..at]).2[ids[at]].ln());
    let total: f64 = (UNSCORED..ids.len()).map(surprise).sum();
    (total / (ids.len() - UNSCORED) as f64) as f32
}

pub fn train(
    m: &mut MlpLm,
    text: &[usize],
    val: &[usize],
    starts: &ArrayRef2<usize>,
    lr: f32,
    eval_every: usize,
) -> Log {
    let ctx = context(m);
    let mut rates = (0..starts.nrows())
        .map(|t| std::f64::consts::PI * t as f64 / starts.nrows() as f64)
        .map(|turn| lr * (turn / 2.0).cos().powi(2) as f32); // ½ (1 + cos 2a) = cos² a
    let mut adam = Adam::new(m);
    let step = |m: &mut MlpLm, t: usize| {
        let begin = starts.row(t);
        let x = Array2::from_shape_fn((begin.len(), ctx), |(b, c)| text[begin[b] + c]);
        let y: Vec<usize> = begin.iter().map(|start| text[start + ctx]).collect();
        let (loss, g) = loss_grad(m, &x, &y);
        adam.step(m, &g, rates.next().unwrap_or(0.0));
        loss
    };
    fit(m, starts.nrows(), eval_every, step, |m| nats(m, val))
}

pub fn generate(m: &MlpLm, prompt: &[usize], us: &[f64], t: f64) -> Vec<usize> {
    let mut text = prompt.to_vec();
    us.iter()
        .map(|&u| {
            let (_, _, p) = law(m, &text[text.len() - context(m)..]);
            let next = sample(&temper(&p.mapv(f64::from), t), u);
            text.push(next);
            next
        })
        .collect()
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
