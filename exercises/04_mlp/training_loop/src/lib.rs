//! # The loop that trains, and keeps the best
//!
//! ## Understand
//! Training is a loop: a step changes the model a little and returns its loss on a batch of the
//! text to learn from. Now and then the model is *evaluated* on text that it does not learn
//! from, and only that says how good it is: the loss of the steps goes on falling when the model
//! has begun to learn by heart. `fit` runs the loop for any model `M`, and any `step` and `eval`.
//!
//! - `step(m, t)` is called for t = 0, 1, …, steps − 1. What it returns goes into `train`.
//! - `eval(m)` is called before the first step, after each `eval_every` steps, and after the last
//!   one (once, if both fall together). It goes into `val` with the number of steps made so far.
//!   `eval_every` = 0 asks for none in between.
//! - At the end `m` is the model whose evaluation was lowest, as it was then, and `best_step`
//!   says after how many steps. Of equals, the earlier. NaN and ∞ are never best; if there is
//!   nothing else, the first model stays.
//!
//! By hand: 5 steps, `eval_every` = 2: evaluations after 0, 2, 4 and 5 steps. If they are
//! 3, 1, 2, 1, then `best_step` = 2, and `m` is the model after 2 steps.
//!
//! `mean_over` makes one loss of those of several batches, each given with its size: batches of
//! 3 and 1 examples with the losses 1 and 5 have the mean 2, not 3. A batch may be empty; its loss,
//! a finite number, counts nothing. Over no examples the mean is NaN.
//!
//! ## Plan
//! Keep three things beside the log: the best model so far, its evaluation, its step. What are
//! they before the loop? When is the new one better, and what does that test say of NaN? (Keeping
//! the best is *early stopping*: Morgan and Bourlard 1990; notes, "The loop".)
//!
//! ## Carry out
//! Two gaps of about 20 and 3 lines. Rust calls an `FnMut` only by a `mut` name: write `mut step`
//! and `mut eval` into the signature. A model may be large: clone it once at the start, and when
//! it is better than ever, not otherwise.
//!
//! ## Look back
//! Which of the two lines of the plot can be trusted? The evaluation chose the model: is its loss
//! still a fair estimate? Every model of the course is trained by this loop.

/// What happened while a model was trained.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// What each step returned, in order.
    pub train: Vec<f32>,
    /// Each evaluation: how many steps were made before it, and what it returned.
    pub val: Vec<(usize, f32)>,
    /// After how many steps the model was best.
    pub best_step: usize,
}

/// Makes `steps` steps, evaluates now and then, and leaves in `m` the model of the lowest
/// evaluation.
pub fn fit<M: Clone>(
    m: &mut M,
    steps: usize,
    eval_every: usize,
    step: impl FnMut(&mut M, usize) -> f32,
    eval: impl FnMut(&M) -> f32,
) -> Log {
    todo!() // ≈ 20 lines
}

/// The mean over all examples, from the mean and the size of each batch; NaN over none.
pub fn mean_over(batches: &[(f32, usize)]) -> f32 {
    todo!() // ≈ 3 lines
}
