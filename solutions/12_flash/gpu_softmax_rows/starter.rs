//! # Softmax, a row to a cube
//!
//! ## Understand
//! y\[i, j\] = exp(x\[i, j\] − m) / l, with m the maximum of row i of x, and l = Σ_j
//! exp(x\[i, j\] − m). Shapes, row by row: x, y `[R, C]`. A cube of B units (a power of two) has
//! one row, shorter or longer than B. Numbers may be −∞, as masks make them, but not whole rows.
//!
//! One pass for the maximum, one for the sum, one for the quotients: three loads for each number.
//! But two are enough, as a maximum and a sum can be had in one pass. By hand: B = 2, and the row
//! ln 1, ln 2, ln 4, ln 1. Unit 0 has the first and the third number, unit 1 the others. Which
//! pair (m, l) has each, and which have both together? (m = ln 4 and l = 2.)
//!
//! ## Plan
//! Each unit goes through its part of the row with its own m and l; when m rises, l, which was
//! summed with the old one, must shrink. Then a tree merges the pairs of all units, as in
//! `gpu_reduce`, except that two pairs are not just added: both sums are about different maxima.
//! What is the pair of a unit without any number, such that merging it changes nothing?
//! (Milakov & Gimelshein 2018, algorithm 3 and section 3.1. Notes, "A softmax that comes in
//! pieces" and "Rows of a softmax".)
//!
//! ## Carry out
//! Two gaps of 2 and about 35 lines. Budget: two loads and a store for each number; 2B numbers of
//! shared memory; 1 + log₂ B barriers; no unit merges alone. Units that are neighbours load
//! neighbouring numbers at the same time: the simulator counts the sectors of 32 bytes, 8
//! numbers, that a plane of 32 units moves for one load.
//!
//! CubeCL: `F::min_value()` is the lowest finite number; `max(a, b)`, `x.exp()`. A `let mut`
//! that begins as a constant cannot be assigned to; `CUBE_DIM as usize` is B and can.
//!
//! ## Look back
//! How many loads would one kernel for each of m, l and y make? When could the second load of
//! each number be spared, and what would it take? Attention will merge such pairs key by key.

use lab::prelude::*;

/// The grid and the cube for a matrix of `rows` rows, `block` units for each.
pub fn geometry(rows: usize, block: usize) -> (CubeCount, CubeDim) {
    todo!() // ≈ 2 lines
}

/// y = softmax of each row of x: x, y `[rows, cols]`.
#[cube(launch)]
pub fn softmax_rows<F: Float>(x: &[F], y: &mut [F], cols: usize, #[comptime] block: usize) {
    todo!() // ≈ 35 lines
}
