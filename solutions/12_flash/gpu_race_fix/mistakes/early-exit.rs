//! Units beyond the end of x still end before the first barrier, and the others wait for them in
//! vain. The first fault hid this one: where every block is full, nobody ends early. A unit without
//! a number puts a 0 into shared memory, comes to all barriers, and stores nothing.

use lab::prelude::*;

/// out\[i\] = the sum of x up to and with x\[i\], from the beginning of i's block: x, out `[n]`.
#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    if ABSOLUTE_POS >= x.len() {
        terminate!();
    }
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
    out[ABSOLUTE_POS] = sums[unit];
}
