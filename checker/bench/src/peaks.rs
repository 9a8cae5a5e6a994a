//! What a device can do at all: measured, because a data sheet knows nothing of this machine.

use crate::measure::{batch, median, sample};
use crate::report::Peaks;
use lab::Lab;
use lab::cubecl;
use lab::prelude::*;

/// Numbers that are copied: 64 MiB to read and as many to write, more than a cache holds.
const COPIED: usize = 1 << 24;

/// Units of a cube.
const CUBE: usize = 256;

/// Numbers that one unit copies.
const EACH: usize = 4;

/// Units that compute, and how often each goes around its loop.
const COMPUTING: usize = 1 << 16;
const ROUNDS: u32 = 256;

/// Multiply-adds of one round: as many independent ones as hide each other's latency.
const CHAINS: usize = 8;

#[cube(launch)]
fn copy(x: &[f32], y: &mut [f32]) {
    let stride = CUBE_COUNT * (CUBE_DIM as usize);
    #[unroll]
    for i in 0..EACH {
        let at = ABSOLUTE_POS + i * stride;
        y[at] = x[at];
    }
}

/// Eight chains of multiply-adds in registers. What comes out depends on all of them.
#[cube(launch)]
fn multiply_add(y: &mut [f32], factor: f32, rounds: u32, #[comptime] fused: bool) {
    let mut chains = Array::<f32>::new(CHAINS);
    #[unroll]
    for i in 0..CHAINS {
        chains[i] = f32::cast_from(UNIT_POS + i as u32);
    }
    for _ in 0..rounds {
        #[unroll]
        for i in 0..CHAINS {
            if fused {
                chains[i] = fma(chains[i], factor, factor);
            } else {
                chains[i] = chains[i] * factor + factor;
            }
        }
    }
    let mut sum = factor;
    #[unroll]
    for i in 0..CHAINS {
        sum += chains[i];
    }
    y[ABSOLUTE_POS] = sum;
}

/// Measures both peaks, each `runs` times; the medians count.
pub(crate) fn measure(lab: &Lab, runs: usize) -> Peaks {
    let time = |launch: &mut dyn FnMut()| {
        launch(); // compiles it
        let launches = batch(launch, lab);
        let samples: Vec<f64> = (0..runs).map(|_| sample(launch, lab, launches)).collect();
        median(&samples)
    };
    let x = lab.upload("x", &vec![1.0f32; COPIED]);
    let y = lab.allocate::<f32>("y", COPIED);
    let cubes = |units: usize| CubeCount::Static((units / CUBE) as u32, 1, 1);
    let dim = CubeDim::new_1d(CUBE as u32);
    let copying = time(&mut || {
        let (x, y) = (lab.argument(&x), lab.argument(&y));
        copy::launch(&lab.client(), cubes(COPIED / EACH), dim, x, y);
    });
    // Where there is no instruction for it, a fused multiply-add is slower than its two parts.
    let computing = [true, false].map(|fused| {
        time(&mut || {
            let y = lab.argument(&y);
            let (client, factor) = (lab.client(), 0.5);
            multiply_add::launch(&client, cubes(COMPUTING), dim, y, factor, ROUNDS, fused);
        })
    });
    let operations = 2.0 * (COMPUTING * CHAINS) as f64 * f64::from(ROUNDS);
    Peaks {
        bandwidth: 2.0 * (COPIED * size_of::<f32>()) as f64 / copying,
        flops: operations / computing[0].min(computing[1]),
    }
}
