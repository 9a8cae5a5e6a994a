//! How fast the simulator is: a tiled matrix product with all detectors on.
//!
//! ```text
//! cargo run --example throughput [n] [threads]
//! ```

use std::time::Instant;

use gpu::{
    Gpu, Options,
    cubecl::{self, prelude::*},
};

/// Each cube computes a tile of `c = a b`, all matrices `n` by `n`.
#[cube(launch)]
fn tiled_matmul<F: Float>(a: &[F], b: &[F], c: &mut [F], n: u32, #[comptime] tile: u32) {
    let row = CUBE_POS_Y * tile + UNIT_POS_Y;
    let col = CUBE_POS_X * tile + UNIT_POS_X;
    let mut a_tile = Shared::<[F]>::new_slice((tile * tile) as usize);
    let mut b_tile = Shared::<[F]>::new_slice((tile * tile) as usize);
    let here = (UNIT_POS_Y * tile + UNIT_POS_X) as usize;
    let mut sum = F::new(0.0);
    for step in 0..n / tile {
        a_tile[here] = a[(row * n + step * tile + UNIT_POS_X) as usize];
        b_tile[here] = b[((step * tile + UNIT_POS_Y) * n + col) as usize];
        sync_cube();
        for k in 0..tile {
            sum +=
                a_tile[(UNIT_POS_Y * tile + k) as usize] * b_tile[(k * tile + UNIT_POS_X) as usize];
        }
        sync_cube();
    }
    c[(row * n + col) as usize] = sum;
}

fn main() -> Result<(), gpu::ReadError> {
    let argument = |index| {
        std::env::args()
            .nth(index)
            .and_then(|text| text.parse().ok())
    };
    let (n, threads) = (argument(1).unwrap_or(256), argument(2).unwrap_or(1));
    let tile = 16;
    let gpu = Gpu::with(Options {
        threads,
        ..Options::default()
    });
    let values: Vec<f32> = (0..n * n).map(|i| (i % 13) as f32 - 6.0).collect();
    let (a, b) = (gpu.upload("a", &values), gpu.upload("b", &values));
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let c = gpu.allocate::<f32>("c", n * n);
        let start = Instant::now();
        tiled_matmul::launch::<f32>(
            &gpu.client(),
            CubeCount::Static((n / tile) as u32, (n / tile) as u32, 1),
            CubeDim::new_2d(tile as u32, tile as u32),
            gpu.argument::<f32>(&a),
            gpu.argument::<f32>(&b),
            gpu.argument::<f32>(&c),
            n as u32,
            tile as u32,
        );
        gpu.read::<f32>(&c)?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    let launches = gpu.launches();
    let last = launches.last().expect("three launches were made");
    println!("{last}");
    println!(
        "n = {n}, tile {tile}, {threads} thread(s), best of 3: {:.0} ms, {:.1} M multiply-adds/s, {:.0} M instructions/s",
        best * 1e3,
        (n * n * n) as f64 / best / 1e6,
        last.counts.instructions as f64 / best / 1e6,
    );
    Ok(())
}
