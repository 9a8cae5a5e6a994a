//! Uniform quantization: a code q stands for scale·(q − zero) (Jacob et al. 2018, eq. 1).

/// What the codes of a slice stand for: q ↦ scale·(q − zero).
pub struct QParams {
    /// The step between neighbouring codes, > 0.
    pub scale: f32,
    /// The code of 0.
    pub zero: i32,
}

/// The smallest and the largest code.
fn codes(bits: u32, signed: bool) -> (i32, i32) {
    if signed {
        let last = (1 << (bits - 1)) - 1;
        (-last, last)
    } else {
        (0, (1 << bits) - 1)
    }
}

/// The step that covers `range` in `steps` steps; 1 where there is no range to cover.
fn step(range: f32, steps: i32) -> f32 {
    let step = range / steps as f32;
    if step.is_normal() { step } else { 1.0 }
}

/// Parameters of the codes ±(2ᵇ⁻¹−1): the largest magnitude gets the last code.
pub fn params_symmetric(x: &[f32], bits: u32) -> QParams {
    let largest = x.iter().fold(0.0, |m: f32, x| m.max(x.abs()));
    let (_, last) = codes(bits, true);
    QParams {
        scale: step(largest, last),
        zero: 0,
    }
}

/// Parameters of the codes 0 … 2ᵇ−1: they span the values of `x` and 0.
pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    // Both folds start at 0: so the range holds 0, whatever x is.
    let (lo, hi) = x.iter().fold((0.0, 0.0), |(lo, hi): (f32, f32), &x| {
        (lo.min(x), hi.max(x))
    });
    let (_, last) = codes(bits, false);
    let scale = step(hi - lo, last);
    // Within the codes without a clamp, as 0 ≤ −lo ≤ hi − lo.
    let zero = (-lo / scale).round_ties_even() as i32;
    QParams { scale, zero }
}

/// The code of each element of `x`.
pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    let (first, last) = codes(bits, signed);
    let code = |x: &f32| {
        let steps = (x / p.scale).round_ties_even();
        // Still a float: an i32 would overflow where x is large and the scale small.
        (steps + p.zero as f32).clamp(first as f32, last as f32) as i32
    };
    x.iter().map(code).collect()
}

/// What each code stands for.
pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    q.iter().map(|q| (q - p.zero) as f32 * p.scale).collect()
}

// Look back. One pass each; a division, a rounding, an addition and a clamp an element; n
// codes of b bits and 8 bytes of parameters instead of 4n bytes. No error exceeds s/2 on the
// slice that chose s; what lies beyond its range is wrong by its distance from it.
// Alternative: multiply by 1/s, which is what fast kernels do; it moves a value within a few
// units of the last place of a tie to the other code.
// Limitation: one large element makes s large for all; a scale for each row or group of the
// array lifts it.
