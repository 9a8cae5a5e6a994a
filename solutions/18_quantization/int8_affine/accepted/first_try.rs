//! Written from the exercise's text alone, by somebody who had seen no other answer.

/// What the codes of a slice stand for: q ↦ scale·(q − zero).
pub struct QParams {
    /// The step between neighbouring codes, > 0, in units of x.
    pub scale: f32,
    /// The code of 0.
    pub zero: i32,
}

/// Parameters of the codes ±(2ᵇ⁻¹−1) for `x` (length n): the largest magnitude gets the
/// last code.
pub fn params_symmetric(x: &[f32], bits: u32) -> QParams {
    let max = x.iter().fold(0f32, |m, v| m.max(v.abs()));
    let scale = max / (2f32.powi(bits as i32 - 1) - 1.0);
    if scale < f32::MIN_POSITIVE {
        return QParams {
            scale: 1.0,
            zero: 0,
        };
    }
    QParams { scale, zero: 0 }
}

/// Parameters of the codes 0 … 2ᵇ−1 for `x` (length n): they span its values and 0.
pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    // Both folds start from 0, so that the range holds it.
    let (lo, hi) = x
        .iter()
        .fold((0f32, 0f32), |(lo, hi), &v| (lo.min(v), hi.max(v)));
    let scale = (hi - lo) / (2f32.powi(bits as i32) - 1.0);
    if scale < f32::MIN_POSITIVE {
        return QParams {
            scale: 1.0,
            zero: 0,
        };
    }
    QParams {
        scale,
        zero: (-lo / scale).round_ties_even() as i32,
    }
}

/// The code of each element of `x` (length n): n codes, symmetric if `signed`, else affine.
pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    let (first, last) = if signed {
        let m = (1 << (bits - 1)) - 1;
        (-m, m)
    } else {
        (0, (1 << bits) - 1)
    };
    x.iter()
        .map(|v| {
            // `as` saturates, and so must the sum, for x/s may be far outside of i32.
            let steps = (v / p.scale).round_ties_even() as i32;
            steps.saturating_add(p.zero).clamp(first, last)
        })
        .collect()
}

/// What each of the n codes stands for.
pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    q.iter().map(|q| p.scale * (q - p.zero) as f32).collect()
}
