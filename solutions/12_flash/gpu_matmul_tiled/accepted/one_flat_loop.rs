//! Loops over the tiles' first column instead of their number, keeps rows of the tiles as 2-D
//! positions in flat arrays of another order, and adds a tile's products before it adds them up.

use lab::prelude::*;

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

pub fn geometry(m: usize, n: usize, tile: usize) -> (CubeCount, CubeDim) {
    let across = (n + tile - 1) / tile;
    let down = (m + tile - 1) / tile;
    (
        CubeCount::Static(across as u32, down as u32, 1),
        CubeDim::new_3d(tile as u32, tile as u32, 1),
    )
}

#[cube]
fn at<F: Float>(x: &[F], row: usize, col: usize, rows: usize, cols: usize) -> F {
    if row >= rows || col >= cols {
        F::new(0.0)
    } else {
        x[cols * row + col]
    }
}

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
    let i = ABSOLUTE_POS_Y as usize;
    let j = ABSOLUTE_POS_X as usize;
    let y = UNIT_POS_Y as usize;
    let x = UNIT_POS_X as usize;
    // Both tiles in one array, that of b by columns.
    let mut tiles = Shared::<[F]>::new_slice(2 * tile * tile);
    let mut total = F::new(0.0);
    let mut first = CUBE_POS_Z as usize;
    while first < k {
        if first > 0 {
            sync_cube();
        }
        tiles[UNIT_POS as usize] = at::<F>(a, i, first + x, m, k);
        tiles[tile * tile + x * tile + y] = at::<F>(b, first + y, j, k, n);
        sync_cube();
        let mut piece = F::new(0.0);
        for p in 0..tile {
            piece += tiles[y * tile + p] * tiles[tile * tile + x * tile + p];
        }
        total += piece;
        first += tile;
    }
    if i < m {
        if j < n {
            c[i * n + j] = total;
        }
    }
}
