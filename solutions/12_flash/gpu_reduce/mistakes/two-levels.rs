//! Two launches sum up to B² numbers, and there were more. How many levels there are depends on n:
//! a loop on the host asks after each whether more than one number is left.

use lab::prelude::*;

/// partial\[c\] = the sum of the `block` elements of x that cube c has: x `[n]`.
#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    sums[unit] = if ABSOLUTE_POS < x.len() {
        x[ABSOLUTE_POS]
    } else {
        F::new(0.0)
    };
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
    if x.len() == 1 {
        return x;
    }
    x = level(lab, &x, x.len().div_ceil(block), block);
    level(lab, &x, 1, block)
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
