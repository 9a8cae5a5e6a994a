//! Rescales only when the maximum rises, merges neighbours first, in one array of pairs, and
//! divides by multiplying with the inverse.

use lab::prelude::*;

pub fn geometry(rows: usize, block: usize) -> (CubeCount, CubeDim) {
    (
        CubeCount::Static(rows as u32, 1, 1),
        CubeDim::new_2d(block as u32, 1),
    )
}

#[cube(launch)]
pub fn softmax_rows<F: Float>(x: &[F], y: &mut [F], cols: usize, #[comptime] block: usize) {
    let me = UNIT_POS as usize;
    let first = CUBE_POS * cols;
    let mut pairs = Shared::<[F]>::new_slice(2 * block);
    let mut top = F::min_value();
    let mut total = F::new(0.0);
    for step in 0..cols.div_ceil(block) {
        let j = step * block + me;
        if j < cols {
            let v = x[first + j];
            if v > top {
                total = total * (top - v).exp() + F::new(1.0);
                top = v;
            } else {
                total += (v - top).exp();
            }
        }
    }
    pairs[2 * me] = top;
    pairs[2 * me + 1] = total;
    sync_cube();
    let mut apart = 1usize.runtime();
    while apart < block {
        if me % (2 * apart) == 0 {
            let a = pairs[2 * me];
            let b = pairs[2 * (me + apart)];
            let la = pairs[2 * me + 1];
            let lb = pairs[2 * (me + apart) + 1];
            if a > b {
                pairs[2 * me + 1] = la + lb * (b - a).exp();
            } else {
                pairs[2 * me] = b;
                pairs[2 * me + 1] = lb + la * (a - b).exp();
            }
        }
        sync_cube();
        apart *= 2;
    }
    let highest = pairs[0];
    let inverse = F::new(1.0) / pairs[1];
    for step in 0..cols.div_ceil(block) {
        let j = step * block + me;
        if j < cols {
            y[first + j] = (x[first + j] - highest).exp() * inverse;
        }
    }
}
