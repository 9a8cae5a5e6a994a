//! Units without a number returned at once, and the others wait for them at a barrier that they
//! will never reach. A barrier is for all units of the cube: who has no number puts a 0 there, and
//! comes to every barrier.

use lab::prelude::*;

/// partial\[c\] = the sum of the `block` elements of x that cube c has: x `[n]`.
#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    if ABSOLUTE_POS >= x.len() {
        terminate!();
    }
    sums[unit] = x[ABSOLUTE_POS];
    sync_cube();
    let mut half = CUBE_DIM as usize / 2;
    while half > 0 {
        if unit < half {
            let other = sums[unit + half];
            sums[unit] += other;
        }
        sync_cube();
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

// Look back: 2²⁰ numbers take three levels of B = 256, and the first has 255/256 of all loads. A
// tree of log₂ n steps rounds each number log₂ n times, a loop up to n times.
