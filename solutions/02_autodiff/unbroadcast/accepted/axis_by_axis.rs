//! From the outermost axis inwards: a part of g for each step along it, summed or put side by side.

use ndarray::{ArrayD, ArrayRefD, Axis, IxDyn, stack};

/// The sum of g over all places that one element was broadcast to.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    if g.ndim() == 0 {
        return ArrayD::from_elem(IxDyn(&[]), g.sum());
    }
    let is_missing = g.ndim() > shape.len();
    let inner = if is_missing { shape } else { &shape[1..] };
    let parts: Vec<ArrayD<f64>> = g
        .axis_iter(Axis(0))
        .map(|part| unbroadcast(&part, inner))
        .collect();
    if is_missing || shape[0] == 1 {
        let sum = parts
            .iter()
            .fold(ArrayD::zeros(IxDyn(inner)), |sum, part| sum + part);
        return if is_missing {
            sum
        } else {
            sum.insert_axis(Axis(0))
        };
    }
    if parts.is_empty() {
        return ArrayD::zeros(IxDyn(shape));
    }
    let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
    match stack(Axis(0), &views) {
        Ok(whole) => whole,
        Err(error) => panic!("parts of one shape: {error}"),
    }
}

/// The gradients of a and b where g is that of a + b.
pub fn add_vjp(
    g: &ArrayRefD<f64>,
    a_shape: &[usize],
    b_shape: &[usize],
) -> (ArrayD<f64>, ArrayD<f64>) {
    let back = |shape| unbroadcast(g, shape);
    (back(a_shape), back(b_shape))
}

/// The gradients of a and b where g is that of a·b, element by element.
pub fn mul_vjp(
    g: &ArrayRefD<f64>,
    a: &ArrayRefD<f64>,
    b: &ArrayRefD<f64>,
) -> (ArrayD<f64>, ArrayD<f64>) {
    let to = |own: &ArrayRefD<f64>, other: &ArrayRefD<f64>| {
        let share = g * other;
        unbroadcast(&share, own.shape())
    };
    (to(a, b), to(b, a))
}
