use bench::prelude::*;
use gpu_map::{add_gelu, cubes};

/// Units of a cube.
const BLOCK: u32 = 256;

pub fn bench(b: &mut Bench) {
    let n = b.size(Sizes {
        gpu: 1 << 23,
        software: 1 << 23,
        simulator: 1 << 14,
    });
    let work = Work {
        bytes: 12.0 * n as f64,
        flops: 10.0 * n as f64,
    };
    b.case(&format!("n = {n}, {BLOCK} units a cube"), work);
    let (x, y) = (b.random("a", n), b.random("b", n));
    let out = b.lab().allocate::<f32>("out", n);
    let dim = CubeDim::new_1d(BLOCK);

    let ([x1, y1], out1) = ([&x, &y].map(Clone::clone), out.clone());
    b.answer(move |lab| {
        let grid = CubeCount::Static(cubes(n, BLOCK), 1, 1);
        let [x, y] = [&x1, &y1].map(|input| lab.argument(input));
        add_gelu::launch::<f32>(&lab.client(), grid, dim, x, y, lab.argument(&out1));
        out1.clone()
    });

    let sum = b.lab().allocate::<f32>("a + b", n);
    b.naive("two kernels: the sum, then its GELU", move |lab| {
        let grid = || CubeCount::Static(n.div_ceil(BLOCK as usize) as u32, 1, 1);
        let [x, y] = [&x, &y].map(|input| lab.argument(input));
        add::launch(&lab.client(), grid(), dim, x, y, lab.argument(&sum));
        let (sum, out2) = (lab.argument(&sum), lab.argument(&out));
        gelu_of::launch(&lab.client(), grid(), dim, sum, out2);
        out.clone()
    });
}

#[cube(launch)]
fn add(a: &[f32], b: &[f32], sum: &mut [f32]) {
    if ABSOLUTE_POS < sum.len() {
        sum[ABSOLUTE_POS] = a[ABSOLUTE_POS] + b[ABSOLUTE_POS];
    }
}

#[cube(launch)]
fn gelu_of(x: &[f32], out: &mut [f32]) {
    if ABSOLUTE_POS < out.len() {
        let x = x[ABSOLUTE_POS];
        let inner = 0.7978846 * (x + 0.044715 * x * x * x);
        out[ABSOLUTE_POS] = 0.5 * x * (1.0 + inner.tanh());
    }
}
