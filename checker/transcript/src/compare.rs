//! Where an observed value and the expected one part ways.

use crate::{Observation, Tolerance, Values};
use std::fmt;

/// Why an observation does not pass.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The answer never came to observe it.
    Missing,
    /// Numbers where texts belong, or the reverse (an error instead of a value, say).
    Kind {
        /// The answer's first element.
        yours: String,
        /// The reference's first element.
        expected: String,
    },
    /// The axes differ.
    Shape {
        /// Of the answer.
        yours: Vec<usize>,
        /// Of the reference.
        expected: Vec<usize>,
    },
    /// Some elements are out of tolerance.
    Elements {
        /// Index of the first one.
        first: Vec<usize>,
        /// The answer's value there.
        yours: String,
        /// The reference's value there.
        expected: String,
        /// Largest absolute error among the wrong elements; NaN if one is not finite, and
        /// none for texts.
        largest_error: Option<f64>,
        /// How many elements are wrong …
        wrong: usize,
        /// … of how many.
        total: usize,
        /// The largest error in units of the tolerance; infinite where none is allowed.
        separation: f64,
    },
    /// A cost or gain on the wrong side of its bound.
    Bound {
        /// The answer's count.
        yours: f64,
        /// The bound: [`Tolerance::AtMost`] or [`Tolerance::AtLeast`].
        bound: Tolerance,
    },
    /// What the judge of a not-unique answer says.
    Judged(String),
}

impl Difference {
    /// How clearly the answer is wrong: the error in units of the tolerance, for a bound the
    /// ratio to it; infinite where the difference has no size.
    pub fn separation(&self) -> f64 {
        match self {
            Self::Elements { separation, .. } => *separation,
            Self::Bound { yours, bound } => bound.separation(*yours, f64::NAN),
            _ => f64::INFINITY,
        }
    }
}

/// Compares an answer's observation with the expected one, by the expected one's tolerance.
/// Shapes come first: an empty or shortened answer never passes for lack of elements.
pub fn difference(got: &Observation, want: &Observation) -> Option<Difference> {
    match want.tolerance {
        Tolerance::Judged => return None,
        bound @ (Tolerance::AtMost(_) | Tolerance::AtLeast(_)) => return over(got, bound),
        Tolerance::Exact | Tolerance::Close { .. } => {}
    }
    if got.shape != want.shape {
        return Some(Difference::Shape {
            yours: got.shape.clone(),
            expected: want.shape.clone(),
        });
    }
    match (&got.values, &want.values) {
        (Values::Numbers(g), Values::Numbers(w)) => numbers(got, want, g, w),
        (Values::Texts(g), Values::Texts(w)) => texts(got, want, g, w),
        _ if want.values.is_empty() => None,
        _ => Some(Difference::Kind {
            yours: got.values.show(0),
            expected: want.values.show(0),
        }),
    }
}

fn over(got: &Observation, bound: Tolerance) -> Option<Difference> {
    let yours = match &got.values {
        Values::Numbers(numbers) if numbers.len() == 1 => numbers[0],
        _ => f64::NAN,
    };
    (!bound.accepts(yours, f64::NAN)).then_some(Difference::Bound { yours, bound })
}

fn numbers(got: &Observation, want: &Observation, g: &[f64], w: &[f64]) -> Option<Difference> {
    let tolerance = want.tolerance;
    let wrong: Vec<usize> = (0..w.len())
        .filter(|&i| !tolerance.accepts(g[i], w[i]))
        .collect();
    // f64::max would drop a NaN, and with it the worst of all errors.
    let largest = |errors: &dyn Fn(usize) -> f64| {
        wrong.iter().fold(0.0, |worst: f64, &i| {
            let error = errors(i);
            if error.is_nan() || worst.is_nan() {
                f64::NAN
            } else {
                worst.max(error)
            }
        })
    };
    let first = *wrong.first()?;
    Some(Difference::Elements {
        first: want.index(first),
        yours: got.values.show(first),
        expected: want.values.show(first),
        largest_error: Some(largest(&|i| (g[i] - w[i]).abs())),
        wrong: wrong.len(),
        total: w.len(),
        separation: largest(&|i| tolerance.separation(g[i], w[i])),
    })
}

fn texts(got: &Observation, want: &Observation, g: &[String], w: &[String]) -> Option<Difference> {
    let first = (0..w.len()).find(|&i| g[i] != w[i])?;
    Some(Difference::Elements {
        first: want.index(first),
        yours: got.values.show(first),
        expected: want.values.show(first),
        largest_error: None,
        wrong: (0..w.len()).filter(|&i| g[i] != w[i]).count(),
        total: w.len(),
        separation: f64::INFINITY,
    })
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "was never reached"),
            Self::Kind { yours, expected } => write!(f, "yours {yours}, expected {expected}"),
            Self::Shape { yours, expected } => {
                write!(f, "yours has shape {yours:?}, expected {expected:?}")
            }
            Self::Elements {
                first,
                yours,
                expected,
                largest_error,
                wrong,
                total,
                ..
            } => {
                if !first.is_empty() {
                    write!(f, "at {first:?}: ")?;
                }
                write!(f, "yours {yours}, expected {expected}")?;
                if let Some(error) = largest_error {
                    write!(f, "; largest error {error:.1e}")?;
                }
                if *total > 1 {
                    write!(f, "; {wrong} of {total} differ")?;
                }
                Ok(())
            }
            Self::Bound { yours, bound } => write!(f, "yours {yours}, allowed {bound}"),
            Self::Judged(why) => write!(f, "{why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EXACT, T64};

    fn close(values: &[f64]) -> Observation {
        Observation::numbers("x", &[values.len()], T64, values.to_vec())
    }

    #[test]
    fn answers_without_evidence_do_not_pass() {
        let want = close(&[1.0, 2.0]);
        assert!(difference(&close(&[]), &want).is_some());
        assert!(difference(&close(&[1.0]), &want).is_some());
        assert!(difference(&close(&[f64::NAN, f64::NAN]), &want).is_some());
        assert!(difference(&close(&[f64::INFINITY, 2.0]), &want).is_some());
        assert!(difference(&close(&[1.0, 2.0]), &want).is_none());
    }

    #[test]
    fn a_nan_is_the_largest_error() {
        let d = difference(&close(&[5.0, f64::NAN]), &close(&[1.0, 2.0])).unwrap();
        let Difference::Elements {
            largest_error: Some(error),
            wrong: 2,
            ..
        } = d
        else {
            panic!("{d:?}")
        };
        assert!(error.is_nan());
        assert_eq!(d.separation(), f64::INFINITY);
    }

    #[test]
    fn an_error_in_place_of_a_value_is_told() {
        let none = Observation::new("ids", &[], EXACT, Values::Texts(vec!["None".into()]));
        let one = Observation::numbers("ids", &[], EXACT, vec![3.0]);
        let d = difference(&none, &one).unwrap();
        assert_eq!(d.to_string(), "yours \"None\", expected 3");
    }

    #[test]
    fn beating_a_bound_is_no_failure() {
        let cost = |n| Observation::numbers("peak bytes", &[], Tolerance::AtMost(100.0), vec![n]);
        assert_eq!(difference(&cost(20.0), &cost(80.0)), None);
        let d = difference(&cost(250.0), &cost(80.0)).unwrap();
        assert_eq!(d.separation(), 2.5);
        assert_eq!(d.to_string(), "yours 250, allowed at most 100.0");
    }
}
