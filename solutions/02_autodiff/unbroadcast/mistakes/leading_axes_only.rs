//! The gradient has g's length where the operand has 1: only the axes that were missing in front
//! were summed. Along an axis of length 1 the operand was repeated just as well.

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = g.to_owned();
    while sum.ndim() > shape.len() {
        sum = sum.sum_axis(Axis(0));
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
