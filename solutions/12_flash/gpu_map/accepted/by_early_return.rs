//! Surplus units leave at once, and tanh is written as a logistic function: ½(1 + tanh u) is
//! 1 / (1 + e^(−2u)).

use lab::prelude::*;

#[cube]
fn gelu<F: Float>(x: F) -> F {
    let twice = F::new(2.0 * 0.7978846) * (x + F::new(0.044715) * x * x * x);
    x / (F::new(1.0) + (-twice).exp())
}

#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    let here = CUBE_POS * CUBE_DIM as usize + UNIT_POS as usize;
    if here >= out.len() {
        terminate!();
    }
    let sum = a[here] + b[here];
    out[here] = gelu::<F>(sum);
}

pub fn cubes(n: usize, block: u32) -> u32 {
    let block = block as usize;
    ((n + block - 1) / block) as u32
}
