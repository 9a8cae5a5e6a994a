//! The numbers are right, but an axis is missing: [2] came back where the operand was [2, 1]. The
//! gradient of an operand has *its* shape; a weight of shape [2, 1] cannot be moved by a [2]. Put
//! the summed axis back with length 1.

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = g.to_owned();
    while sum.ndim() > shape.len() {
        sum = sum.sum_axis(Axis(0));
    }
    for (axis, &length) in shape.iter().enumerate().rev() {
        if length == 1 {
            sum = sum.sum_axis(Axis(axis));
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
