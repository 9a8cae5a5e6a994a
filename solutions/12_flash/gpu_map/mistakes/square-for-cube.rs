//! Almost a GELU: x + 0.044715 x² where x³ belongs. The argument of tanh must be odd in x, so
//! that gelu(x) − gelu(−x) = x; a square bends both sides upwards.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    let curve = x + F::new(0.044715) * x * x;
    F::new(0.5) * x * (F::new(1.0) + (F::new(0.7978846) * curve).tanh())
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
    (n as u32).div_ceil(block)
}
