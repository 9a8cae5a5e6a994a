//! # A sum that no unit computes alone
//!
//! ## Understand
//! Softmax, layer norm and every loss end in a sum over many numbers. A loop adds them one after
//! the other, n − 1 times; but a + b and c + d can be had at the same time. Wanted: the sum of x
//! by cubes of B units (a power of two, at least 2), each of which sums B numbers as a tree, and
//! the host's loop that sums these sums in turn until one number is left.
//! Shapes: x `[n]`, partial `[⌈n/B⌉]`, the result `[1]`.
//!
//! By hand: B = 4 and x = 1, 2, 3, 4, 5. The first cube's numbers become 1+3 and 2+4, then 4+6;
//! the second cube has one number and three units without any. Which elements does step one
//! read, which does it write, and who may begin step two?
//!
//! ## Plan
//! Units of a cube meet in shared memory, which nobody has written when the kernel begins: each
//! unit puts a number there, a 0 if there is none left for it. Then half as many units add as in
//! the step before, until one is left. A barrier stands between what one step writes and the
//! next one reads. (Blelloch 1990; notes, "A sum as a tree".)
//!
//! ## Carry out
//! Two gaps of about 13 and 4 lines. Budget of a level: each number is loaded once, each cube
//! stores one; B numbers of shared memory; at most 1 + log₂ B barriers. No unit may have more to
//! do than a few accesses a step.
//!
//! CubeCL: `Shared::<[F]>::new_slice(block)`; `sync_cube()`, which every unit of the cube must
//! meet equally often; `UNIT_POS` is a `u32`, `ABSOLUTE_POS` and `CUBE_POS` are `usize`. A `let
//! mut` that begins as a constant such as `block` cannot be assigned to; `CUBE_DIM as usize` is
//! the same number and can. Two elements of one slice in one statement borrow it twice: read the
//! other one into a `let` first. A buffer's length is `x.len()`, in a kernel and outside.
//!
//! ## Look back
//! How many levels do 2²⁰ numbers take with B = 256, and which part of all loads is the first of
//! them? Why is the tree more exact than the loop? Row softmax will merge pairs like this.

use lab::prelude::*;

/// partial\[c\] = the sum of the `block` elements of x that cube c has: x `[n]`.
#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    todo!() // ≈ 13 lines
}

/// The sum of x: launches until one number is left; that is the result.
pub fn sum(lab: &Lab, x: Buffer<f32>, block: usize) -> Buffer<f32> {
    todo!() // ≈ 4 lines, with `level`
}

/// One launch on `cubes` cubes: the partial sums of x `[n]`.
pub fn level(lab: &Lab, x: &Buffer<f32>, cubes: usize, block: usize) -> Buffer<f32> {
    let partial = lab.allocate("partial", cubes);
    block_sum::launch::<f32>(
        &lab.client(),
        CubeCount::Static(cubes as u32, 1, 1),
        CubeDim::new_1d(block as u32),
        lab.argument(x),
        lab.argument(&partial),
        block,
    );
    partial
}
