//! # Log-probabilities that break, and why
//!
//! ## Understand
//! A language model ends in logits z `[B, V]`: one row for each of B places in a text, one
//! number for each of V symbols. What training needs is the *log* of the softmax,
//! log p = ln(exp(z_i) / Σ_j exp(z_j)) `[B, V]`, and from it the loss: the mean of −log p over
//! the targets y `[B]`. Everything is `f32`, as in models.
//!
//! By hand: logits ln [1, 2, 1] have log p = ln [¼, ½, ¼] and LSE = ln Σ exp(z) = ln 4.
//!
//! What should hold, for logits of any size:
//! - max z ≤ LSE(z) ≤ max z + ln V. The bounds decide the edges too: LSE of nothing, or of
//!   nothing but −∞, is −∞.
//! - A number added to a whole row moves its LSE by as much, and its log p not at all. What
//!   the other rows are does not matter.
//! - Two logits 120 apart have log-probabilities 120 apart.
//! - A logit of −∞ is a symbol that cannot come: its log p is −∞, and the rest of the row is
//!   as if it were not there. A row of nothing but −∞ is NaN: there is nothing to choose.
//!
//! ## Plan
//! The code below compiles, and is right for small logits. Find out where it is not: three
//! things are wrong. Put the rows [100, 100], [−200, −200] and [0, −120] through it, alone and
//! as one batch, and watch each intermediate value: which of them is no `f32` any more?
//! `f32` ends at 3.4e38 = e^88.7, and e^−104 is 0 already (notes, "Log-softmax").
//!
//! ## Carry out
//! About 10 lines change in `logsumexp` and `log_softmax`; `nll` is as it should be. V
//! exponentials and one logarithm a row are enough.
//!
//! ## Look back
//! What does a floor such as 1e-10 do to the *gradient* of the loss (see the plot)? Why does
//! the order of two subtractions matter at logits near 10⁶? The loss of every model of the
//! course is `nll`.

use ndarray::{Array2, ArrayRef1, ArrayRef2};

/// LSE(z) = ln Σ_j exp(z_j): z `[V]` → one number.
pub fn logsumexp(z: &ArrayRef1<f32>) -> f32 {
    let max = z.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if max == f32::NEG_INFINITY {
        return max;
    }
    let sum: f32 = z.iter().map(|z| (z - max).exp()).sum();
    max + sum.ln()
}

/// ln softmax, row by row: z `[B, V]` → log p `[B, V]`.
pub fn log_softmax(z: &ArrayRef2<f32>) -> Array2<f32> {
    let mut p = z.to_owned();
    for mut row in p.rows_mut() {
        let max = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        row.mapv_inplace(|z| z - max);
        let ln_sum = row.iter().map(|z| z.exp()).sum::<f32>().ln();
        row.mapv_inplace(|z| z - ln_sum);
    }
    p
}

/// The mean surprise −log p of the targets, in nats: z `[B, V]`, y `[B]` → one number.
pub fn nll(z: &ArrayRef2<f32>, y: &[usize]) -> f32 {
    let log_p = log_softmax(z);
    let of_targets = log_p.rows().into_iter().zip(y).map(|(row, &y)| row[y]);
    -of_targets.sum::<f32>() / y.len() as f32
}
