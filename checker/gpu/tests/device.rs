//! A device as its owner sees it.

mod kernels;

use std::{
    thread,
    time::{Duration, Instant},
};

use gpu::{
    Access, Bounds, Gpu, Memory, Options,
    cubecl::{self, prelude::*},
};
use kernels::*;

fn transpose_once(gpu: &Gpu, n: usize) {
    let x = gpu.upload("x", &vec![1.0f32; n * n]);
    let y = gpu.allocate::<f32>("y", n * n);
    let (ax, ay) = (gpu.argument::<f32>(&x), gpu.argument::<f32>(&y));
    let count = CubeCount::Static(n.div_ceil(8) as u32, n.div_ceil(8) as u32, 1);
    transpose_naive::launch::<f32>(
        &gpu.client(),
        count,
        CubeDim::new_2d(8, 8),
        ax,
        ay,
        n as u32,
        n as u32,
    );
    gpu.read::<f32>(&y).unwrap();
}

/// Each sees its own launches, whatever the others do meanwhile.
#[test]
fn devices_do_not_see_each_other() {
    let threads: Vec<_> = (1..=4usize)
        .map(|index| {
            thread::spawn(move || {
                let gpu = Gpu::new();
                (0..index).for_each(|_| transpose_once(&gpu, 8 * index));
                let launches = gpu.launches();
                assert_eq!(launches.len(), index);
                let stores = (64 * index * index) as u64;
                assert!(launches.iter().all(|launch| launch.counts.store().elements == stores));
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

/// A device that is given back costs nothing, so that every test can have one.
#[test]
fn many_devices_are_as_fast_as_one() {
    let start = Instant::now();
    for _ in 0..300 {
        transpose_once(&Gpu::new(), 8);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_device_forgets_its_last_owner() {
    for _ in 0..3 {
        let gpu = Gpu::new();
        assert_eq!(gpu.operations(), 0);
        assert!(gpu.launches().is_empty());
        transpose_once(&gpu, 8);
    }
}

#[cube(launch)]
fn reversed(x: &[f32], y: &mut [f32]) {
    y[ABSOLUTE_POS] = x[8 - ABSOLUTE_POS];
}

#[test]
fn bounds_can_be_what_cubecl_promises() {
    let gpu = Gpu::with(Options { bounds: Bounds::AsLaunched, ..Options::default() });
    let x = gpu.upload("x", &[1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    let y = gpu.allocate::<f32>("y", 8);
    reversed::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(9),
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&y),
    );
    assert_eq!(gpu.read::<f32>(&y).unwrap(), [0.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0]);
    // What has no effect is not counted.
    assert_eq!(gpu.launches()[0].counts.load().elements, 8);
}

/// Everything that a launch leaves behind, with one thread and with several.
#[test]
fn threads_change_nothing() {
    let run = |threads| {
        let gpu = Gpu::with(Options { threads, ..Options::default() });
        let n = 40;
        let values: Vec<f32> = (0..n * n).map(|i| (i * 7 % 11) as f32).collect();
        let (a, b) = (gpu.upload("a", &values), gpu.upload("b", &values));
        let c = gpu.allocate::<f32>("c", n * n);
        let [x, y, z] = [&a, &b, &c].map(|buffer| gpu.argument::<f32>(buffer));
        let count = CubeCount::Static(5, 5, 1);
        matmul_tiled::launch::<f32>(
            &gpu.client(),
            count,
            CubeDim::new_2d(8, 8),
            x,
            y,
            z,
            40,
            40,
            40,
            8,
        );
        (gpu.read::<f32>(&c).unwrap(), gpu.launches())
    };
    let one = run(1);
    assert_eq!(one.1[0].counts.load().elements, 2 * 40 * 40 * 5);
    (2..5).for_each(|threads| assert_eq!(run(threads), one));
}

#[cube(launch)]
fn late_clash(y: &mut [f32]) {
    // Cubes 3 and 60 write the same element.
    let element = if CUBE_POS == 60 { 3usize.runtime() } else { CUBE_POS };
    y[element] = CUBE_POS as f32;
}

/// Two cubes that clash are found and named alike, whichever threads execute them.
#[test]
fn threads_find_the_same() {
    let run = |threads| {
        let gpu = Gpu::with(Options { threads, ..Options::default() });
        let y = gpu.upload("y", &[0.0f32; 64]);
        late_clash::launch(
            &gpu.client(),
            CubeCount::Static(64, 1, 1),
            CubeDim::new_1d(1),
            gpu.argument::<f32>(&y),
        );
        (gpu.read::<f32>(&y).unwrap_err(), gpu.launches())
    };
    let one = run(1);
    (2..5).for_each(|threads| assert_eq!(run(threads), one));
}

#[test]
fn a_trace_can_be_drawn() {
    let gpu = Gpu::with(Options { trace: 100, ..Options::default() });
    let (x, y) = (gpu.upload("x", &[1.0f32, 2.0]), gpu.allocate::<f32>("y", 2));
    neighbours::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(2),
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&y),
    );
    let trace = gpu.launches().remove(0).trace.unwrap();
    assert!(trace.to_string().contains("after 1 barrier\n  `y` elements 0..=1\n"), "{trace}");
    assert!(trace.to_svg().contains("interval 1: shared memory #0"));
}

#[cube(launch)]
fn greets(y: &mut [f32]) {
    let value = y[UNIT_POS as usize];
    debug_print!("unit %u: %f\n", UNIT_POS, value);
    y[UNIT_POS as usize] = 0.0;
}

#[test]
fn kernels_can_print() {
    let gpu = Gpu::new();
    let y = gpu.upload("y", &[0.5f32, 1.5]);
    greets::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(2),
        gpu.argument::<f32>(&y),
    );
    assert_eq!(gpu.launches()[0].printed, ["unit 0: 0.5\n", "unit 1: 1.5\n"]);
}

#[cube(launch)]
fn neighbours(x: &[f32], y: &mut [f32]) {
    let mut s = Shared::<[f32]>::new_slice(2usize);
    s[UNIT_POS as usize] = x[UNIT_POS as usize];
    sync_cube();
    y[UNIT_POS as usize] = s[(UNIT_POS as usize + 1) % 2];
}

#[test]
fn a_trace_says_who_touched_what_when() {
    let gpu = Gpu::with(Options { trace: 100, ..Options::default() });
    let (x, y) = (gpu.upload("x", &[1.0f32, 2.0]), gpu.allocate::<f32>("y", 2));
    neighbours::launch(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(2),
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&y),
    );
    let launch = gpu.launches().remove(0);
    let trace = launch.trace.unwrap();
    assert_eq!(trace.omitted, 0);
    let summary: Vec<_> = trace
        .touches
        .iter()
        .map(|touch| {
            (
                touch.unit.unit[0],
                touch.interval,
                touch.memory.to_string(),
                touch.element,
                touch.access,
            )
        })
        .collect();
    let (x, s, y) = ("`x`".to_string(), Memory::Shared { index: 0 }.to_string(), "`y`".to_string());
    assert_eq!(
        summary,
        [
            (0, 0, x.clone(), 0, Access::Read),
            (1, 0, x, 1, Access::Read),
            (0, 0, s.clone(), 0, Access::Write),
            (1, 0, s.clone(), 1, Access::Write),
            (0, 1, s.clone(), 1, Access::Read),
            (1, 1, s, 0, Access::Read),
            (0, 1, y.clone(), 0, Access::Write),
            (1, 1, y, 1, Access::Write),
        ]
    );
}
