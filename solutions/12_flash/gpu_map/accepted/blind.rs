//! # One unit, one element: a residual and its GELU in one kernel
//!
//! ## Understand
//! A feed-forward layer ends in out = gelu(a + b), element by element. As two kernels, one for
//! the sum and one for the GELU, the sum travels to memory and back for nothing. Wanted: one
//! kernel that does both, and how many cubes to launch it with.
//! Shapes: a, b, out `[n]`, any n. gelu(x) = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))).
//!
//! A kernel is the program of one *unit*. Units come in *cubes* of `block` units, cubes make the
//! grid, and a unit finds out who it is from `ABSOLUTE_POS`: its number in the whole grid.
//!
//! By hand: n = 5 and block = 4 take 2 cubes, so 8 units. Which three have nothing to do, and
//! what would they read if nobody stopped them?
//!
//! ## Plan
//! The sequential loop `for i in 0..n` disappears: the grid *is* the loop, rounded up to whole
//! cubes, and what was the loop's condition becomes an `if` in the kernel. The formula is the
//! tanh form of Hendrycks & Gimpel 2016, section 2; notes, "A kernel is the body of a loop".
//!
//! ## Carry out
//! Three gaps of 3, 3 and 1 lines. Budget: each element of a and b is loaded once, each of out
//! stored once. The checks launch your kernel on a simulated GPU, which counts that, and which
//! tells who touched what where something is not right.
//!
//! CubeCL: `#[cube]` code is Rust that is turned into a kernel while the program runs. Numbers
//! of the kernel's type F are written `F::new(0.5)`; `x.tanh()` is as in Rust; slices know
//! their `len()` and are indexed by `usize`, which `ABSOLUTE_POS` is. `√(2/π)` is 0.7978846.
//!
//! ## Look back
//! Count the bytes that move for each floating-point operation, and compare with what your own
//! device can do. Which parts of a transformer are maps like this one, and what would one kernel
//! for a whole chain of them save? Later kernels of this stage guard their ends the same way.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    let u = F::new(0.7978846) * (x + F::new(0.044715) * x * x * x);
    F::new(0.5) * x * (F::new(1.0) + u.tanh())
}

/// out\[i\] = gelu(a\[i\] + b\[i\]), one element a unit: a, b, out `[n]`.
#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = gelu::<F>(a[ABSOLUTE_POS] + b[ABSOLUTE_POS]);
    }
}

/// How many cubes of `block` units it takes to have a unit for each of `n` elements.
pub fn cubes(n: usize, block: u32) -> u32 {
    n.div_ceil(block as usize) as u32
}
