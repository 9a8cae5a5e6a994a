use bench::prelude::*;
use gpu_flash_fwd::{flash_fwd, geometry};

/// Queries of a cube and keys of a tile: their tiles fill the 16 KiB that every device has.
const BR: usize = 32;
const BC: usize = 32;

/// Columns of a head.
const D: usize = 64;

/// Units of a cube, for the kernels of one unit a number.
const BLOCK: u32 = 256;

pub fn bench(b: &mut Bench) {
    // Mesa's llvmpipe ends a unit's loops after 65,535 rounds in all, and says nothing: with
    // 512 keys of 2 x 64 rounds each, o would be wrong there.
    let n = b.size(Sizes {
        gpu: 4096,
        software: 256,
        simulator: 64,
    });
    let work = Work {
        bytes: 4.0 * (4 * n * D + n) as f64,
        flops: 4.0 * (n * n * D) as f64,
    };
    b.case(&format!("n = {n}, d = {D}, B_r = {BR}, B_c = {BC}"), work);
    let qkv = ["q", "k", "v"].map(|name| b.random(name, n * D));
    let (o, lse) = (
        b.lab().allocate::<f32>("o", n * D),
        b.lab().allocate::<f32>("lse", n),
    );
    let scale = 1.0 / (D as f32).sqrt();

    let (inputs, out) = (qkv.clone(), o.clone());
    b.answer(move |lab| {
        let (cubes, units) = geometry(n, BR);
        let [q, k, v] = [0, 1, 2].map(|i| lab.argument(&inputs[i]));
        let (o, lse) = (lab.argument(&out), lab.argument(&lse));
        flash_fwd::launch::<f32>(
            &lab.client(),
            cubes,
            units,
            q,
            k,
            v,
            o,
            lse,
            n,
            scale,
            D,
            BR,
            BC,
            false,
        );
        out.clone()
    });

    b.no_library("CubeK has attention (cubek-attention 0.3), which is not linked here");
    let scores = b.lab().allocate::<f32>("scores", n * n);
    b.naive("three kernels that keep their scores", move |lab| {
        let client = lab.client();
        let grid = |units: usize| CubeCount::Static(units.div_ceil(BLOCK as usize) as u32, 1, 1);
        let dim = CubeDim::new_1d(BLOCK);
        let [q, k, v] = [0, 1, 2].map(|i| lab.argument(&qkv[i]));
        let s = || lab.argument(&scores);
        scores_of::launch(&client, grid(n * n), dim, q, k, s(), n, scale, D);
        softmax::launch(&client, grid(n), dim, s(), n);
        mix::launch(&client, grid(n * D), dim, s(), v, lab.argument(&o), n, D);
        o.clone()
    });
}

#[cube(launch)]
fn scores_of(q: &[f32], k: &[f32], s: &mut [f32], n: usize, scale: f32, #[comptime] d: usize) {
    if ABSOLUTE_POS < s.len() {
        let (row, key) = (ABSOLUTE_POS / n, ABSOLUTE_POS % n);
        let mut sum = 0.0f32;
        for i in 0..d {
            sum += q[row * d + i] * k[key * d + i];
        }
        s[ABSOLUTE_POS] = sum * scale;
    }
}

/// Makes weights of the scores, one unit a row.
#[cube(launch)]
fn softmax(s: &mut [f32], n: usize) {
    if ABSOLUTE_POS < n {
        let first = ABSOLUTE_POS * n;
        let mut m = s[first];
        for j in 1..n {
            m = max(m, s[first + j]);
        }
        let mut l = 0.0f32;
        for j in 0..n {
            let weight = (s[first + j] - m).exp();
            s[first + j] = weight;
            l += weight;
        }
        for j in 0..n {
            s[first + j] /= l;
        }
    }
}

#[cube(launch)]
fn mix(p: &[f32], v: &[f32], o: &mut [f32], n: usize, #[comptime] d: usize) {
    if ABSOLUTE_POS < o.len() {
        let (row, column) = (ABSOLUTE_POS / d, ABSOLUTE_POS % d);
        let mut sum = 0.0f32;
        for key in 0..n {
            sum += p[row * n + key] * v[key * d + column];
        }
        o[ABSOLUTE_POS] = sum;
    }
}
