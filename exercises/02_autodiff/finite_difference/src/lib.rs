//! # Slopes from differences, and the step that is best
//!
//! ## Understand
//! A derivative without calculus: evaluate f a little ahead of x and a little behind, and
//! divide. The *central difference* with the step h > 0, the distance to **each** side, is
//! (f(x + h) − f(x − h)) / 2h. By hand: x² at 3 with h = ½ gives (12.25 − 6.25) / 1 = 6,
//! exactly; x³ at 2 with h = ½ gives 12.25, where 12 is true. How small should h be?
//! Arithmetic rounds: each value of f is off by up to u·|f|, with the unit roundoff u = 2⁻⁵³
//! in f64 and 2⁻²⁴ in f32. By hand: f = 4, f‴ = 3, u = 2⁻⁵³ have their best h at 2⁻¹⁷.
//! Shapes: x and the gradient `[n]`, n ≥ 0; everything else is one number.
//!
//! ## Plan
//! Taylor says what the formula is off by in exact arithmetic: h²/6·|f‴|. Rounding adds at
//! most u·|f|/h. One grows with h, the other shrinks: write down their sum, and find the h > 0
//! at which it is least (Press et al., *Numerical Recipes* §5.7). Before anything runs you are
//! asked for one number, which is sealed: the best h for sin near 1. Guess it before you read the
//! notes, "The best step", where it stands.
//! For a gradient, one coordinate is moved while all the others stay where they were.
//!
//! ## Carry out
//! Three gaps of about 1, 1 and 8 lines. `gradient_fd` may call f 2n times, with h the same
//! for every coordinate. Write the difference out there: `central_diff` takes an `Fn`, and such a
//! closure may not change what it captures. In `predict_best_h` neither f nor f‴ is 0, and both
//! may be negative. `central_diff` runs on f64 and f32, hence `R: Real`: it is `Copy`, and has + − × ÷
//! but no literals (`2.0` is an f64; write `R::of(2.0)`, or do without). A quotient of two integers
//! is cut to an integer, and `/` and `*` are done from left to right. Elements are read and written
//! as `x[i]`, whatever the strides; `x` is borrowed, and `x.to_owned()` is a copy that you may
//! change.
//!
//! ## Look back
//! At the best h, how large is the error, as a power of u? Which power has the one-sided
//! difference (f(x + h) − f(x)) / h? What does a gradient of a million coordinates cost so?
//! Rounding can be avoided altogether, by numbers that carry their derivative along: next.

use kit::Real;
use ndarray::{Array1, ArrayRef1};

/// The slope of f at x by the central difference, with f taken at x ± h.
pub fn central_diff<R: Real>(f: impl Fn(R) -> R, x: R, h: R) -> R {
    todo!() // ≈ 1 line
}

/// The h > 0 for which h²/6·|f‴| + u·|f|/h is least. `f` and `f3` are the values f(x) and
/// f‴(x), not 0; `unit_roundoff` is u.
pub fn predict_best_h(f: f64, f3: f64, unit_roundoff: f64) -> f64 {
    todo!() // ≈ 1 line
}

/// The central differences of f along each coordinate: x `[n]` → ∂f/∂x `[n]`.
pub fn gradient_fd(f: impl Fn(&ArrayRef1<f64>) -> f64, x: &ArrayRef1<f64>, h: f64) -> Array1<f64> {
    todo!() // ≈ 8 lines
}
