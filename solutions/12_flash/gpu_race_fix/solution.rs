//! Prefix sums in shared memory: within a step everybody reads before anybody writes, and writes
//! before anybody reads in the next.

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
        let mut before = F::new(0.0);
        if unit >= reach {
            before = sums[unit - reach];
        }
        sync_cube(); // everybody has read
        sums[unit] += before;
        sync_cube(); // everybody has written
        reach *= 2;
    }
    if ABSOLUTE_POS < x.len() {
        out[ABSOLUTE_POS] = sums[unit];
    }
}

// Look back: log₂ B steps of up to B additions, where a loop makes B − 1 of them in as many steps.
// Two arrays in turn would spare one barrier a step.
