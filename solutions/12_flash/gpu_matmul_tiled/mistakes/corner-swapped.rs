//! The cubes computed each other's corners: the row of an element comes from the y of its cube, the
//! column from the x. With one cube, or with a square grid and symmetric matrices, one never
//! notices.

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

/// x\[row, col\] of x `[rows, cols]`, and 0 beyond its edges.
#[cube]
fn at<F: Float>(x: &[F], row: usize, col: usize, rows: usize, cols: usize) -> F {
    let mut value = F::new(0.0);
    if row < rows && col < cols {
        value = x[row * cols + col];
    }
    value
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
    let (y, x) = (UNIT_POS_Y as usize, UNIT_POS_X as usize);
    let row = CUBE_POS_X as usize * tile + y;
    let col = CUBE_POS_Y as usize * tile + x;
    let mut a_tile = Shared::<[F]>::new_slice(tile * tile);
    let mut b_tile = Shared::<[F]>::new_slice(tile * tile);
    let mut sum = F::new(0.0);
    for t in 0..k.div_ceil(tile) {
        a_tile[y * tile + x] = at::<F>(a, row, t * tile + x, m, k);
        b_tile[y * tile + x] = at::<F>(b, t * tile + y, col, k, n);
        sync_cube(); // both tiles are whole
        for p in 0..tile {
            sum += a_tile[y * tile + p] * b_tile[p * tile + x];
        }
        sync_cube(); // nobody reads them any more
    }
    if row < m && col < n {
        c[row * n + col] = sum;
    }
}
