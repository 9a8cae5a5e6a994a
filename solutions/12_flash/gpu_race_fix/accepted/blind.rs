//! # A step that reads what it writes
//!
//! ## Understand
//! `block_scan` gives each element the sum of everything before it in its block, and itself: of
//! 1, 2, 3, 4 in one block it makes 1, 3, 6, 10. Where each expert's tokens begin in a batch, at
//! which value a sampler stops: that is read from such sums. Shapes: x, out `[n]`; block c has
//! the B elements from c·B on, the last one perhaps fewer. B is a power of two.
//!
//! The algorithm (Hillis & Steele 1986) is right: with reach 1, 2, 4, …, B/2, each unit adds to
//! its sum that of the unit `reach` before it. By hand, B = 4:
//! reach 1:  1  1+2  2+3  3+4  =  1  3  5  7
//! reach 2:  1   3   5+1  7+3  =  1  3  6  10
//! The kernel below compiles, and often gives these numbers on a device whose units happen to
//! run in step. It is wrong all the same, in two ways.
//!
//! ## Plan
//! Take reach 1 by hand again, but let unit 1 be done before unit 2 begins. Then take n = 5, B =
//! 4: write down, for each unit of the second cube, which barriers it comes to. Two accesses of
//! one element by two units, of which one writes, need a barrier between them that both come to.
//! (Notes, "A scan, and what a barrier orders".)
//!
//! ## Carry out
//! About 10 lines change. Budget: x is loaded once and out is stored once; 1 + 2 log₂ B barriers
//! a cube; a handful of accesses a step for each unit, so nobody adds alone. The simulator stops
//! at the first race that it meets and says who did what; it finds those that would go well, too.
//!
//! CubeCL: `terminate!()` ends a unit. `1usize.runtime()` is a 1 that can be assigned to.
//!
//! ## Look back
//! How many additions does this scan make for n = B numbers, how many would a loop? Which of the
//! two faults would a test on your own machine have shown, and on which day?

use lab::prelude::*;

/// out\[i\] = the sum of x up to and with x\[i\], from the beginning of i's block: x, out `[n]`.
#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let unit = UNIT_POS as usize;
    let mut sums = Shared::<[F]>::new_slice(block);
    let mut own = F::new(0.0);
    if ABSOLUTE_POS < x.len() {
        own = x[ABSOLUTE_POS];
    }
    sums[unit] = own;
    sync_cube();
    let mut reach = 1usize.runtime();
    while reach < block {
        let mut before = F::new(0.0);
        if unit >= reach {
            before = sums[unit - reach];
        }
        sync_cube();
        sums[unit] += before;
        sync_cube();
        reach *= 2;
    }
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = sums[unit];
    }
}
