//! Kernels of the kind that a course on language models teaches.

use gpu::cubecl::{self, prelude::*};

#[cube]
fn gelu<F: Float>(x: F) -> F {
    let c = F::new(0.797_884_6);
    F::new(0.5) * x * (F::new(1.0) + (c * (x + F::new(0.044715) * x * x * x)).tanh())
}

/// `out = gelu(a + b)`, one element a unit.
#[cube(launch)]
pub fn add_gelu<F: Float>(a: &[F], b: &[F], out: &mut [F]) {
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = gelu::<F>(a[ABSOLUTE_POS] + b[ABSOLUTE_POS]);
    }
}

/// `y = a x + y` in vectors.
#[cube(launch)]
pub fn axpy<F: Float, N: Size>(x: &[Vector<F, N>], y: &mut [Vector<F, N>], a: f32) {
    if ABSOLUTE_POS < y.len() {
        let v = y[ABSOLUTE_POS];
        y[ABSOLUTE_POS] = Vector::new(F::cast_from(a)) * x[ABSOLUTE_POS] + v;
    }
}

/// The sum of each cube's part of `x`, by a tree in shared memory.
#[cube(launch)]
pub fn block_sum<F: Float>(x: &[F], partial: &mut [F], #[comptime] block: usize) {
    let mut s = Shared::<[F]>::new_slice(block);
    let tid = UNIT_POS as usize;
    s[tid] = if ABSOLUTE_POS < x.len() { x[ABSOLUTE_POS] } else { F::new(0.0) };
    sync_cube();
    let mut stride = CUBE_DIM as usize / 2;
    while stride > 0 {
        if tid < stride {
            let other = s[tid + stride];
            s[tid] += other;
        }
        sync_cube();
        stride /= 2;
    }
    if tid == 0 {
        partial[CUBE_POS] = s[0];
    }
}

/// Inclusive prefix sums of each cube's part of `x`.
#[cube(launch)]
pub fn block_scan<F: Float>(x: &[F], out: &mut [F], #[comptime] block: usize) {
    let tid = UNIT_POS as usize;
    let mut s = Shared::<[F]>::new_slice(block);
    s[tid] = if ABSOLUTE_POS < x.len() { x[ABSOLUTE_POS] } else { F::new(0.0) };
    sync_cube();
    let mut offset = 1usize.runtime();
    while offset < block {
        let mut v = s[tid];
        if tid >= offset {
            v += s[tid - offset];
        }
        sync_cube();
        s[tid] = v;
        sync_cube();
        offset *= 2;
    }
    if ABSOLUTE_POS < out.len() {
        out[ABSOLUTE_POS] = s[tid];
    }
}

/// The sum of each plane's elements.
#[cube(launch)]
pub fn plane_sums<F: Float>(x: &[F], out: &mut [F]) {
    let sum = plane_sum(x[ABSOLUTE_POS]);
    if UNIT_POS_PLANE == 0 {
        out[ABSOLUTE_POS / PLANE_DIM as usize] = sum;
    }
}

#[cube(launch)]
pub fn histogram(x: &[u32], bins: &[Atomic<u32>]) {
    if ABSOLUTE_POS < x.len() {
        bins[x[ABSOLUTE_POS] as usize].fetch_add(1u32);
    }
}

/// `c = a b`, every operand from global memory.
#[cube(launch)]
pub fn matmul_naive<F: Float>(a: &[F], b: &[F], c: &mut [F], m: u32, n: u32, k: u32) {
    let row = ABSOLUTE_POS_Y;
    let col = ABSOLUTE_POS_X;
    if row < m && col < n {
        let mut sum = F::new(0.0);
        for p in 0..k {
            sum += a[(row * k + p) as usize] * b[(p * n + col) as usize];
        }
        c[(row * n + col) as usize] = sum;
    }
}

