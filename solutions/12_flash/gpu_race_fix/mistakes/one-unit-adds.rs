//! Right, and free of races, as unit 0 did everything while the others stood by: B steps where log₂
//! B are enough. A race is no reason to give up working together; let the units read, wait, and
//! write.

use lab::prelude::*;

/// out\[i\] = the sum of x up to and with x\[i\], from the beginning of i's block: x, out `[n]`.
#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    sums[unit] = if ABSOLUTE_POS < x.len() {
        x[ABSOLUTE_POS]
    } else {
        F::new(0.0)
    };
    sync_cube();
    if unit == 0 {
        for i in 1..block {
            let before = sums[i - 1];
            sums[i] += before;
        }
    }
    sync_cube();
    if ABSOLUTE_POS < x.len() {
        out[ABSOLUTE_POS] = sums[unit];
    }
}
