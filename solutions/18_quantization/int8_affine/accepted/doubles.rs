//! In f64 until the end, by loops, with the codes of the grid computed where they are needed.
//! The wider quotients agree with the f32 ones wherever no tie is within their rounding.

pub struct QParams {
    pub scale: f32,
    pub zero: i32,
}

pub fn params_symmetric(x: &[f32], bits: u32) -> QParams {
    let mut absmax = 0f64;
    for &v in x {
        if f64::from(v.abs()) > absmax {
            absmax = f64::from(v.abs());
        }
    }
    let scale = (absmax / (f64::from(1u32 << (bits - 1)) - 1.0)) as f32;
    let usable = scale >= f32::MIN_POSITIVE;
    QParams {
        scale: if usable { scale } else { 1.0 },
        zero: 0,
    }
}

pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    let (mut lo, mut hi) = (0f64, 0f64);
    for &v in x {
        lo = lo.min(v.into());
        hi = hi.max(v.into());
    }
    let levels = f64::from((1u32 << bits) - 1);
    let scale = ((hi - lo) / levels) as f32;
    if scale < f32::MIN_POSITIVE {
        return QParams {
            scale: 1.0,
            zero: 0,
        };
    }
    let zero = (-lo / f64::from(scale))
        .round_ties_even()
        .clamp(0.0, levels);
    QParams {
        scale,
        zero: zero as i32,
    }
}

pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    let mut codes = vec![0; x.len()];
    for (code, &v) in codes.iter_mut().zip(x) {
        let steps = (f64::from(v) / f64::from(p.scale)).round_ties_even();
        let wide = steps as i64; // saturates
        let shifted = wide.saturating_add(p.zero.into());
        let (first, last) = match signed {
            true => (1 - (1i64 << (bits - 1)), (1i64 << (bits - 1)) - 1),
            false => (0, (1i64 << bits) - 1),
        };
        *code = shifted.max(first).min(last) as i32;
    }
    codes
}

pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    let mut values = Vec::with_capacity(q.len());
    for &code in q {
        let steps = f64::from(code) - f64::from(p.zero);
        values.push((f64::from(p.scale) * steps) as f32);
    }
    values
}
