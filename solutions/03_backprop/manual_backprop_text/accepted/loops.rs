//! One character at a time, by loops, without any part of the course.

use ndarray::{Array1, Array2, ArrayRef2};

#[derive(Clone, Debug)]
pub struct CharMlp {
    pub e: Array2<f64>,
    pub w1: Array2<f64>,
    pub b1: Array1<f64>,
    pub w2: Array2<f64>,
    pub b2: Array1<f64>,
}

pub fn char_mlp_grad(m: &CharMlp, ctx: &ArrayRef2<usize>, y: &[usize]) -> (f64, CharMlp) {
    let ((v, d), hidden) = (m.e.dim(), m.b1.len());
    let mut g = CharMlp {
        e: Array2::zeros((v, d)),
        w1: Array2::zeros(m.w1.dim()),
        b1: Array1::zeros(hidden),
        w2: Array2::zeros(m.w2.dim()),
        b2: Array1::zeros(v),
    };
    let mut loss = 0.0;
    let share = 1.0 / y.len() as f64;
    for (context, &next) in ctx.rows().into_iter().zip(y) {
        let mut h = m.b1.clone();
        for (c, &id) in context.iter().enumerate() {
            for i in 0..d {
                h.scaled_add(m.e[[id, i]], &m.w1.row(c * d + i));
            }
        }
        h.mapv_inplace(f64::tanh);
        let z = h.dot(&m.w2) + &m.b2;
        let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = z.mapv(|z| (z - top).exp());
        let total = weights.sum();
        loss += share * (total.ln() + top - z[next]);

        let mut dz = weights * (share / total);
        dz[next] -= share;
        g.b2 += &dz;
        let mut da = m.w2.dot(&dz);
        for k in 0..hidden {
            g.w2.row_mut(k).scaled_add(h[k], &dz);
            da[k] *= (1.0 - h[k]) * (1.0 + h[k]);
        }
        g.b1 += &da;
        for (c, &id) in context.iter().enumerate() {
            for i in 0..d {
                g.w1.row_mut(c * d + i).scaled_add(m.e[[id, i]], &da);
                g.e[[id, i]] += m.w1.row(c * d + i).dot(&da);
            }
        }
    }
    (loss, g)
}
