//! A fused map: one unit an element, and the last cube's surplus units idle.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    let cubic = x + F::new(0.044715) * x * x * x;
    F::new(0.5) * x * (F::new(1.0) + (F::new(0.7978846) * cubic).tanh())
}

/// out\[i\] = gelu(a\[i\] + b\[i\]), one element a unit: a, b, out `[n]`.
#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = gelu::<F>(a[ABSOLUTE_POS] + b[ABSOLUTE_POS]);
    }
}

/// How many cubes of `block` units it takes to have a unit for each of `n` elements.
pub fn cubes(n: usize, block: u32) -> u32 {
    n.div_ceil(block as usize) as u32
}

// Look back: 3n elements move, 12n bytes, for 10n operations: 0.83 a byte, where an H100 can do
// 20. Add and GELU as two kernels move 5n elements. Here bytes are time, and nothing else is.
