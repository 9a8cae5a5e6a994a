//! Kernels compute what plain Rust computes.

mod kernels;

use gpu::{Gpu, cubecl::prelude::*};
use kernels::*;

/// Numbers between -1 and 1 that look random.
fn numbers(seed: u32, length: usize) -> Vec<f32> {
    let mut state = u64::from(seed) * 2_654_435_761 + 1;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..length).map(|_| next()).collect()
}

fn assert_close(got: &[f32], want: &[f32], tolerance: f32) {
    assert_eq!(got.len(), want.len());
    for (index, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() <= tolerance, "element {index}: {got} instead of {want}");
    }
}

fn product(a: &[f32], b: &[f32], m: usize, n: usize, k: usize) -> Vec<f32> {
    let mut c = vec![0.0; m * n];
    for i in 0..m {
        for j in 0..n {
            c[i * n + j] = (0..k).fold(0.0, |sum, p| sum + a[i * k + p] * b[p * n + j]);
        }
    }
    c
}

#[test]
fn elementwise() {
    let (gpu, n) = (Gpu::new(), 1000);
    let (a, b) = (numbers(1, n), numbers(2, n));
    let (x, y) = (gpu.upload("a", &a), gpu.upload("b", &b));
    let out = gpu.allocate::<f32>("out", n);
    let [x, y, z] = [&x, &y, &out].map(|buffer| gpu.argument::<f32>(buffer));
    add_gelu::launch::<f32>(
        &gpu.client(),
        CubeCount::Static(4, 1, 1),
        CubeDim::new_1d(256),
        x,
        y,
        z,
    );
    let gelu = |x: f32| {
        let x = f64::from(x);
        (0.5 * x * (1.0 + (0.797_884_560_8 * (x + 0.044715 * x * x * x)).tanh())) as f32
    };
    let want: Vec<f32> = a.iter().zip(&b).map(|(a, b)| gelu(a + b)).collect();
    assert_close(&gpu.read(&out).unwrap(), &want, 2e-6);
}

#[test]
fn vectors() {
    let (gpu, n) = (Gpu::new(), 64);
    let (a, b) = (numbers(3, n), numbers(4, n));
    let (x, y) = (gpu.upload("x", &a), gpu.upload("y", &b));
    let arguments = [&x, &y].map(|buffer| gpu.argument::<f32>(buffer));
    let [ax, ay] = arguments;
    axpy::launch::<f32>(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(16),
        4,
        ax,
        ay,
        2.0,
    );
    let want: Vec<f32> = a.iter().zip(&b).map(|(a, b)| 2.0 * a + b).collect();
    assert_eq!(gpu.read::<f32>(&y).unwrap(), want);
    let counts = &gpu.launches()[0].counts;
    let load = counts.buffer("x").unwrap().load;
    assert_eq!((load.elements, load.accesses, load.requests, load.segments), (64, 16, 1, 2));
}

#[test]
fn reductions() {
    let (gpu, n) = (Gpu::new(), 1000);
    let a: Vec<f32> = (0..n).map(|i| (i % 7) as f32).collect();
    let x = gpu.upload("x", &a);
    let (partial, scan) = (gpu.allocate::<f32>("partial", 16), gpu.allocate::<f32>("scan", n));
    let client = gpu.client();
    let (count, dim) = (CubeCount::Static(16, 1, 1), CubeDim::new_1d(64));
    block_sum::launch::<f32>(
        &client,
        count.clone(),
        dim,
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&partial),
        64,
    );
    block_scan::launch::<f32>(
        &client,
        count,
        dim,
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&scan),
        64,
    );
    let sums: Vec<f32> = a.chunks(64).map(|part| part.iter().sum()).collect();
    assert_eq!(gpu.read::<f32>(&partial).unwrap(), sums);
    let prefix = a.chunks(64).flat_map(|part| {
        part.iter().scan(0.0, |sum, x| {
            *sum += x;
            Some(*sum)
        })
    });
    assert_eq!(gpu.read::<f32>(&scan).unwrap(), prefix.collect::<Vec<f32>>());
}

