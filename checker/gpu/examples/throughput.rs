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

/// Launches; the best one counts.
const RUNS: usize = 5;

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

/// Seconds of processor time that this process has used, where the system says so. On a machine
/// that others use as well, it is what one core would have taken.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn main() -> Result<(), gpu::ReadError> {
    let argument = |index| std::env::args().nth(index).and_then(|text| text.parse().ok());
    let (n, threads) = (argument(1).unwrap_or(256), argument(2).unwrap_or(1));
    let tile = 16;
    let gpu = Gpu::with(Options { threads, ..Options::default() });
    let values: Vec<f32> = (0..n * n).map(|i| (i % 13) as f32 - 6.0).collect();
    let (a, b) = (gpu.upload("a", &values), gpu.upload("b", &values));
    let mut best = f64::INFINITY;
    let before = processor_seconds();
    for _ in 0..RUNS {
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
    let rate = |seconds: f64| (n * n * n) as f64 / seconds / 1e6;
    println!(
        "n = {n}, tile {tile}, {threads} thread(s), best of {RUNS}: {:.0} ms, {:.1} M multiply-adds/s",
        best * 1e3,
        rate(best),
    );
    if let (Some(before), Some(after)) = (before, processor_seconds()) {
        let seconds = (after - before) / RUNS as f64;
        println!(
            "by processor time: {:.0} ms, {:.1} M multiply-adds/s a core",
            seconds * 1e3,
            rate(seconds)
        );
    }
    Ok(())
}
