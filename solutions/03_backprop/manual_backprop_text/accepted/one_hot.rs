//! The embedding as a linear layer of one-hot rows, so that every step is a product: place by
//! place, with its own block of W1.

use course::linear_backward::linear_backward;
use course::softmax_xent_grad::xent;
use ndarray::{Array1, Array2, ArrayRef2, Axis, concatenate, s};

#[derive(Clone, Debug)]
pub struct CharMlp {
    pub e: Array2<f64>,
    pub w1: Array2<f64>,
    pub b1: Array1<f64>,
    pub w2: Array2<f64>,
    pub b2: Array1<f64>,
}

pub fn char_mlp_grad(m: &CharMlp, ctx: &ArrayRef2<usize>, y: &[usize]) -> (f64, CharMlp) {
    let ((v, d), (rows, places)) = (m.e.dim(), ctx.dim());
    let one_hot = |c: usize| {
        Array2::from_shape_fn((rows, v), |(b, id)| f64::from(u8::from(ctx[[b, c]] == id)))
    };
    let mut a = Array2::zeros((rows, m.b1.len())) + &m.b1;
    for c in 0..places {
        let block = m.w1.slice(s![c * d..(c + 1) * d, ..]);
        a += &one_hot(c).dot(&m.e).dot(&block);
    }
    let h = a.mapv(f64::tanh);
    let z = h.dot(&m.w2) + &m.b2;
    let targets: Vec<Option<usize>> = y.iter().map(|&y| Some(y)).collect();
    let (loss, dz) = xent(&z, &targets);
    let (dh, w2, b2) = linear_backward(&h, &m.w2, &dz);
    let da = &dh - &dh * &h * &h;
    let mut e = Array2::zeros((v, d));
    let mut blocks = Vec::new();
    for c in 0..places {
        let seen = one_hot(c);
        let block = m.w1.slice(s![c * d..(c + 1) * d, ..]);
        let (dx, dw, _) = linear_backward(&seen.dot(&m.e), &block, &da);
        blocks.push(dw);
        e += &seen.t().dot(&dx);
    }
    let views: Vec<_> = blocks.iter().map(|block| block.view()).collect();
    let w1 = concatenate(Axis(0), &views).expect("blocks of equal width");
    let b1 = da.sum_axis(Axis(0));
    (loss, CharMlp { e, w1, b1, w2, b2 })
}
