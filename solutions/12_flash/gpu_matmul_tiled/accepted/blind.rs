//! # A matrix product in tiles
//!
//! ## Understand
//! c = a b. The kernel `matmul_naive` below is right, and wasteful: the unit of c\[i, j\] fetches
//! row i of a and column j of b from global memory, though its neighbours fetch them, too: 2mnk
//! loads. Wanted: the same product with 1/T of them, by cubes of T × T units that share what they
//! fetch. Shapes, row by row: a `[m, k]`, b `[k, n]`, c `[m, n]`; none need be a multiple of T.
//!
//! By hand: m = 3, k = 4, n = 5, T = 2. How many cubes are there, and through how many pairs of
//! tiles does each go? How often is a\[0, 0\] loaded by the naive kernel (5 times), how often
//! now? Which units of the last cube have no element, and what must they do all the same?
//!
//! ## Plan
//! A cube computes a T × T corner of c, each unit one element of it. Cut the sum over p in
//! c\[i, j\] = Σ_p a\[i, p\] b\[p, j\] into pieces of T: a piece needs one tile of a and one of b,
//! T² numbers each, in shared memory, and gives every element of the corner T of its products.
//! So 2T² loads make T³ products. (Lam, Rothberg & Wolf 1991 for blocking; Hong & Kung 1981 for
//! why no order of the products can do much better. Notes, "A matrix product in tiles".)
//!
//! ## Carry out
//! Three gaps of about 3, 5 and 17 lines. Budget: m·k·⌈n/T⌉ loads of a, k·n·⌈m/T⌉ of b, m·n
//! stores to c, 2⌈k/T⌉ barriers for a cube. Each unit fetches one number of each tile. When is a
//! tile whole, and when may it be overwritten? What fills it beyond the edges?
//!
//! CubeCL: a unit's place in its cube is `UNIT_POS_X` and `UNIT_POS_Y`, its cube's in the grid
//! `CUBE_POS_X` and `CUBE_POS_Y`. They are `u32` and indices are `usize`: `UNIT_POS_X as usize`.
//! `Shared::<[F]>::new_slice(tile * tile)`, `sync_cube()`, `CubeDim::new_2d(x, y)`.
//!
//! ## Look back
//! The plot has T from 2 to 16. What do the loads approach with ever larger T, and what keeps T
//! small? Each product still reads two numbers from shared memory: where else could they be?

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

/// The grid, and the cube of `tile` × `tile` units, for c `[m, n]`: x counts columns, y rows.
pub fn geometry(m: usize, n: usize, tile: usize) -> (CubeCount, CubeDim) {
    let side = tile as u32;
    let cubes = CubeCount::Static(n.div_ceil(tile) as u32, m.div_ceil(tile) as u32, 1);
    (cubes, CubeDim::new_2d(side, side))
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
    let x = UNIT_POS_X as usize;
    let y = UNIT_POS_Y as usize;
    let row = CUBE_POS_Y as usize * tile + y;
    let col = CUBE_POS_X as usize * tile + x;
    let mut a_tile = Shared::<[F]>::new_slice(tile * tile);
    let mut b_tile = Shared::<[F]>::new_slice(tile * tile);
    let mut sum = F::new(0.0);
    for t in 0..k.div_ceil(tile) {
        a_tile[y * tile + x] = at::<F>(a, row, t * tile + x, m, k);
        b_tile[y * tile + x] = at::<F>(b, t * tile + y, col, k, n);
        sync_cube(); // the tiles are whole
        for p in 0..tile {
            sum += a_tile[y * tile + p] * b_tile[p * tile + x];
        }
        sync_cube(); // nobody reads them any more
    }
    if row < m && col < n {
        c[row * n + col] = sum;
    }
}
