//! The portable generator: the same numbers on every platform.

/// SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, integer arithmetic only.
///
/// ```
/// let mut rng = kit::Rng::new(1, "a softmax sums to one");
/// let u = rng.uniform();
/// assert!((0.0..1.0).contains(&u));
/// assert_eq!(u, kit::Rng::new(1, "a softmax sums to one").uniform());
/// ```
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator for `seed`. The stream is chosen by a hash (FNV-1a) of its name, so that
    /// a check's inputs do not depend on its place among the others.
    pub fn new(seed: u64, stream: &str) -> Self {
        let hash = stream
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let mut rng = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hash);
        rng.bits();
        rng
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform on [0, 1), a multiple of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// About N(0, 1), by Irwin and Hall: twelve uniforms less six. Mean 0 and variance 1 are
    /// exact, the tails end at ±6; no ln and no cos, so no libm that differs by platform.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Uniform on 0..n (the bias of the modulus is below n·2⁻⁶⁴).
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }

    /// Puts `items` into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The oracle scripts rely on these numbers: they may never change.
    #[test]
    fn the_stream_is_fixed_for_ever() {
        let mut rng = Rng::new(1, "stream");
        let first: Vec<u64> = (0..3).map(|_| rng.bits()).collect();
        let mut again = Rng::new(1, "stream");
        assert_eq!(first, [again.bits(), again.bits(), again.bits()]);
        assert_ne!(Rng::new(2, "stream").bits(), first[0]);
        assert_ne!(Rng::new(1, "another").bits(), first[0]);
    }

    #[test]
    fn moments_are_those_of_a_standard_normal() {
        let mut rng = Rng::new(3, "moments");
        let n = 20_000;
        let draws: Vec<f64> = (0..n).map(|_| rng.normal()).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / n as f64;
        // Five standard errors: 1/√n of the mean, √2/√n of the variance.
        assert!(mean.abs() < 5.0 / (n as f64).sqrt(), "{mean}");
        assert!(
            (variance - 1.0).abs() < 5.0 * (2.0 / n as f64).sqrt(),
            "{variance}"
        );
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<usize> = (0..50).collect();
        Rng::new(4, "shuffle").shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
