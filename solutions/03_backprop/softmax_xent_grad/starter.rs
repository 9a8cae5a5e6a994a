//! # Softmax and cross-entropy in one step
//!
//! ## Understand
//! A model gives each row of a batch V logits z, and a row's target is one of 0..V, or none:
//! such rows pad a batch and do not count. The loss L is the mean of −ln s_y over the rows that
//! count, with s = softmax(z) and y the target. Wanted: L and its gradient dz = ∂L/∂z.
//! Shapes: z, dz `[B rows, V logits]`, B targets, L one number.
//!
//! By hand: z = ln [1, 2, 1] has s = [¼, ½, ¼]; with target 1, L = ln 2 and dz = [¼, −½, ¼].
//!
//! ## Plan
//! Put s into −ln s_y. The logarithm of a quotient is a difference: what is left is the logarithm
//! of a sum, less z_y. What are its derivatives (notes, "Softmax and cross-entropy"; Bridle 1990)?
//! That form is also the one to compute. Which number can be taken out of the sum, so that it
//! lies between 1 and V whatever z is? A target that the model thinks nearly impossible costs
//! about as much as its logit is below the largest: with z = [0, −1000] and target 1, the loss is
//! 1000, not ∞.
//!
//! ## Carry out
//! One gap of about 15 lines, and one exponential per logit. A row without a target adds nothing
//! to L, has gradient 0, and is not looked at: it may hold anything, NaN too. If no row counts,
//! L is 0 and so is dz. A logit of −∞ is allowed: its s is 0. As a target it makes L = ∞, and the
//! formula of dz holds all the same. A row that counts has a finite logit.
//!
//! ndarray: `z.rows()` and `dz.rows_mut()` go over the rows; `zip` takes two at a time.
//!
//! ## Look back
//! How large can a row of dz be, added up in absolute value? What does an untrained model cost
//! that holds all V choices for equally likely? Two batches have 10 and 1,000 rows that count:
//! is the mean of their two losses the loss of both? Every language model ends in this loss.

use ndarray::{Array2, ArrayRef2};

/// Mean of −ln softmax(z)[target] over the rows that have a target, and its gradient:
/// z `[B, V]`, `B` targets → (L, dz `[B, V]`).
pub fn xent(z: &ArrayRef2<f64>, target: &[Option<usize>]) -> (f64, Array2<f64>) {
    todo!() // ≈ 15 lines
}