/// `c = a b` through tiles in shared memory.
#[cube(launch)]
pub fn matmul_tiled<F: Float>(
    a: &[F],
    b: &[F],
    c: &mut [F],
    m: u32,
    n: u32,
    k: u32,
    #[comptime] tile: usize,
) {
    let t = tile as u32;
    let (ty, tx) = (UNIT_POS_Y, UNIT_POS_X);
    let row = CUBE_POS_Y * t + ty;
    let col = CUBE_POS_X * t + tx;
    let mut sa = Shared::<[F]>::new_slice(tile * tile);
    let mut sb = Shared::<[F]>::new_slice(tile * tile);
    let here = (ty * t + tx) as usize;
    let mut sum = F::new(0.0);
    for step in 0..k.div_ceil(t) {
        let ka = step * t + tx;
        let kb = step * t + ty;
        sa[here] = if row < m && ka < k { a[(row * k + ka) as usize] } else { F::new(0.0) };
        sb[here] = if kb < k && col < n { b[(kb * n + col) as usize] } else { F::new(0.0) };
        sync_cube();
        for p in 0..t {
            sum += sa[(ty * t + p) as usize] * sb[(p * t + tx) as usize];
        }
        sync_cube();
    }
    if row < m && col < n {
        c[(row * n + col) as usize] = sum;
    }
}

/// `c = a b` through tiles, each unit computing `r` by `r` results in registers.
#[cube(launch)]
pub fn matmul_regs<F: Float>(
    a: &[F],
    b: &[F],
    c: &mut [F],
    m: u32,
    n: u32,
    k: u32,
    #[comptime] tile: usize,
    #[comptime] r: usize,
) {
    let t = tile as u32;
    let rr = r as u32;
    let units = t / rr;
    let mut sa = Shared::<[F]>::new_slice(tile * tile);
    let mut sb = Shared::<[F]>::new_slice(tile * tile);
    let mut sums = Array::<F>::new(r * r);
    let mut ar = Array::<F>::new(r);
    let mut br = Array::<F>::new(r);
    for i in 0..r * r {
        sums[i] = F::new(0.0);
    }
    let row0 = CUBE_POS_Y * t;
    let col0 = CUBE_POS_X * t;
    for step in 0..k.div_ceil(t) {
        let mut idx = UNIT_POS;
        while idx < t * t {
            let (y, x) = (idx / t, idx % t);
            let ka = step * t + x;
            let kb = step * t + y;
            sa[idx as usize] = if row0 + y < m && ka < k {
                a[((row0 + y) * k + ka) as usize]
            } else {
                F::new(0.0)
            };
            sb[idx as usize] =
                if kb < k && col0 + x < n { b[(kb * n + col0 + x) as usize] } else { F::new(0.0) };
            idx += units * units;
        }
        sync_cube();
        for p in 0..t {
            for i in 0..r {
                ar[i] = sa[((UNIT_POS_Y * rr + i as u32) * t + p) as usize];
                br[i] = sb[(p * t + UNIT_POS_X * rr + i as u32) as usize];
            }
            for i in 0..r {
                for j in 0..r {
                    sums[i * r + j] += ar[i] * br[j];
                }
            }
        }
        sync_cube();
    }
    for i in 0..r {
        for j in 0..r {
            let row = row0 + UNIT_POS_Y * rr + i as u32;
            let col = col0 + UNIT_POS_X * rr + j as u32;
            if row < m && col < n {
                c[(row * n + col) as usize] = sums[i * r + j];
            }
        }
    }
}

/// Softmax of each row, one cube a row: running maximum and sum by unit, then merged in a tree.
#[cube(launch)]
pub fn softmax_rows<F: Float>(x: &[F], y: &mut [F], cols: u32, #[comptime] block: usize) {
    let base = CUBE_POS * cols as usize;
    let tid = UNIT_POS as usize;
    let mut sm = Shared::<[F]>::new_slice(block);
    let mut sl = Shared::<[F]>::new_slice(block);
    let mut m = F::min_value();
    let mut l = F::new(0.0);
    let mut j = tid;
    while j < cols as usize {
        let v = x[base + j];
        let larger = max(m, v);
        l = l * (m - larger).exp() + (v - larger).exp();
        m = larger;
        j += block;
    }
    sm[tid] = m;
    sl[tid] = l;
    sync_cube();
    let mut stride = CUBE_DIM as usize / 2;
    while stride > 0 {
        if tid < stride {
            let (m1, m2) = (sm[tid], sm[tid + stride]);
            let larger = max(m1, m2);
            let (l1, l2) = (sl[tid], sl[tid + stride]);
            sl[tid] = l1 * (m1 - larger).exp() + l2 * (m2 - larger).exp();
            sm[tid] = larger;
        }
        sync_cube();
        stride /= 2;
    }
    let largest = sm[0];
    let inverse = F::new(1.0) / sl[0];
    let mut j2 = tid;
    while j2 < cols as usize {
        y[base + j2] = (x[base + j2] - largest).exp() * inverse;
        j2 += block;
    }
}

