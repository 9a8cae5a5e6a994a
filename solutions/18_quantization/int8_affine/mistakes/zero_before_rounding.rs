//! Ties come out wrong where the zero point is odd. You added the zero point first and rounded
//! the sum, so "even" was asked of the code instead of the step. Round the number of steps,
//! then shift it by the integer zero point: then a shift never changes what a value is rounded
//! to.

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
    let lo = x.iter().fold(0.0, |m: f32, v| m.min(*v));
    let hi = x.iter().fold(0.0, |m: f32, v| m.max(*v));
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
        let q = (v / p.scale + p.zero as f32).round_ties_even();
        codes.push(q.clamp(qmin as f32, qmax as f32) as i32);
    }
    codes
}

pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    q.iter().map(|&q| p.scale * (q - p.zero) as f32).collect()
}
