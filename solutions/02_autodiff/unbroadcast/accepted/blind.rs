//! # Broadcasting backwards
//!
//! ## Understand
//! Where shapes differ, array libraries *broadcast*: they align the axes at the right, put axes
//! of length 1 in front where some are missing, and repeat along every axis of length 1 until
//! the lengths agree. `[2, 1] + [3]` is `[2, 3]`: a column and a row make a table. Gradients
//! come back in the shape of the result, and must go on in the shapes of the operands. By
//! hand: if b `[3]` was added to every row of a table, and g = [[1, 2, 3], [4, 5, 6]] comes
//! back, then db = [5, 7, 9]: b₀ stood in two places, and moves the result along both.
//! Shapes: g has the shape that a and b are broadcast to together; each gradient has the shape
//! of its operand, axes of length 1 and all. A single number has the shape `[]`.
//!
//! ## Plan
//! Broadcasting copies, so it is linear: y = Bx. Its adjoint Bᵀ is what moves B to the other
//! side of an inner product, ⟨Bx, g⟩ = ⟨x, Bᵀg⟩. Write both sides as sums over the places of
//! y, and see which gᵢ stand beside one xⱼ (notes, "Broadcasting backwards"). A product of
//! broadcast operands is two steps, so two steps back: which one comes first?
//!
//! ## Carry out
//! Three gaps of about 10, 1 and 3 lines. In ndarray `sum_axis(Axis(k))` (`ndarray::Axis`)
//! takes axis k away, and all axes behind it move up by one; `insert_axis(Axis(k))` puts one of
//! length 1 there. A sum over nothing is 0. `g * a` broadcasts as described, if both are
//! `&ArrayRefD`, and is an array. `.to_owned()` makes an array of a borrowed one.
//!
//! ## Look back
//! Which layer of a network adds one vector to every row of a batch, and what is its gradient?
//! Does the sum of all elements survive `unbroadcast`? What is the adjoint of a *sum* over an
//! axis?

use ndarray::{ArrayD, ArrayRefD, Axis};

/// The sum of g over all places that one element was broadcast to: g of any shape that
/// `shape` can be broadcast to → `shape`.
pub fn unbroadcast(g: &ArrayRefD<f64>, shape: &[usize]) -> ArrayD<f64> {
    let mut sum = g.to_owned();
    while sum.ndim() > shape.len() {
        sum = sum.sum_axis(Axis(0));
    }
    for (k, &len) in shape.iter().enumerate() {
        if len == 1 {
            sum = sum.sum_axis(Axis(k)).insert_axis(Axis(k));
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
