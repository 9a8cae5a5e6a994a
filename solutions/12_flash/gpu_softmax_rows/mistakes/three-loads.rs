//! Right, with one load too many: a pass for the maximum, one for the sum, one for the quotients.
//! Maximum and sum can be had in one pass, if the sum shrinks whenever the maximum rises.

use lab::prelude::*;

/// One cube of `block` units for each row.
pub fn geometry(rows: usize, block: usize) -> (CubeCount, CubeDim) {
    let cubes = CubeCount::Static(rows as u32, 1, 1);
    (cubes, CubeDim::new_1d(block as u32))
}

/// y = softmax of each row of x: x, y `[rows, cols]`.
#[cube(launch)]
pub fn softmax_rows<F: Float>(x: &[F], y: &mut [F], cols: usize, #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let row = CUBE_POS * cols;
    let mut maxima = Shared::<[F]>::new_slice(block);
    let mut sums = Shared::<[F]>::new_slice(block);

    let mut m = F::min_value(); // max x of the unit's part
    let mut l = F::new(0.0); // Σ exp(x − m) over it
    let mut j = unit;
    while j < cols {
        m = max(m, x[row + j]);
        j += block;
    }
    let mut again = unit;
    while again < cols {
        l += (x[row + again] - m).exp();
        again += block;
    }
    maxima[unit] = m;
    sums[unit] = l;
    sync_cube();

    let mut half = CUBE_DIM as usize / 2;
    while half > 0 {
        if unit < half {
            let one = maxima[unit];
            let other = maxima[unit + half];
            let higher = max(one, other);
            let kept = sums[unit] * (one - higher).exp();
            sums[unit] = kept + sums[unit + half] * (other - higher).exp();
            maxima[unit] = higher;
        }
        sync_cube();
        half /= 2;
    }

    let m = maxima[0];
    let l = sums[0];
    let mut j = unit;
    while j < cols {
        y[row + j] = (x[row + j] - m).exp() / l;
        j += block;
    }
}
