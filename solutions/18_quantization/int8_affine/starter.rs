//! # Eight bits for a number: scale, zero point, code
//!
//! ## Understand
//! A slice x of n ≥ 0 finite f32 is kept as n integer codes and two parameters, the scale
//! s > 0 and the integer zero point z: the code q stands for s·(q − z) (Jacob et al.,
//! "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
//! Inference", 2018, equation 1). With b bits, 2 ≤ b ≤ 16:
//!
//! | | codes | parameters |
//! |---|---|---|
//! | symmetric, `signed` | −(2ᵇ⁻¹−1) … 2ᵇ⁻¹−1 (8 bits: ±127) | s = max\|x\| / (2ᵇ⁻¹−1), z = 0 |
//! | affine, not `signed` | 0 … 2ᵇ−1 | s = (hi − lo) / (2ᵇ−1), z = round(−lo/s) |
//!
//! lo = min(0, min x) and hi = max(0, max x): the range holds 0, always. Where s comes out
//! below `f32::MIN_POSITIVE`, the smallest normal f32, 1.17549…·10⁻³⁸ (no values, only zeros,
//! vanishing values), s = 1 and z = 0.
//!
//! quantize: q = clamp(round(x/s) + z) to the codes above; dequantize: s·(q − z).
//! `round` takes the nearest integer, and of two equally near ones the even one. All
//! arithmetic on values is f32; hi − lo does not overflow.
//!
//! By hand: s = ½, z = 3, 4 bits, affine. 0.875/s = 1.75, so the code is 2 + 3 = 5, which
//! stands for 1. And 1.25/s = 2.5 is a tie: code 2 + 3 = 5 too. 100 gets the code 15.
//!
//! ## Plan
//! Which method of f32 rounds ties to even? (`round` does not.) Which code has x = 0, and
//! what does it stand for? Where may the clamp stand, if x/s is 10³⁰? Derivation of the
//! error s/2, of its mean square s²/12, and of all that is decided above: the stage's notes.
//!
//! ## Carry out
//! Four gaps, 3 to 8 lines each. Budget: one pass over x each, one vector allocated by the
//! two that return one. Not here: one scale for each row or group; choosing a smaller range.
//!
//! ## Look back
//! What is the largest error, and for which x is it larger? What does a bit more buy? When
//! is a zero point worth its trouble, and who pays if zero has no code of its own?

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
    todo!() // ≈ 4 lines
}

/// Parameters of the codes 0 … 2ᵇ−1 for `x` (length n): they span its values and 0.
pub fn params_affine(x: &[f32], bits: u32) -> QParams {
    todo!() // ≈ 5 lines
}

/// The code of each element of `x` (length n): n codes, symmetric if `signed`, else affine.
pub fn quantize(x: &[f32], p: &QParams, bits: u32, signed: bool) -> Vec<i32> {
    todo!() // ≈ 8 lines
}

/// What each of the n codes stands for.
pub fn dequantize(q: &[i32], p: &QParams) -> Vec<f32> {
    todo!() // ≈ 3 lines
}
