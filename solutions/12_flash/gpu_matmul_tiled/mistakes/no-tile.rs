//! Right, and T times too many loads: each unit fetched its row and its column from global memory,
//! as the naive kernel does. The units of a row of the cube need the same row of a, those of a
//! column the same column of b: let the cube fetch a tile of each once, and let all of its units
//! read it in shared memory.

use lab::prelude::*;

/// c = a b with every operand from global memory: a `[m, k]`, b `[k, n]`, c `[m, n]`.
#[cube(launch)]
pub fn matmul_naive<F: Float>(a: &[F], b: &[F], c: &mut [F], m: usize, n: usize, k: usize) {
    let row = ABSOLUTE_POS_Y as usize;
    let col = ABSOLUTE_POS_X as usize;
    if row < m && col < n {
        let mut sum = F::new(0.0);
        for p in 0..k {
            sum += a[row * k + p] * b[p * n + col];
        }
        c[row * n + col] = sum;
    }
}

/// Cubes of `tile` × `tile` units for c `[m, n]`: x counts its columns, y its rows.
pub fn geometry(m: usize, n: usize, tile: usize) -> (CubeCount, CubeDim) {
    let [x, y] = [n, m].map(|size| size.div_ceil(tile) as u32);
    let side = tile as u32;
    (CubeCount::Static(x, y, 1), CubeDim::new_2d(side, side))
}

/// c = a b, tile by tile: a `[m, k]`, b `[k, n]`, c `[m, n]`.
#[cube(launch)]
pub fn matmul_tiled<F: Float>(
    a: &[F],
    b: &[F],
    c: &mut [F],
    m: usize,
    n: usize,
    k: usize,
    #[comptime] tile: usize,
) {
    let row = CUBE_POS_Y as usize * tile + UNIT_POS_Y as usize;
    let col = CUBE_POS_X as usize * tile + UNIT_POS_X as usize;
    if row < m && col < n {
        let mut sum = F::new(0.0);
        for t in 0..k.div_ceil(tile) {
            for p in t * tile..min(k, (t + 1) * tile) {
                sum += a[row * k + p] * b[p * n + col];
            }
        }
        c[row * n + col] = sum;
    }
}
