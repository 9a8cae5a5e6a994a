//! What is counted is what the kernel's author would have counted.

mod kernels;

use gpu::{
    Counts, Gpu,
    cubecl::{self, prelude::*},
};
use kernels::*;

/// Runs a launch on fresh buffers of zeros, and returns its counts.
fn counts<const N: usize>(
    lengths: [(&str, usize); N],
    launch: impl FnOnce(&Client, [BufferArg; N]),
) -> Counts {
    let gpu = Gpu::new();
    let buffers = lengths.map(|(name, length)| gpu.upload(name, &vec![0.0f32; length]));
    launch(&gpu.client(), buffers.each_ref().map(|buffer| gpu.argument::<f32>(buffer)));
    for buffer in &buffers {
        gpu.read::<f32>(buffer).unwrap();
    }
    gpu.launches().remove(0).counts
}

fn loads(counts: &Counts, name: &str) -> u64 {
    counts.buffer(name).unwrap().load.elements
}

fn stores(counts: &Counts, name: &str) -> u64 {
    counts.buffer(name).unwrap().store.elements
}

#[test]
fn a_map_reads_and_writes_each_element_once() {
    for n in [1, 255, 256, 1000] {
        let counts = counts([("a", n), ("b", n), ("out", n)], |client, [a, b, out]| {
            let cubes = CubeCount::Static(n.div_ceil(256) as u32, 1, 1);
            add_gelu::launch::<f32>(client, cubes, CubeDim::new_1d(256), a, b, out);
        });
        assert_eq!(counts.load().elements, 2 * n as u64);
        assert_eq!(counts.store().elements, n as u64);
        assert_eq!(counts.store().bytes, 4 * n as u64);
        assert_eq!(counts.busiest_unit_accesses, 3);
        // Addition, and nine operations of the activation.
        assert_eq!(counts.float_ops % n as u64, 0);
    }
}

#[test]
fn a_tree_needs_a_barrier_a_level() {
    for (n, block) in [(1000, 64), (7, 8), (256, 256), (100, 2)] {
        let cubes = n.div_ceil(block);
        let counts = counts([("x", n), ("partial", cubes)], |client, [x, partial]| {
            block_sum::launch::<f32>(
                client,
                CubeCount::Static(cubes as u32, 1, 1),
                CubeDim::new_1d(block as u32),
                x,
                partial,
                block,
            );
        });
        assert_eq!(loads(&counts, "x"), n as u64);
        assert_eq!(stores(&counts, "partial"), cubes as u64);
        assert_eq!(counts.shared.bytes_per_cube, 4 * block as u64);
        assert_eq!(counts.barriers_per_cube, 1 + u64::from(block.ilog2()));
        assert_eq!(counts.barriers, cubes as u64 * counts.barriers_per_cube);
    }
}

#[test]
fn tiles_divide_the_loads_of_a_matrix_product() {
    for (m, n, k, t) in
        [(37, 29, 53, 8), (37, 29, 53, 4), (37, 29, 53, 16), (64, 64, 64, 8), (5, 3, 2, 4)]
    {
        let shape = [("a", m * k), ("b", k * n), ("c", m * n)];
        let (mm, nn, kk) = (m as u32, n as u32, k as u32);
        let cubes = CubeCount::Static(n.div_ceil(t) as u32, m.div_ceil(t) as u32, 1);
        let dim = CubeDim::new_2d(t as u32, t as u32);
        let naive = counts(shape, |client, [a, b, c]| {
            matmul_naive::launch::<f32>(client, cubes.clone(), dim, a, b, c, mm, nn, kk);
        });
        assert_eq!(
            (loads(&naive, "a"), loads(&naive, "b")),
            ((m * n * k) as u64, (m * n * k) as u64)
        );
        assert_eq!(naive.float_ops, (2 * m * n * k) as u64);
        let tiled = counts(shape, |client, [a, b, c]| {
            matmul_tiled::launch::<f32>(client, cubes, dim, a, b, c, mm, nn, kk, t);
        });
        assert_eq!(loads(&tiled, "a"), (m * k * n.div_ceil(t)) as u64);
        assert_eq!(loads(&tiled, "b"), (k * n * m.div_ceil(t)) as u64);
        assert_eq!(stores(&tiled, "c"), (m * n) as u64);
        assert_eq!(tiled.shared.bytes_per_cube, 8 * (t * t) as u64);
        assert_eq!(tiled.barriers_per_cube, 2 * k.div_ceil(t) as u64);
    }
}

#[test]
fn registers_divide_the_loads_from_shared_memory() {
    let (m, n, k) = (37, 29, 53);
    let counts = counts([("a", m * k), ("b", k * n), ("c", m * n)], |client, [a, b, c]| {
        matmul_regs::launch::<f32>(
            client,
            CubeCount::Static(2, 3, 1),
            CubeDim::new_2d(4, 4),
            a,
            b,
            c,
            37,
            29,
            53,
            16,
            4,
        );
    });
    assert_eq!((loads(&counts, "a"), loads(&counts, "b")), (3922, 4611));
    assert_eq!(counts.shared.load.elements, 49_152);
}