#[test]
fn planes_and_atomics() {
    let gpu = Gpu::new();
    let client = gpu.client();
    let a: Vec<f32> = (0..128).map(|i| (i * i % 11) as f32).collect();
    let (x, sums) = (gpu.upload("x", &a), gpu.allocate::<f32>("sums", 4));
    plane_sums::launch::<f32>(
        &client,
        CubeCount::Static(2, 1, 1),
        CubeDim::new_1d(64),
        gpu.argument::<f32>(&x),
        gpu.argument::<f32>(&sums),
    );
    let want: Vec<f32> = a.chunks(32).map(|part| part.iter().sum()).collect();
    assert_eq!(gpu.read::<f32>(&sums).unwrap(), want);

    let values: Vec<u32> = (0..250).map(|i| i * i % 7).collect();
    let (x, bins) = (gpu.upload("values", &values), gpu.upload("bins", &[0u32; 7]));
    histogram::launch(
        &client,
        CubeCount::Static(4, 1, 1),
        CubeDim::new_1d(64),
        gpu.argument::<u32>(&x),
        gpu.argument::<u32>(&bins),
    );
    let mut want = [0; 7];
    values.iter().for_each(|value| want[*value as usize] += 1);
    assert_eq!(gpu.read::<u32>(&bins).unwrap(), want);
    assert_eq!(gpu.launches()[1].counts.buffer("bins").unwrap().atomics, 250);
}

#[test]
fn matrix_products() {
    let (m, n, k) = (37, 29, 53);
    let gpu = Gpu::new();
    let client = gpu.client();
    let (a, b) = (numbers(5, m * k), numbers(6, k * n));
    let want = product(&a, &b, m, n, k);
    let (a, b) = (gpu.upload("a", &a), gpu.upload("b", &b));
    let c = [(); 3].map(|()| gpu.allocate::<f32>("c", m * n));
    let arguments = |index: usize| [&a, &b, &c[index]].map(|buffer| gpu.argument::<f32>(buffer));
    let (mm, nn, kk) = (m as u32, n as u32, k as u32);
    let [x, y, z] = arguments(0);
    matmul_naive::launch::<f32>(
        &client,
        CubeCount::Static(4, 5, 1),
        CubeDim::new_2d(8, 8),
        x,
        y,
        z,
        mm,
        nn,
        kk,
    );
    let [x, y, z] = arguments(1);
    matmul_tiled::launch::<f32>(
        &client,
        CubeCount::Static(4, 5, 1),
        CubeDim::new_2d(8, 8),
        x,
        y,
        z,
        mm,
        nn,
        kk,
        8,
    );
    let [x, y, z] = arguments(2);
    matmul_regs::launch::<f32>(
        &client,
        CubeCount::Static(2, 3, 1),
        CubeDim::new_2d(4, 4),
        x,
        y,
        z,
        mm,
        nn,
        kk,
        16,
        4,
    );
    for buffer in &c {
        assert_close(&gpu.read(buffer).unwrap(), &want, 0.0);
    }
}

#[test]
fn bytes_in_words() {
    let (m, n, words) = (13usize, 10usize, 9usize);
    let gpu = Gpu::new();
    let bytes = |seed, rows: usize| -> Vec<i8> {
        numbers(seed, rows * words * 4).into_iter().map(|x| (x * 127.0) as i8).collect()
    };
    let pack = |bytes: &[i8]| -> Vec<i32> {
        bytes
            .chunks(4)
            .map(|four| i32::from_le_bytes([0, 1, 2, 3].map(|i| four[i] as u8)))
            .collect()
    };
    let (a, b) = (bytes(7, m), bytes(8, n));
    let (x, y) = (gpu.upload("a", &pack(&a)), gpu.upload("b", &pack(&b)));
    let c = gpu.allocate::<i32>("c", m * n);
    let [ax, ay, az] = [&x, &y, &c].map(|buffer| gpu.argument::<i32>(buffer));
    gemm_i8::launch(
        &gpu.client(),
        CubeCount::Static(3, 4, 1),
        CubeDim::new_2d(4, 4),
        ax,
        ay,
        az,
        m as u32,
        n as u32,
        words as u32,
    );
    let k = words * 4;
    let dot = |i: usize, j: usize| {
        (0..k).map(|p| i32::from(a[i * k + p]) * i32::from(b[j * k + p])).sum()
    };
    let want: Vec<i32> = (0..m * n).map(|index| dot(index / n, index % n)).collect();
    assert_eq!(gpu.read::<i32>(&c).unwrap(), want);
}

