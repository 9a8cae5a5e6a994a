//! The last cube read beyond the end of x: there are more units than numbers wherever n is no
//! multiple of B. Compare ABSOLUTE_POS with `x.len()` before loading, and take a 0 where there is
//! nothing.

use lab::prelude::*;

/// partial\[c\] = the sum of the `block` elements of x that cube c has: x `[n]`.
#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    sums[unit] = x[ABSOLUTE_POS];
    sync_cube();
    let mut half = CUBE_DIM as usize / 2;
    while half > 0 {
        if unit < half {
            let other = sums[unit + half];
            sums[unit] += other;
        }
        sync_cube(); // for all units, also those that added nothing
        half /= 2;
    }
    if unit == 0 {
        partial[CUBE_POS] = sums[0];
    }
}

/// The sum of x: launches until one number is left; that is the result.
pub fn sum(lab: &Lab, mut x: Buffer<f32>, block: usize) -> Buffer<f32> {
    while x.len() > 1 {
        x = level(lab, &x, x.len().div_ceil(block), block);
    }
    x
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
