//! # A vector for each symbol, and its gradient
//!
//! ## Understand
//! A network computes with numbers that have a size, and symbols have none: `q` is not a
//! sixteenth more than `p`. So each of V symbols gets a vector of D numbers of its own, a
//! row of the table e `[V, D]`, to be learned like every other weight. For ids `[B, T]` (B
//! rows of T symbols), `embed` looks the vectors up: x `[B, T, D]`. A loss L further on hands
//! back g = ∂L/∂x `[B, T, D]`; `embed_backward` makes dE = ∂L/∂e `[V, D]` of it.
//!
//! By hand: the table [[1, 2], [3, 4]] and ids [[1, 1]] give x = [[[3, 4], [3, 4]]]. If
//! g = [[[1, 0], [10, 5]]], then dE = [[0, 0], [11, 5]].
//!
//! ## Plan
//! Write one element of x with all its indices, x[b, t, d] = e[?, ?]: that is the lookup. Now
//! nudge one element of e: which elements of x move with it, and what does L change by? (The
//! notes, "Lookup and scatter", find the same by linear algebra: the lookup is a product with
//! one-hot rows, and the way back is a product with their transpose. Bengio et al. 2003, §2.)
//!
//! ## Carry out
//! Two gaps of about 2 and 5 lines. Budget: no arithmetic in `embed`, one addition per
//! element of g in `embed_backward`, and no array that is larger than the result. This is judged by
//! running your code on numbers that count themselves, hence `R: Real`: an `f64` to you,
//! with `+=`, and arrays of it from `Array2::zeros`.
//! An id of V or more has no row: panic, as indexing does. Symbols that do not occur have a
//! gradient of 0. The ids may be a view whose rows are not contiguous.
//!
//! ## Look back
//! If g is 1 everywhere, what is dE? Why is a rare symbol's vector learned slowly? On a GPU
//! all places are scattered at once: what goes wrong where an id comes twice?

use kit::Real;
use ndarray::{Array2, Array3, ArrayRef2, ArrayRef3};

/// Looks up a vector for each id: e `[V, D]`, ids `[B, T]` → x `[B, T, D]`.
pub fn embed<R: Real>(e: &ArrayRef2<R>, ids: &ArrayRef2<usize>) -> Array3<R> {
    todo!() // ≈ 2 lines
}

/// ∂L/∂e from g = ∂L/∂x: ids `[B, T]`, g `[B, T, D]` → dE `[V, D]`, where V is `vocab`.
pub fn embed_backward<R: Real>(
    ids: &ArrayRef2<usize>,
    g: &ArrayRef3<R>,
    vocab: usize,
) -> Array2<R> {
    todo!() // ≈ 5 lines
}
