use bench::prelude::*;
use gpu_reduce::sum;

/// Units of a cube.
const BLOCK: usize = 256;

pub fn bench(b: &mut Bench) {
    let n = b.size(Sizes {
        gpu: 1 << 23,
        software: 1 << 23,
        simulator: 1 << 16,
    });
    let work = Work {
        bytes: 4.0 * n as f64,
        flops: n as f64,
    };
    b.case(&format!("n = {n}, {BLOCK} units a cube"), work);
    let x = b.random("x", n);

    let numbers = x.clone();
    b.answer(move |lab| sum(lab, numbers.clone(), BLOCK));

    b.no_library("CubeK has a sum (cubek-reduce 0.3), which is not linked here");
    let total = b.lab().allocate::<f32>("total", 1);
    b.naive("one cube: its units loop, then one of them", move |lab| {
        let (grid, dim) = (CubeCount::Static(1, 1, 1), CubeDim::new_1d(BLOCK as u32));
        let (x, out) = (lab.argument(&x), lab.argument(&total));
        loop_sum::launch(&lab.client(), grid, dim, x, out, BLOCK);
        total.clone()
    });
}

/// Each unit sums every `block`-th number, and the first one their sums.
#[cube(launch)]
fn loop_sum(x: &[f32], total: &mut [f32], #[comptime] block: usize) {
    let mut sums = Shared::<[f32]>::new_slice(block);
    let unit = UNIT_POS as usize;
    let mut i = unit;
    let mut sum = 0.0f32;
    while i < x.len() {
        sum += x[i];
        i += block;
    }
    sums[unit] = sum;
    sync_cube();
    if unit == 0 {
        let mut all = 0.0f32;
        for other in 0..block {
            all += sums[other];
        }
        total[0] = all;
    }
}
