//! The gradients of a product came back in the shape of the result. Multiplying by the other
//! factor is one step back; the operands were broadcast before, and that is another.

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = g.to_owned();
    while sum.ndim() > shape.len() {
        sum = sum.sum_axis(Axis(0));
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
    (g * b, g * a)
}
