//! The vectors by products with one-hot rows, place by place, and the law by softmax itself.

use course::mlp_lm_forward::MlpLm;
use course::temperature_sampling::{sample, temper};
use course::training_loop::{Log, fit};
use ndarray::{Array1, Array2, ArrayRef, ArrayRef2, Axis, Dimension, Zip, s};

pub const UNSCORED: usize = 8;

/// The one-hot rows of each place of the contexts.
fn one_hot(x: &ArrayRef2<usize>, v: usize) -> Vec<Array2<f32>> {
    let hot = |column: &[usize]| {
        Array2::from_shape_fn((column.len(), v), |(b, id)| f32::from(column[b] == id))
    };
    x.columns().into_iter().map(|c| hot(&c.to_vec())).collect()
}

/// The rows of W1 that belong to one place.
fn rows(place: usize, d: usize) -> std::ops::Range<usize> {
    place * d..(place + 1) * d
}

/// Hidden units and law.
fn law(m: &MlpLm, places: &[Array2<f32>], batch: usize) -> (Array2<f32>, Array2<f32>) {
    let mut a = Array2::zeros((batch, m.b1.len()));
    for (place, hot) in places.iter().enumerate() {
        let w1 = m.w1.slice(s![rows(place, m.e.ncols()), ..]);
        a += &hot.dot(&m.e).dot(&w1);
    }
    let h = (a + &m.b1).mapv(f32::tanh);
    let mut p = h.dot(&m.w2) + &m.b2;
    for mut row in p.rows_mut() {
        let max = row.fold(f32::NEG_INFINITY, |max, &z| max.max(z));
        row.mapv_inplace(|z| (z - max).exp());
        let sum = row.sum();
        row /= sum;
    }
    (h, p)
}

pub fn loss_grad(m: &MlpLm, x: &ArrayRef2<usize>, y: &[usize]) -> (f32, MlpLm) {
    let places = one_hot(x, m.e.nrows());
    let (h, mut dz) = law(m, &places, y.len());
    let share = 1.0 / y.len() as f32;
    let mut loss = 0.0;
    for (mut row, &y) in dz.rows_mut().into_iter().zip(y) {
        loss -= share * row[y].ln();
        row[y] -= 1.0;
    }
    dz *= share;
    let da = dz.dot(&m.w2.t()) * h.mapv(|h| (1.0 - h) * (1.0 + h));
    let mut g = MlpLm {
        e: Array2::zeros(m.e.raw_dim()),
        w1: Array2::zeros(m.w1.raw_dim()),
        b1: da.sum_axis(Axis(0)),
        w2: h.t().dot(&dz),
        b2: dz.sum_axis(Axis(0)),
    };
    for (place, hot) in places.iter().enumerate() {
        let rows = rows(place, m.e.ncols());
        let sums = hot.t().dot(&da); // of the rows of da, for each symbol
        g.w1.slice_mut(s![rows.clone(), ..])
            .assign(&m.e.t().dot(&sums));
        g.e += &sums.dot(&m.w1.slice(s![rows, ..]).t());
    }
    (loss, g)
}

pub fn nats(m: &MlpLm, ids: &[usize]) -> f32 {
    let ctx = context(m);
    let (mut total, mut scored) = (0.0, 0);
    let answers: Vec<usize> = (UNSCORED..ids.len()).collect();
    for at in answers.chunks(200) {
        let x = Array2::from_shape_fn((at.len(), ctx), |(b, c)| ids[at[b] - ctx + c]);
        let (_, p) = law(m, &one_hot(&x, m.e.nrows()), at.len());
        let surprise = p
            .rows()
            .into_iter()
            .zip(at)
            .map(|(p, &at)| -p[ids[at]].ln());
        total += surprise.map(f64::from).sum::<f64>();
        scored += at.len();
    }
    (total / scored as f64) as f32
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
            let newest = Array1::from(text[text.len() - context(m)..].to_vec());
            let x = newest.insert_axis(Axis(0));
            let (_, p) = law(m, &one_hot(&x, m.e.nrows()), 1);
            let next = sample(&temper(&p.row(0).mapv(f64::from), t), u);
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
