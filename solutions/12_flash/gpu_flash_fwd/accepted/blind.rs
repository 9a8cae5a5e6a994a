//! # Attention that never writes its scores
//!
//! ## Understand
//! o = softmax(τ q kᵀ) v for one head, and lse = ln Σ_j exp(s_ij), the logarithm of what the
//! softmax divides row i by: a backward pass needs no more of the scores s = τ q kᵀ than that.
//! The n × n scores must exist nowhere: three kernels that keep them move 4nd + 4n² numbers.
//! Shapes: q, k, v, o `[n, d]` row by row, lse `[n]`. Causal: query i sees the keys j ≤ i.
//!
//! One unit for each query, B_r units in a cube. The cube goes through the keys in tiles of B_c
//! of them: its units fetch a tile into shared memory together, then each uses all of it. By
//! hand: n = 5, B_r = 2, B_c = 4. How many cubes, how many tiles for each if causal, and which
//! units and which rows of a tile have nothing to do?
//!
//! ## Plan
//! A softmax wants the largest score of its row first, and here the scores come one by one. So
//! keep m, the largest so far, l = Σ exp(s − m) and sum = Σ exp(s − m) v. What must happen to l
//! and sum when a score above m comes? (Milakov & Gimelshein 2018; Dao et al. 2022, algorithm 1;
//! the loops in the order of Dao 2023. Notes, "A softmax that comes in pieces".)
//!
//! ## Carry out
//! Four gaps of 2, 4, 5 and about 25 lines. Budget: q is loaded once, o and lse are stored once,
//! each cube loads each key and value that it needs once, B_c · d numbers of shared memory for
//! keys and as many for values, two barriers a tile. Two questions decide everything: when is a
//! tile whole, and when may it be overwritten? `sync_cube()` must be met by all units of the
//! cube, equally often, also by those without a query.
//!
//! CubeCL: `Shared::<[F]>::new_slice(bc * d)` is the cube's, `Array::<F>::new(d)` the unit's own;
//! both are indexed by `usize` and lent as `&mut` to a `#[cube]` function. `F::min_value()`,
//! `max(a, b)`, `x.exp()`, `x.ln()`, `F::cast_from(scale)`. An `if` on `causal`, a constant, is
//! decided before the kernel exists. A `let mut` that begins as such a constant cannot be
//! assigned to: begin with a parameter or a position.
//!
//! ## Look back
//! The plot shows what each doubling of B_r saves. Where does it stop paying, and what would be
//! the price of B_r = n? Why is it no loss that lse is kept and m and l are not?

use lab::prelude::*;

/// The grid and the cube for `n` queries, `br` in a cube.
pub fn geometry(n: usize, br: usize) -> (CubeCount, CubeDim) {
    let cubes = CubeCount::Static(n.div_ceil(br) as u32, 1, 1);
    (cubes, CubeDim::new_1d(br as u32))
}

/// How many tiles of `bc` keys this cube needs, if causal no more than its last query sees.
#[cube]
fn tiles(
    n: usize,
    #[comptime] br: usize,
    #[comptime] bc: usize,
    #[comptime] causal: bool,
) -> usize {
    let mut keys = n;
    if causal {
        keys = min(n, (CUBE_POS + 1) * br);
    }
    keys.div_ceil(bc)
}

/// Copies rows\[first ..\] into all of `tile`, the `br` units of the cube together; beyond the
/// end of `rows` come zeros.
#[cube]
fn stage<F: Float>(rows: &[F], tile: &mut [F], first: usize, #[comptime] br: usize) {
    let mut i = UNIT_POS as usize;
    while i < tile.len() {
        let mut value = F::new(0.0);
        if first + i < rows.len() {
            value = rows[first + i];
        }
        tile[i] = value;
        i += br;
    }
}

/// o = softmax(scale · q kᵀ) v and lse, for n rows of d numbers: q, k, v, o `[n, d]`, lse `[n]`.
#[cube(launch)]
pub fn flash_fwd<F: Float>(
    q: &[F],
    k: &[F],
    v: &[F],
    o: &mut [F],
    lse: &mut [F],
    n: usize,
    scale: f32,
    #[comptime] d: usize,
    #[comptime] br: usize,
    #[comptime] bc: usize,
    #[comptime] causal: bool,
) {
    let row = ABSOLUTE_POS;
    let mut keys = Shared::<[F]>::new_slice(bc * d);
    let mut values = Shared::<[F]>::new_slice(bc * d);
    let mut query = Array::<F>::new(d);
    let mut sum = Array::<F>::new(d);
    for c in 0..d {
        sum[c] = F::new(0.0);
        if row < n {
            query[c] = F::cast_from(scale) * q[row * d + c];
        }
    }
    // How many keys this unit sees: none without a query.
    let mut seen = n;
    if causal {
        seen = row + 1;
    }
    let mut m = F::min_value();
    let mut l = F::new(0.0);
    for t in 0..tiles(n, br, bc, causal) {
        stage::<F>(k, &mut keys, t * bc * d, br);
        stage::<F>(v, &mut values, t * bc * d, br);
        sync_cube(); // the tile is whole
        for j in 0..bc {
            if row < n && t * bc + j < seen {
                let mut s = F::new(0.0);
                for c in 0..d {
                    s += query[c] * keys[j * d + c];
                }
                let new = max(m, s);
                let shrink = (m - new).exp();
                let p = (s - new).exp();
                l = l * shrink + p;
                for c in 0..d {
                    sum[c] = sum[c] * shrink + p * values[j * d + c];
                }
                m = new;
            }
        }
        sync_cube(); // nobody reads it any more
    }
    if row < n {
        for c in 0..d {
            o[row * d + c] = sum[c] / l;
        }
        lse[row] = m + l.ln();
    }
}
