//! By the inverse of the scale, as kernels do it, with the tie rule written out by hand.

pub struct QParams {
    pub scale: f32,
    pub zero: i32,
}

fn or_one(scale: f32) -> f32 {
    Some(scale).filter(|s| s.is_normal()).unwrap_or(1.0)
}

/// Nearest integer; of two equally near ones the even one.
fn nearest_even(x: f32) -> f32 {
    let below = x.floor();
    let fraction = x - below;
    let odd = below % 2.0 != 0.0;
    if fraction > 0.5 || (fraction == 0.5 && odd) {
        below + 1.0
    } else {
        below
    }
}

pub fn params_symmetric(x: &[f32], bits: u32) -> QParams {
    let magnitudes = x.iter().map(|v| v.abs());
    let absmax = magnitudes.max_by(f32::total_cmp).unwrap_or_default();
    let last = 2f32.powi(bits as i32 - 1) - 1.0;
    QParams {
        scale: or_one(absmax / last),
        zero: 0,
    }
}

pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    let mut sorted = x.to_vec();
    sorted.push(0.0);
    sorted.sort_by(f32::total_cmp);
    let (lo, hi) = (sorted[0], sorted[sorted.len() - 1]);
    let last = 2f32.powi(bits as i32) - 1.0;
    let scale = or_one((hi - lo) / last);
    QParams {
        scale,
        zero: nearest_even(-lo / scale) as i32,
    }
}

pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    let half = 1 << (bits - 1);
    let codes = if signed {
        1 - half..=half - 1
    } else {
        0..=2 * half - 1
    };
    // A value's steps, bounded first: beyond the grid only its sign matters.
    let (first, last) = (*codes.start() - p.zero, *codes.end() - p.zero);
    let inverse = 1.0 / p.scale;
    x.iter()
        .map(|v| nearest_even((v * inverse).clamp(first as f32, last as f32)) as i32 + p.zero)
        .collect()
}

pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    let mut values: Vec<f32> = q.iter().map(|q| (q - p.zero) as f32).collect();
    values.iter_mut().for_each(|v| *v *= p.scale);
    values
}
