//! The last cube has units past the end: with n = 5 and cubes of 4, units 5, 6 and 7 read and
//! write what is not theirs. On a GPU that goes unnoticed until it destroys another buffer. A
//! unit works only if its position is below the length; below, not at most: positions begin at 0.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    let cubic = x + F::new(0.044715) * x * x * x;
    F::new(0.5) * x * (F::new(1.0) + (F::new(0.7978846) * cubic).tanh())
}

/// out\[i\] = gelu(a\[i\] + b\[i\]).
#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    let i = ABSOLUTE_POS;
    out[i] = gelu::<F>(a[i] + b[i]);
}

/// How many cubes it takes.
pub fn cubes(n: usize, block: u32) -> u32 {
    (n as u32).div_ceil(block)
}
