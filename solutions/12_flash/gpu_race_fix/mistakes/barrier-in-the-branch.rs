//! There is a barrier between reading and writing now, but only the units that add come to it: the
//! others went round the branch. A barrier waits for all units of the cube, so it stands where all
//! of them pass, and what a unit has read waits in a variable.

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
    let mut reach = 1usize.runtime();
    while reach < block {
        if unit >= reach {
            let before = sums[unit - reach];
            sync_cube();
            sums[unit] += before;
        }
        sync_cube(); // everybody has written
        reach *= 2;
    }
    if ABSOLUTE_POS < x.len() {
        out[ABSOLUTE_POS] = sums[unit];
    }
}