/// Attention with an online softmax, one unit a query row, keys and values through tiles.
#[cube(launch)]
pub fn flash_fwd<F: Float>(
    q: &[F],
    k: &[F],
    v: &[F],
    o: &mut [F],
    lse: &mut [F],
    n: u32,
    scale: f32,
    #[comptime] d: usize,
    #[comptime] br: usize,
    #[comptime] bc: usize,
    #[comptime] causal: bool,
) {
    let tid = UNIT_POS as usize;
    let row = CUBE_POS * br + tid;
    let nn = n as usize;
    let mut ks = Shared::<[F]>::new_slice(bc * d);
    let mut vs = Shared::<[F]>::new_slice(bc * d);
    let mut qr = Array::<F>::new(d);
    let mut acc = Array::<F>::new(d);
    for i in 0..d {
        qr[i] = if row < nn { q[row * d + i] } else { F::new(0.0) };
        acc[i] = F::new(0.0);
    }
    let mut m = F::min_value();
    let mut l = F::new(0.0);
    let mut tiles = nn.div_ceil(bc);
    if causal {
        tiles = min(tiles, (CUBE_POS * br + br).div_ceil(bc));
    }
    for t in 0..tiles {
        let mut e = tid;
        while e < bc * d {
            let key = t * bc + e / d;
            let inside = key < nn;
            ks[e] = if inside { k[key * d + e % d] } else { F::new(0.0) };
            vs[e] = if inside { v[key * d + e % d] } else { F::new(0.0) };
            e += br;
        }
        sync_cube();
        for c in 0..bc {
            let key = t * bc + c;
            let visible = if causal { key < nn && key <= row } else { key < nn };
            if visible {
                let mut s = F::new(0.0);
                for i in 0..d {
                    s += qr[i] * ks[c * d + i];
                }
                s *= F::cast_from(scale);
                let larger = max(m, s);
                let correction = (m - larger).exp();
                let p = (s - larger).exp();
                l = l * correction + p;
                for i in 0..d {
                    acc[i] = acc[i] * correction + p * vs[c * d + i];
                }
                m = larger;
            }
        }
        sync_cube();
    }
    if row < nn {
        for i in 0..d {
            o[row * d + i] = acc[i] / l;
        }
        lse[row] = m + l.ln();
    }
}

/// `y = xᵀ` through a tile whose rows are `pad` elements further apart than they have to be.
#[cube(launch)]
pub fn transpose<F: Float>(
    x: &[F],
    y: &mut [F],
    rows: u32,
    cols: u32,
    #[comptime] tile: usize,
    #[comptime] pad: usize,
) {
    let t = tile as u32;
    let pitch = comptime!(tile + pad);
    let mut s = Shared::<[F]>::new_slice(tile * (tile + pad));
    let (ux, uy) = (UNIT_POS_X as usize, UNIT_POS_Y as usize);
    let r = CUBE_POS_Y * t + UNIT_POS_Y;
    let c = CUBE_POS_X * t + UNIT_POS_X;
    if r < rows && c < cols {
        s[uy * pitch + ux] = x[(r * cols + c) as usize];
    }
    sync_cube();
    let r2 = CUBE_POS_X * t + UNIT_POS_Y;
    let c2 = CUBE_POS_Y * t + UNIT_POS_X;
    if r2 < cols && c2 < rows {
        y[(r2 * rows + c2) as usize] = s[ux * pitch + uy];
    }
}

/// `y = xᵀ`, straight through global memory.
#[cube(launch)]
pub fn transpose_naive<F: Float>(x: &[F], y: &mut [F], rows: u32, cols: u32) {
    let (r, c) = (ABSOLUTE_POS_Y, ABSOLUTE_POS_X);
    if r < rows && c < cols {
        y[(c * rows + r) as usize] = x[(r * cols + c) as usize];
    }
}

/// `c = a bᵀ` of signed bytes, four packed in a word along `k`.
#[cube(launch)]
pub fn gemm_i8(a: &[i32], b: &[i32], c: &mut [i32], m: u32, n: u32, words: u32) {
    let (row, col) = (ABSOLUTE_POS_Y, ABSOLUTE_POS_X);
    if row < m && col < n {
        let mut sum = 0i32;
        for w in 0..words {
            sum = dp4a(a[(row * words + w) as usize], b[(col * words + w) as usize], sum);
        }
        c[(row * n + col) as usize] = sum;
    }
}
