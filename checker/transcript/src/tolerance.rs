//! How far an observed value may be from the expected one.

use std::fmt;

/// What counts as equal for one observation.
///
/// The tolerance always comes from the reference, never from the answer under judgement:
/// a bound that used the answer's own value would accept infinity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// Bit for bit (integers, codes, texts).
    Exact,
    /// `|got − want| ≤ atol + rtol·|want|`, element by element. NaN and the infinities
    /// equal only themselves.
    Close {
        /// Absolute part, in the units of the value.
        atol: f64,
        /// Relative part, a pure number.
        rtol: f64,
    },
    /// A cost that may be lower than the reference's, but not above this bound.
    AtMost(f64),
    /// A gain that may be higher than the reference's, but not below this bound.
    AtLeast(f64),
    /// The answer is not unique: a function in the checks judges the value itself.
    Judged,
}

/// Values that must agree bit for bit.
pub const EXACT: Tolerance = Tolerance::Exact;

/// A forward computation in f64: about 10⁵ roundings of 2⁻⁵³, which leaves room for any
/// order of summation over a few thousand terms.
pub const T64: Tolerance = Tolerance::Close {
    atol: 1e-12,
    rtol: 1e-10,
};

/// A gradient in f64: ten times [`T64`], since a backward pass differences sums.
pub const G64: Tolerance = Tolerance::Close {
    atol: 1e-11,
    rtol: 1e-9,
};

/// A reduction over `terms` values in f32. Rounding errors add like a random walk, hence
/// the square root in the absolute part.
pub fn t32(terms: usize) -> Tolerance {
    Tolerance::Close {
        atol: 2e-6 * (terms.max(1) as f64).sqrt(),
        rtol: 2e-5,
    }
}

impl Tolerance {
    /// Whether `got` passes for `want`.
    ///
    /// For the one-sided bounds `want` does not matter; a NaN never passes.
    pub fn accepts(self, got: f64, want: f64) -> bool {
        match self {
            Self::Exact => same(got, want),
            Self::Close { atol, rtol } => {
                same(got, want)
                    || (got.is_finite()
                        && want.is_finite()
                        && (got - want).abs() <= atol + rtol * want.abs())
            }
            Self::AtMost(bound) => got <= bound,
            Self::AtLeast(bound) => got >= bound,
            Self::Judged => true,
        }
    }

    /// How many times the allowed error lies between `got` and `want`; infinite where no
    /// error is allowed or the values are not finite. For a bound: the ratio to the bound.
    pub fn separation(self, got: f64, want: f64) -> f64 {
        match self {
            Self::Close { atol, rtol } => {
                let apart = (got - want).abs() / (atol + rtol * want.abs());
                if apart.is_nan() { f64::INFINITY } else { apart }
            }
            Self::AtMost(bound) => got / bound,
            Self::AtLeast(bound) => bound / got,
            Self::Exact | Self::Judged => f64::INFINITY,
        }
    }
}

/// Equal as numbers, or both NaN.
fn same(got: f64, want: f64) -> bool {
    got == want || (got.is_nan() && want.is_nan())
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Exact => write!(f, "exact"),
            Self::Close { atol, rtol } => write!(f, "±{atol:?}+{rtol:?}"),
            Self::AtMost(bound) => write!(f, "at most {bound:?}"),
            Self::AtLeast(bound) => write!(f, "at least {bound:?}"),
            Self::Judged => write!(f, "judged"),
        }
    }
}

impl Tolerance {
    /// Reads what [`Display`](fmt::Display) wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<f64>().ok();
        if let Some(close) = text.strip_prefix('±') {
            let (atol, rtol) = close.split_once('+')?;
            return Some(Self::Close {
                atol: number(atol)?,
                rtol: number(rtol)?,
            });
        }
        if let Some(bound) = text.strip_prefix("at most ") {
            return Some(Self::AtMost(number(bound)?));
        }
        if let Some(bound) = text.strip_prefix("at least ") {
            return Some(Self::AtLeast(number(bound)?));
        }
        match text {
            "exact" => Some(Self::Exact),
            "judged" => Some(Self::Judged),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_and_infinity_equal_only_themselves() {
        for tolerance in [EXACT, T64] {
            assert!(tolerance.accepts(f64::NAN, f64::NAN));
            assert!(tolerance.accepts(f64::INFINITY, f64::INFINITY));
            assert!(!tolerance.accepts(f64::NAN, 1.0));
            assert!(!tolerance.accepts(1.0, f64::NAN));
            assert!(!tolerance.accepts(f64::INFINITY, 1e300));
            assert!(!tolerance.accepts(f64::NEG_INFINITY, f64::INFINITY));
        }
        assert!(!Tolerance::AtMost(3.0).accepts(f64::NAN, 1.0));
        assert!(!Tolerance::AtLeast(3.0).accepts(f64::NAN, 5.0));
    }

    #[test]
    fn the_relative_part_is_taken_from_the_expected_value() {
        let ten_percent = Tolerance::Close {
            atol: 0.0,
            rtol: 0.1,
        };
        assert!(ten_percent.accepts(110.0, 100.0));
        assert!(!ten_percent.accepts(100.0, 110.0 * 1.02));
    }

    #[test]
    fn text_survives_a_round_trip() {
        let all = [
            EXACT,
            T64,
            t32(37),
            Tolerance::AtMost(64.5),
            Tolerance::AtLeast(2.0),
            Tolerance::Judged,
        ];
        for tolerance in all {
            assert_eq!(
                Tolerance::from_text(&tolerance.to_string()),
                Some(tolerance)
            );
        }
        assert_eq!(Tolerance::from_text("±1"), None);
    }
}
