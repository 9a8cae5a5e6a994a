//! One cube too many where the length fits exactly: n / block + 1 rounds up only if something is
//! left over. No result is wrong, but a whole cube is launched to do nothing. Rounding up is
//! (n + block − 1) / block, which Rust calls `div_ceil`.

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
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = gelu::<F>(a[ABSOLUTE_POS] + b[ABSOLUTE_POS]);
    }
}

/// How many cubes it takes.
pub fn cubes(n: usize, block: u32) -> u32 {
    n as u32 / block + 1
}
