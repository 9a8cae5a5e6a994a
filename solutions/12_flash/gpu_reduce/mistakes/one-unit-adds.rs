//! Right, but unit 0 added everything while the others stood by: B steps where log₂ B are enough.
//! Let all units add that can: in each step the lower half adds what the upper half has.

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
    if unit == 0 {
        let mut sum = F::new(0.0);
        for i in 0..block {
            sum += sums[i];
        }
        partial[CUBE_POS] = sum;
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
