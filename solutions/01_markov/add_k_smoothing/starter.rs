//! # See everything k times more
//!
//! ## Understand
//! A counted table calls impossible whatever it has not seen, and the first such step of
//! another text makes its mean surprise infinite. The oldest remedy: pretend that every symbol
//! was seen k more times after every context. k need not be an integer.
//! counts `[contexts, V next]` → P(next | context), same shape, every row a law.
//! How large should k be? No formula knows; text that was not counted does.
//!
//! By hand: the row [1, 3, 0, 0] with k = 1 is [2, 4, 1, 1] / 8 = [¼, ½, ⅛, ⅛]. That is also
//! half of the counts' own row [¼, ¾, 0, 0] and half of the uniform row [¼, ¼, ¼, ¼].
//!
//! ## Plan
//! P_ab = (C_ab + k) / (N_a + kV), N_a the row's total: the mean of a Dirichlet posterior
//! (Laplace 1774 for k = 1; notes, "Counts that were never made"). This is what to compute. Why it
//! works, the same number written as λ C_ab/N_a + (1 − λ)/V says: λ is how far the counts are
//! believed. What must P be at
//! k = 0, where 0/0 threatens, and where does it go as k grows? On which text would the best
//! k always be the smallest?
//!
//! ## Carry out
//! Three gaps of about 9, 4 and 12 lines; a table of the size of the counts for each k that
//! is tried. `course::char_bigrams::mle_rows` is the case k = 0. The mean surprise of held-out
//! *counts* is −Σ n ln P / Σ n, and a cell with n = 0 adds nothing, also if its P is 0.
//! Not here: backing off to a shorter context, which is what replaces the uniform row.
//!
//! ## Look back
//! The longer the context, the more a wrong k costs (see the picture): why?
//! One k is wrong for all rows at once: which of them would want more? And what does the
//! uniform row know about English? Interpolation and back-off return to λ.

use ndarray::{Array2, ArrayRef2};

/// P(next | context) after k more of everything: counts `[contexts, V next]`, k ≥ 0 and
/// finite → the same shape. k = 0 gives the counts' own rows; a row without counts is uniform.
pub fn add_k(counts: &ArrayRef2<u64>, k: f64) -> Array2<f64> {
    todo!() // ≈ 9 lines
}

/// λ, the weight of the counts' own row in a row of total `row_total` over `v` symbols; 0 for
/// a row without counts.
pub fn shrinkage(row_total: u64, k: f64, v: usize) -> f64 {
    todo!() // ≈ 4 lines
}

/// The k of `grid` whose smoothed `train` is least surprised by `val`, and its mean surprise
/// in nats (+∞ if no k of the grid helps); of equals the first in the grid's order. Both
/// tables are `[contexts, V next]`; `val` holds a count, and `grid` a k.
pub fn best_k(train: &ArrayRef2<u64>, val: &ArrayRef2<u64>, grid: &[f64]) -> (f64, f64) {
    todo!() // ≈ 12 lines
}
