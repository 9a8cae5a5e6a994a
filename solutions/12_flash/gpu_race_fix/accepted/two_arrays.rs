//! Two arrays in turn: a step reads from the one and writes to the other, so that one barrier a
//! step is enough.

use lab::prelude::*;

#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let u = UNIT_POS as usize;
    // The halves begin at 0 and at `block`.
    let mut both = Shared::<[F]>::new_slice(2 * block);
    let here = ABSOLUTE_POS < x.len();
    both[u] = F::new(0.0);
    if here {
        both[u] = x[ABSOLUTE_POS];
    }
    let mut from = 0usize.runtime();
    let mut to = CUBE_DIM as usize;
    let mut reach = 1usize.runtime();
    while reach < block {
        sync_cube();
        let mut sum = both[from + u];
        if u >= reach {
            sum += both[from + u - reach];
        }
        both[to + u] = sum;
        let swap = from;
        from = to;
        to = swap;
        reach = reach + reach;
    }
    if here {
        out[ABSOLUTE_POS] = both[from + u];
    }
}
