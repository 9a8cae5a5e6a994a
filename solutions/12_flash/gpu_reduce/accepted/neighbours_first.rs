//! Neighbours are added first, then pairs of pairs: the same tree from the other end. Units without
//! a number begin with 0. The host calls itself.

use lab::prelude::*;

#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    let mut tree = Shared::<[F]>::new_slice(block);
    let mine = UNIT_POS as usize;
    tree[mine] = F::new(0.0);
    if ABSOLUTE_POS < x.len() {
        tree[mine] += x[ABSOLUTE_POS];
    }
    let mut apart = CUBE_DIM as usize / CUBE_DIM as usize;
    while apart < block {
        sync_cube();
        if mine % (2 * apart) == 0 {
            tree[mine] = tree[mine] + tree[mine + apart];
        }
        apart *= 2;
    }
    if mine == 0 {
        partial[CUBE_POS] = tree[mine];
    }
}

pub fn sum(lab: &Lab, x: Buffer<f32>, block: usize) -> Buffer<f32> {
    let n = x.len();
    if n <= 1 {
        return x;
    }
    let cubes = (n + block - 1) / block;
    let partial = lab.allocate("partial", cubes);
    block_sum::launch::<f32>(
        &lab.client(),
        CubeCount::new_1d(cubes as u32),
        CubeDim::new_1d(block as u32),
        lab.argument(&x),
        lab.argument(&partial),
        block,
    );
    sum(lab, partial, block)
}
