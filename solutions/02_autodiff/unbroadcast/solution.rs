//! Broadcasting, and its adjoint: summing.

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = g.to_owned();
    while sum.ndim() > shape.len() {
        sum = sum.sum_axis(Axis(0)); // an axis that broadcasting put in front
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
    let (da, db) = (g * b, g * a); // each place with its own factor, and only then
    (unbroadcast(&da, a.shape()), unbroadcast(&db, b.shape()))
}

// Look back. Each sum passes over what is left: at most g.len() additions, and the first takes
// most of them. A sum over an axis and a broadcast along it are each other's adjoints, so the
// bias of a layer, which is added to every row of a batch, gets the sum of g over the batch;
// and the sum of all elements survives. Alternative: walk over g once with the index of x
// beside it, which needs no array in between. Limitation: a framework would fuse g·b and the
// sum; here g·b is an array of its own, as large as g.
