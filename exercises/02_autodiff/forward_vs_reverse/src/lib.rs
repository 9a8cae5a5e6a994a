//! # Forwards or backwards: what a gradient costs
//!
//! ## Understand
//! A program takes n numbers and makes more of them by sums and products; its result is the
//! last. Compute its gradient twice: by forward mode, one pass for each input, and by reverse
//! mode, one sweep back. And predict, from n and the numbers M of products and A of sums
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
//! `R: Real` (the notes' legend lists its operations): `R::of(1.0)` makes a literal. Budgets:
//! n·(4M + 2A) for `gradient_forward`, 5M + 3A for `gradient_reverse`. A slope of 1 needs no
//! product. In a sweep each adjoint begins with 0, and gathers.
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
    todo!() // ≈ 18 lines
}

/// The same gradient by one sweep back, without a product where a slope is 1.
pub fn gradient_reverse<R: Real>(program: &[Op], x: &ArrayRef1<R>) -> Array1<R> {
    todo!() // ≈ 24 lines
}

/// The operations of `gradient_forward` divided by those of `gradient_reverse`, on a program of
/// n inputs, `muls` products and `adds` sums (not both 0).
pub fn predict_ratio(n: u64, muls: u64, adds: u64) -> f64 {
    todo!() // ≈ 3 lines
}
