//! A query at a time, as Flash Attention does a tile at a time: no array of n × m, and the mean
//! of dP from the output, ⟨p, dp⟩ = ⟨dout, out⟩.

use ndarray::{Array1, Array2, ArrayRef2};

/// Every query adds what it owes to the keys and values that it saw.
pub fn attention_backward(
    q: &ArrayRef2<f64>,
    k: &ArrayRef2<f64>,
    v: &ArrayRef2<f64>,
    causal: bool,
    dout: &ArrayRef2<f64>,
) -> (Array2<f64>, Array2<f64>, Array2<f64>) {
    let (n, d) = q.dim();
    let root = (d as f64).sqrt();
    let mut dq = Array2::zeros((n, d));
    let mut dk = Array2::zeros(k.raw_dim());
    let mut dv = Array2::zeros(v.raw_dim());
    for i in 0..n {
        let seen = if causal { i + 1 } else { k.nrows() };
        let score = |j: usize| q.row(i).dot(&k.row(j)) / root;
        let top = (0..seen).map(score).fold(f64::NEG_INFINITY, f64::max);
        let mut p: Array1<f64> = (0..seen).map(|j| (score(j) - top).exp()).collect();
        p /= p.sum();
        let mut out = Array1::zeros(v.ncols());
        for j in 0..seen {
            out.scaled_add(p[j], &v.row(j));
        }
        let delta = out.dot(&dout.row(i));
        for j in 0..seen {
            let ds = p[j] * (v.row(j).dot(&dout.row(i)) - delta) / root;
            dq.row_mut(i).scaled_add(ds, &k.row(j));
            dk.row_mut(j).scaled_add(ds, &q.row(i));
            dv.row_mut(j).scaled_add(p[j], &dout.row(i));
        }
    }
    (dq, dk, dv)
}
