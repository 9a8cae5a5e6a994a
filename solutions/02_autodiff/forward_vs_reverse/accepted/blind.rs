//! # Forwards or backwards: what a gradient costs
//!
//! ## Understand
//! A program takes n numbers and makes more of them by sums and products; its result is the
//! last. Compute its gradient twice: by forward mode, one pass for each input, and by reverse
//! mode, one sweep back. And foretell, from n and the numbers M of products and A of sums
//! alone, how many times as many operations the first takes. By hand: f = x₀·x₁ at [2, 5] has
//! the gradient [5, 2]. Forwards: two passes, each with 3 products and a sum, 8 in all.
//! Backwards: the product itself, and a product and a sum for each factor, 5. The ratio is 8/5.
//! Shapes: x and the gradients `[n]`; numbers 0 to n − 1 are the inputs, n + i is the result of
//! operation i, which reads earlier numbers only.
//!
//! ## Plan
//! Count, as operations, + and × on numbers of the program, each as one; a result that is
//! added to 0 counts, too. What do a sum and a product cost in a pass, and what in the run
//! forwards and the sweep back (notes, "Forwards or backwards"; Baur & Strassen 1983;
//! Griewank & Walther, *Evaluating Derivatives*, 2008, chapter 4)?
//!
//! ## Carry out
//! Three gaps of about 18, 24 and 3 lines. Your code runs on numbers that count, hence
//! `R: Real`: they have + and ×, and `R::of(1.0)` makes a literal. Budgets: n·(4M + 2A) for
//! `gradient_forward`, 5M + 3A for `gradient_reverse`. A slope of 1 needs no product. In a
//! sweep each adjoint begins with 0, and gathers.
//!
//! ## Look back
//! For which n is forward mode cheaper? What does reverse mode have to keep meanwhile? Which
//! of the two would you take for a program with 3 inputs and 1,000 results?

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// An operation, and the numbers that it reads: below n inputs, from n on earlier results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// The sum of two.
    Add(usize, usize),
    /// The product of two; they may be the same.
    Mul(usize, usize),
}

/// The gradient of the last number of the program, by one pass for each input: x `[n]` →
/// `[n]`.
pub fn gradient_forward<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let n = x.len();
    let mut gradient = Vec::with_capacity(n);
    for i in 0..n {
        let mut values = x.to_vec();
        let mut dots = vec![R::of(0.0); n];
        dots[i] = R::of(1.0);
        for &op in program {
            let (value, dot) = match op {
                Op::Add(a, b) => (values[a] + values[b], dots[a] + dots[b]),
                Op::Mul(a, b) => (
                    values[a] * values[b],
                    values[a] * dots[b] + dots[a] * values[b],
                ),
            };
            values.push(value);
            dots.push(dot);
        }
        gradient.push(dots[dots.len() - 1]);
    }
    Array1::from_vec(gradient)
}

/// The same gradient by one sweep back, without a product where a slope is 1.
pub fn gradient_reverse<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    let n = x.len();
    let mut values = x.to_vec();
    for &op in program {
        values.push(match op {
            Op::Add(a, b) => values[a] + values[b],
            Op::Mul(a, b) => values[a] * values[b],
        });
    }
    let mut adjoints = vec![R::of(0.0); values.len()];
    if let Some(last) = adjoints.last_mut() {
        *last = R::of(1.0);
    }
    for (i, &op) in program.iter().enumerate().rev() {
        let adjoint = adjoints[n + i];
        match op {
            Op::Add(a, b) => {
                adjoints[a] = adjoints[a] + adjoint;
                adjoints[b] = adjoints[b] + adjoint;
            }
            Op::Mul(a, b) => {
                adjoints[a] = adjoints[a] + adjoint * values[b];
                adjoints[b] = adjoints[b] + adjoint * values[a];
            }
        }
    }
    adjoints.truncate(n);
    Array1::from_vec(adjoints)
}

/// How many times the operations of `gradient_reverse` those of `gradient_forward` are, on a
/// program of n inputs, `muls` products and `adds` sums (not both 0).
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    let forward = n * (4 * muls + 2 * adds);
    let reverse = 5 * muls + 3 * adds;
    forward as f64 / reverse as f64
}