#[test]
fn softmax_reads_each_element_twice() {
    for (rows, cols, block) in [(5, 77, 32), (3, 20, 32), (8, 100, 16)] {
        let counts = counts([("x", rows * cols), ("y", rows * cols)], |client, [x, y]| {
            softmax_rows::launch::<f32>(
                client,
                CubeCount::Static(rows as u32, 1, 1),
                CubeDim::new_1d(block as u32),
                x,
                y,
                cols as u32,
                block,
            );
        });
        assert_eq!(
            (loads(&counts, "x"), stores(&counts, "y")),
            ((2 * rows * cols) as u64, (rows * cols) as u64)
        );
        assert_eq!(counts.shared.bytes_per_cube, 8 * block as u64);
        assert_eq!(counts.barriers_per_cube, 1 + u64::from(block.ilog2()));
    }
}

#[test]
fn tiled_attention_reads_keys_once_for_a_block_of_queries() {
    let run = |n: usize, d: usize, br: usize, bc: usize, causal| {
        let shape = [("q", n * d), ("k", n * d), ("v", n * d), ("o", n * d), ("lse", n)];
        counts(shape, |client, [q, k, v, o, lse]| {
            let cubes = CubeCount::Static(n.div_ceil(br) as u32, 1, 1);
            flash_fwd::launch::<f32>(
                client,
                cubes,
                CubeDim::new_1d(br as u32),
                q,
                k,
                v,
                o,
                lse,
                n as u32,
                0.25,
                d,
                br,
                bc,
                causal,
            );
        })
    };
    let whole = run(50, 16, 16, 8, false);
    assert_eq!(loads(&whole, "k") + loads(&whole, "v"), 6400);
    assert_eq!(whole.store().elements, 850);
    let causal = run(50, 16, 16, 8, true);
    assert_eq!(loads(&causal, "k") + loads(&causal, "v"), 4672);
    let wide_keys = run(64, 16, 8, 16, true);
    assert_eq!(loads(&wide_keys, "k") + loads(&wide_keys, "v"), 10_240);
    assert_eq!(whole.shared.bytes_per_cube, 8 * 8 * 16);
}

#[test]
fn a_transposition_shows_what_elements_do_not() {
    let n = 64;
    let shape = [("x", n * n), ("y", n * n)];
    let naive = counts(shape, |client, [x, y]| {
        transpose_naive::launch::<f32>(
            client,
            CubeCount::Static(2, 8, 1),
            CubeDim::new_2d(32, 8),
            x,
            y,
            64,
            64,
        );
    });
    let tiled = |pad| {
        counts(shape, |client, [x, y]| {
            transpose::launch::<f32>(
                client,
                CubeCount::Static(2, 2, 1),
                CubeDim::new_2d(32, 32),
                x,
                y,
                64,
                64,
                32,
                pad,
            );
        })
    };
    let (bare, padded) = (tiled(0), tiled(1));
    let elements = (n * n) as u64;
    for counts in [&naive, &bare, &padded] {
        assert_eq!((counts.load().elements, counts.store().elements), (elements, elements));
    }
    assert_eq!(naive.store().segments, elements);
    assert_eq!(naive.store().sectors, elements);
    assert_eq!(bare.store().segments, elements / 32);
    assert_eq!(bare.store().efficiency(), 1.0);
    let requests = elements / 32;
    assert_eq!(bare.shared.load.bank_conflicts, 31 * requests);
    assert_eq!(padded.shared.load.bank_conflicts, 0);
    assert_eq!(padded.shared.store.bank_conflicts, 0);
}

#[cube(launch)]
fn branches(y: &mut [f32]) {
    // All units of a plane agree on the first condition, and not on the second.
    if UNIT_POS < 32 {
        y[UNIT_POS as usize] = 1.0;
    }
    if UNIT_POS & 1 == 0 {
        y[UNIT_POS as usize] = 2.0;
    }
}

#[test]
fn only_a_branch_inside_a_plane_diverges() {
    let counts = counts([("y", 64)], |client, [y]| {
        branches::launch(client, CubeCount::Static(1, 1, 1), CubeDim::new_1d(64), y);
    });
    assert_eq!((counts.branches, counts.divergent_branches), (4, 2));
}

#[test]
fn the_same_launch_is_counted_the_same() {
    let run = || {
        counts([("a", 256), ("b", 256), ("c", 256)], |client, [a, b, c]| {
            matmul_tiled::launch::<f32>(
                client,
                CubeCount::Static(2, 2, 1),
                CubeDim::new_2d(8, 8),
                a,
                b,
                c,
                16,
                16,
                16,
                8,
            );
        })
    };
    assert_eq!(run(), run());
}
