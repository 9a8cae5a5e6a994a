//! As the paper writes it: all scores of a tile first, then its maximum, then one rescaling for
//! the whole tile. Keys and values share one array, the mask is a score of −∞, and q is scaled
//! on the way in.

use lab::prelude::*;

pub fn geometry(n: usize, br: usize) -> (CubeCount, CubeDim) {
    let cubes = (n + br - 1) / br;
    (
        CubeCount::new_1d(cubes as u32),
        CubeDim::new_2d(br as u32, 1),
    )
}

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
    let unit = UNIT_POS as usize;
    let row = ABSOLUTE_POS;
    let mut tile = Shared::<[F]>::new_slice(2 * bc * d);
    let mut scores = Array::<F>::new(bc);
    let mut mine = Array::<F>::new(d);
    let mut acc = Array::<F>::new(d);
    for i in 0..d {
        acc[i] = F::new(0.0);
        mine[i] = F::new(0.0);
    }
    if row < n {
        for i in 0..d {
            mine[i] = q[row * d + i] * F::cast_from(scale);
        }
    }
    let mut top = F::min_value();
    let mut total = F::new(0.0);
    let mut end = n;
    if causal && CUBE_POS * br + br < n {
        end = CUBE_POS * br + br;
    }

    let mut first = CUBE_POS - CUBE_POS;
    while first < end {
        let mut e = unit;
        while e < bc * d {
            let from = first * d + e;
            if from < n * d {
                tile[e] = k[from];
                tile[bc * d + e] = v[from];
            }
            e += br;
        }
        sync_cube();
        let mut best = top;
        for c in 0..bc {
            let key = first + c;
            let hidden = key >= n || (causal && key > row);
            let mut s = F::min_value();
            if !hidden {
                s = F::new(0.0);
                for i in 0..d {
                    s += mine[i] * tile[c * d + i];
                }
            }
            scores[c] = s;
            best = max(best, s);
        }
        let shrink = (top - best).exp();
        total *= shrink;
        for i in 0..d {
            acc[i] *= shrink;
        }
        for c in 0..bc {
            let key = first + c;
            let hidden = key >= n || (causal && key > row);
            if !hidden {
                let p = (scores[c] - best).exp();
                total += p;
                for i in 0..d {
                    acc[i] += p * tile[(bc + c) * d + i];
                }
            }
        }
        top = best;
        sync_cube();
        first += bc;
    }

    if row < n {
        let inverse = F::new(1.0) / total;
        for i in 0..d {
            o[row * d + i] = acc[i] * inverse;
        }
        lse[row] = total.ln() + top;
    }
}
