//! This is the other approximation, x · σ(1.702 x): it is off by up to 0.02, too much to stand in
//! for the tanh form that the weights were trained with. Both are called GELU; which one a model
//! means is part of the model.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    x / (F::new(1.0) + (F::new(-1.702) * x).exp())
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
