//! One walk over g, with the place in x beside the place in y.

use ndarray::{ArrayD, ArrayRefD, Dimension, IxDyn};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = ArrayD::zeros(IxDyn(shape));
    let missing = g.ndim() - shape.len();
    for (place, &share) in g.indexed_iter() {
        let mut from = place.slice()[missing..].to_vec();
        for (index, &length) in from.iter_mut().zip(shape) {
            *index = (*index).min(length - 1);
        }
        sum[IxDyn(&from)] += share;
    }
    sum
}

/// The gradients of a and b, of the shapes `a_shape` and `b_shape`, where g is that of a + b.
pub fn add_vjp(
    g: &ArrayRefD<f64>,
    a_shape: &[usize],
    b_shape: &[usize],
) -> (ArrayD<f64>, ArrayD<f64>) {
    (unbroadcast(g, a_shape), unbroadcast(g, b_shape))
}

/// The gradients of a and b, of their shapes, where g is that of a·b, element by element.
pub fn mul_vjp(
    g: &ArrayRefD<f64>,
    a: &ArrayRefD<f64>,
    b: &ArrayRefD<f64>,
) -> (ArrayD<f64>, ArrayD<f64>) {
    let wide = |x: &ArrayRefD<f64>| match x.broadcast(g.raw_dim()) {
        Some(wide) => wide.to_owned(),
        None => panic!("{:?} is not broadcast to {:?}", x.shape(), g.shape()),
    };
    let da = wide(b) * g;
    let db = wide(a) * g;
    (unbroadcast(&da, a.shape()), unbroadcast(&db, b.shape()))
}
