//! How clearly a wrong answer is wrong.

use crate::runner::{Judgement, Mismatch};
use std::fmt;
use transcript::Difference;

/// A rounding of another order of summation is far below this many tolerances; a mistake
/// must be far above it.
const TOLERANCES: f64 = 100.0;

/// A wasteful answer must cost this many times the bound: allocators differ by less.
const RATIO: f64 = 1.5;

/// How far a wrong value is from the right one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Separation {
    /// The error, in units of the allowed error.
    Tolerances(f64),
    /// A cost, in units of its bound.
    Ratio(f64),
    /// Another shape, another integer, a refused value: different without a size.
    Clear,
}

impl Separation {
    /// Of one mismatch.
    pub fn of(difference: &Difference) -> Self {
        let size = difference.separation();
        match difference {
            Difference::Bound { .. } => Self::Ratio(size),
            Difference::Elements { .. } if size.is_finite() => Self::Tolerances(size),
            _ => Self::Clear,
        }
    }

    /// The separation in units of the least that is enough.
    fn margin(self) -> f64 {
        match self {
            Self::Tolerances(size) => size / TOLERANCES,
            Self::Ratio(size) => size / RATIO,
            Self::Clear => f64::INFINITY,
        }
    }

    /// Whether it is enough.
    pub fn is_enough(self) -> bool {
        self.margin() >= 1.0
    }

    /// The least that would be enough, in words.
    pub fn least(self) -> &'static str {
        match self {
            Self::Ratio(_) => "1.5 times the bound",
            _ => "100 tolerances",
        }
    }
}

impl fmt::Display for Separation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Tolerances(size) if *size < 1000.0 => write!(f, "{size:.1} tolerances"),
            Self::Tolerances(size) => write!(f, "{size:.0e} tolerances"),
            Self::Ratio(size) => write!(f, "{size:.1} × the bound"),
            Self::Clear => write!(f, "clear"),
        }
    }
}

/// The weakest of the strongest: on each seed the mismatch that speaks loudest against an
/// answer, and of these the quietest.
#[derive(Clone, Debug, PartialEq)]
pub struct Clarity {
    /// The seed on which the answer is hardest to tell from a right one.
    pub seed: u64,
    /// The check of the mismatch.
    pub check: String,
    /// The observation of the mismatch.
    pub observation: String,
    /// How far off it is.
    pub separation: Separation,
}

/// How clearly a judged answer is wrong; nothing if no evidence speaks against it on some
/// seed.
pub fn clarity(judgement: &Judgement) -> Option<Clarity> {
    let mut weakest: Option<Clarity> = None;
    for &seed in &judgement.seeds {
        let strongest = strongest(judgement, seed)?;
        let weaker = |w: &Clarity| strongest.separation.margin() < w.separation.margin();
        if weakest.as_ref().is_none_or(weaker) {
            weakest = Some(strongest);
        }
    }
    weakest
}

fn strongest(judgement: &Judgement, seed: u64) -> Option<Clarity> {
    let on_seed = judgement.rejections.iter().filter(|r| r.seed == seed);
    let mismatches = on_seed.flat_map(|r| r.mismatches.iter().map(move |m| (&r.check, m)));
    let told = |(check, mismatch): (&String, &Mismatch)| Clarity {
        seed,
        check: check.clone(),
        observation: mismatch.name.clone(),
        separation: Separation::of(&mismatch.difference),
    };
    let margin = |c: &Clarity| c.separation.margin();
    // Strictly greater: of equals, the first in the order of the checks.
    mismatches.map(told).reduce(|best, next| {
        if margin(&next) > margin(&best) {
            next
        } else {
            best
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::Rejection;

    fn elements(separation: f64) -> Difference {
        Difference::Elements {
            first: vec![0],
            yours: "1".into(),
            expected: "2".into(),
            largest_error: Some(1.0),
            wrong: 1,
            total: 1,
            separation,
        }
    }

    fn rejection(seed: u64, check: &str, differences: &[Difference]) -> Rejection {
        let mismatch = |difference: &Difference| Mismatch {
            name: "x".into(),
            difference: difference.clone(),
            whole: None,
        };
        Rejection {
            seed,
            check: check.into(),
            mismatches: differences.iter().map(mismatch).collect(),
            broken: Vec::new(),
            ended: None,
        }
    }

    #[test]
    fn the_weakest_seed_counts_by_its_strongest_evidence() {
        let judgement = Judgement {
            seeds: vec![1, 2],
            rejections: vec![
                rejection(1, "first", &[elements(50.0), elements(f64::INFINITY)]),
                rejection(2, "first", &[elements(50.0)]),
                rejection(2, "second", &[elements(40_000.0)]),
            ],
        };
        let found = clarity(&judgement).unwrap();
        assert_eq!((found.seed, found.check.as_str()), (2, "second"));
        assert_eq!(found.separation, Separation::Tolerances(40_000.0));
        assert!(found.separation.is_enough());
    }

    #[test]
    fn a_seed_without_evidence_is_no_clarity() {
        let judgement = Judgement {
            seeds: vec![1, 2],
            rejections: vec![
                rejection(1, "first", &[elements(1e9)]),
                rejection(2, "first", &[]),
            ],
        };
        assert_eq!(clarity(&judgement), None);
    }

    #[test]
    fn bounds_and_tolerances_have_their_own_least() {
        for (separation, enough) in [
            (Separation::Tolerances(99.0), false),
            (Separation::Tolerances(100.0), true),
            (Separation::Ratio(1.4), false),
            (Separation::Ratio(1.5), true),
            (Separation::Clear, true),
        ] {
            assert_eq!(separation.is_enough(), enough, "{separation}");
        }
    }
}