#[test]
fn softmax() {
    let (rows, cols) = (5, 77);
    let gpu = Gpu::new();
    let a: Vec<f32> = numbers(9, rows * cols).into_iter().map(|x| x * 50.0).collect();
    let (x, y) = (gpu.upload("x", &a), gpu.allocate::<f32>("y", rows * cols));
    let (ax, ay) = (gpu.argument::<f32>(&x), gpu.argument::<f32>(&y));
    softmax_rows::launch::<f32>(
        &gpu.client(),
        CubeCount::Static(5, 1, 1),
        CubeDim::new_1d(32),
        ax,
        ay,
        77,
        32,
    );
    let want: Vec<f32> = a
        .chunks(cols)
        .flat_map(|row| {
            let largest = row.iter().copied().fold(f32::MIN, f32::max);
            let weights: Vec<f64> = row.iter().map(|x| f64::from(x - largest).exp()).collect();
            let sum: f64 = weights.iter().sum();
            weights.into_iter().map(move |weight| (weight / sum) as f32)
        })
        .collect();
    assert_close(&gpu.read(&y).unwrap(), &want, 2e-6);
}

#[test]
fn attention() {
    let (n, d) = (50, 16);
    for causal in [false, true] {
        let gpu = Gpu::new();
        let [q, k, v] = [10, 11, 12].map(|seed| numbers(seed, n * d));
        let scale = 0.25;
        let inputs =
            [("q", &q), ("k", &k), ("v", &v)].map(|(name, values)| gpu.upload(name, values));
        let (o, lse) = (gpu.allocate::<f32>("o", n * d), gpu.allocate::<f32>("lse", n));
        let [aq, ak, av] = [0, 1, 2].map(|index| gpu.argument::<f32>(&inputs[index]));
        let (ao, al) = (gpu.argument::<f32>(&o), gpu.argument::<f32>(&lse));
        flash_fwd::launch::<f32>(
            &gpu.client(),
            CubeCount::Static(4, 1, 1),
            CubeDim::new_1d(16),
            aq,
            ak,
            av,
            ao,
            al,
            n as u32,
            scale,
            d,
            16,
            8,
            causal,
        );

        let (mut want, mut want_lse) = (vec![0.0f32; n * d], vec![0.0f32; n]);
        for i in 0..n {
            let keys = if causal { i + 1 } else { n };
            let score = |j: usize| {
                (0..d).map(|c| f64::from(q[i * d + c]) * f64::from(k[j * d + c])).sum::<f64>()
                    * f64::from(scale)
            };
            let scores: Vec<f64> = (0..keys).map(score).collect();
            let sum: f64 = scores.iter().map(|score| score.exp()).sum();
            want_lse[i] = sum.ln() as f32;
            for c in 0..d {
                want[i * d + c] = scores
                    .iter()
                    .enumerate()
                    .map(|(j, score)| score.exp() / sum * f64::from(v[j * d + c]))
                    .sum::<f64>() as f32;
            }
        }
        assert_close(&gpu.read(&o).unwrap(), &want, 5e-6);
        assert_close(&gpu.read(&lse).unwrap(), &want_lse, 5e-6);
    }
}

#[test]
fn transposition() {
    let (rows, cols) = (37, 50);
    let gpu = Gpu::new();
    let a = numbers(13, rows * cols);
    let (x, y) = (gpu.upload("x", &a), gpu.allocate::<f32>("y", rows * cols));
    let (ax, ay) = (gpu.argument::<f32>(&x), gpu.argument::<f32>(&y));
    transpose::launch::<f32>(
        &gpu.client(),
        CubeCount::Static(4, 3, 1),
        CubeDim::new_2d(16, 16),
        ax,
        ay,
        rows as u32,
        cols as u32,
        16,
        1,
    );
    let want: Vec<f32> =
        (0..rows * cols).map(|index| a[index % rows * cols + index / rows]).collect();
    assert_eq!(gpu.read::<f32>(&y).unwrap(), want);
}

/// f16 and bf16 are rounded after every operation.
#[test]
fn half_precision() {
    let gpu = Gpu::new();
    let a: Vec<half::f16> = numbers(14, 64).into_iter().map(half::f16::from_f32).collect();
    let (x, y) = (gpu.upload("x", &a), gpu.upload("y", &a));
    let (ax, ay) = (gpu.argument::<half::f16>(&x), gpu.argument::<half::f16>(&y));
    axpy::launch::<half::f16>(
        &gpu.client(),
        CubeCount::Static(1, 1, 1),
        CubeDim::new_1d(32),
        2,
        ax,
        ay,
        0.3,
    );
    let factor = half::f16::from_f32(0.3);
    let want: Vec<half::f16> = a.iter().map(|x| factor * *x + *x).collect();
    assert_eq!(gpu.read::<half::f16>(&y).unwrap(), want);
}
