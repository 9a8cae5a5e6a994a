//! The last tile was fetched as if it were full: with n = 5 and tiles of 4 keys, its second row is
//! key 5, which does not exist. Compare the place in `rows`, not the place in the tile, with what
//! there is, and put a zero where there is nothing.

use lab::prelude::*;

/// Cubes of `br` units, one for every `br` queries.
pub fn geometry(n: usize, br: usize) -> (CubeCount, CubeDim) {
    let cubes = n.div_ceil(br) as u32;
    (CubeCount::Static(cubes, 1, 1), CubeDim::new_1d(br as u32))
}

/// How many tiles of `bc` keys this cube looks at: the same for all of its units.
#[cube]
fn tiles(
    n: usize,
    #[comptime] br: usize,
    #[comptime] bc: usize,
    #[comptime] causal: bool,
) -> usize {
    let mut keys = n;
    if causal {
        keys = min(n, (CUBE_POS + 1) * br); // the cube's last query sees no further
    }
    keys.div_ceil(bc)
}

/// Copies `tile.len()` numbers from `rows`, from number `first` on: all units of the cube
/// together, each every `br`-th. Beyond the end of `rows` there are zeros.
#[cube]
fn stage<F: Float>(rows: &[F], tile: &mut [F], first: usize, #[comptime] br: usize) {
    let mut i = UNIT_POS as usize;
    while i < tile.len() {
        tile[i] = rows[first + i];
        i += br;
    }
}

/// o = softmax(scale · q kᵀ) v and lse = ln Σ exp(scores), for n rows of d numbers.
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
    let row = CUBE_POS * br + UNIT_POS as usize;
    let mut k_tile = Shared::<[F]>::new_slice(bc * d);
    let mut v_tile = Shared::<[F]>::new_slice(bc * d);
    let mut query = Array::<F>::new(d);
    let mut sum = Array::<F>::new(d); // Σ exp(s − m) v, over the keys so far
    for i in 0..d {
        query[i] = if row < n { q[row * d + i] } else { F::new(0.0) };
        sum[i] = F::new(0.0);
    }
    let mut m = F::min_value(); // max s
    let mut l = F::new(0.0); // Σ exp(s − m)

    for t in 0..tiles(n, br, bc, causal) {
        stage::<F>(k, &mut k_tile, t * bc * d, br);
        stage::<F>(v, &mut v_tile, t * bc * d, br);
        sync_cube(); // the tile is whole
        for c in 0..bc {
            let key = t * bc + c;
            let mut visible = key < n;
            if causal {
                visible = visible && key <= row;
            }
            if visible {
                let mut s = F::new(0.0);
                for i in 0..d {
                    s += query[i] * k_tile[c * d + i];
                }
                s *= F::cast_from(scale);
                let higher = max(m, s);
                let kept = (m - higher).exp();
                let p = (s - higher).exp();
                l = l * kept + p;
                for i in 0..d {
                    sum[i] = sum[i] * kept + p * v_tile[c * d + i];
                }
                m = higher;
            }
        }
        sync_cube(); // nobody reads it any more
    }

    if row < n {
        for i in 0..d {
            o[row * d + i] = sum[i] / l;
        }
        lse[row] = m + l.ln();
    }
}
