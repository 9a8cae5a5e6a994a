//! What a check program tells: the reading side of the protocol.
//!
//! The writing side is the kit's, which documents each event.

use super::verdict::{Figure, Mismatch, Place};
use serde::Deserialize;
use transcript::{Difference, Observation, Tolerance, Values};

/// One event of a check program.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The checks begin on a seed.
    Start {
        /// The seed.
        seed: u64,
        /// Names of all checks, in order.
        checks: Vec<String>,
    },
    /// A check begins.
    Begin {
        /// Its name.
        check: String,
    },
    /// An input of a check.
    Given(Observed),
    /// Evidence.
    Observe(Observed),
    /// A property that does not hold.
    Broken {
        /// Of this check.
        check: String,
        /// The property.
        law: String,
    },
    /// A value that differs.
    Mismatch(RawMismatch),
    /// A number to look at.
    Number {
        /// What it is.
        name: String,
        /// Its value.
        value: Number,
        /// Its unit.
        unit: String,
    },
    /// The measured answer to the sealed guess.
    Measure {
        /// Its value.
        value: Number,
    },
    /// A picture.
    Plot(Plot),
    /// A check is over.
    End(CheckEnd),
    /// The mistake that explains the failure.
    Mistake {
        /// Its name.
        name: String,
        /// What it teaches.
        lesson: String,
    },
    /// The memory limit was met.
    Memory,
    /// The course is broken.
    Fault {
        /// How.
        message: String,
    },
    /// All is done.
    Finish,
}

/// A number; NaN and the infinities travel as texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Plain(f64),
            Text(String),
        }
        match Raw::deserialize(from)? {
            Raw::Plain(x) => Ok(Self(x)),
            Raw::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// A named, shaped value.
#[derive(Clone, Debug, Deserialize)]
pub struct Observed {
    /// In this check.
    pub check: String,
    name: String,
    shape: Vec<f64>,
    tolerance: String,
    #[serde(default)]
    text: bool,
    values: serde_json::Value,
}

impl Observed {
    /// The observation, unless it contradicts itself.
    pub fn observation(&self) -> Option<Observation> {
        let shape: Vec<usize> = self.shape.iter().map(|&n| n as usize).collect();
        let values = if self.text {
            Values::Texts(serde_json::from_value(self.values.clone()).ok()?)
        } else {
            let numbers: Vec<Number> = serde_json::from_value(self.values.clone()).ok()?;
            Values::Numbers(numbers.into_iter().map(|x| x.0).collect())
        };
        let elements = shape
            .iter()
            .try_fold(1usize, |n, &axis| n.checked_mul(axis))?;
        let tolerance = Tolerance::from_text(&self.tolerance)?;
        (elements == values.len()).then(|| Observation::new(&self.name, &shape, tolerance, values))
    }
}

impl Observed {
    /// Its name and its elements as text.
    pub fn figure(&self) -> Option<(String, Figure)> {
        let Observation {
            name,
            shape,
            values,
            ..
        } = self.observation()?;
        let elements = (0..values.len()).map(|i| values.show(i)).collect();
        Some((name, Figure { shape, elements }))
    }
}

/// How a check ended.
#[derive(Clone, Debug, Deserialize)]
pub struct CheckEnd {
    /// Its name.
    pub check: String,
    /// `passed`, `failed`, `todo`, `panicked` or `unfinished`.
    pub outcome: String,
    /// The words of a panic.
    pub message: String,
    file: Option<String>,
    line: Option<u32>,
}

impl CheckEnd {
    /// Where a panic or a `todo!()` was met.
    pub fn place(&self) -> Option<Place> {
        let file = self.file.clone()?;
        Some(Place {
            file,
            line: self.line?,
        })
    }
}

/// A mismatch as it travels.
#[derive(Clone, Debug, Deserialize)]
pub struct RawMismatch {
    /// In this check.
    pub check: String,
    name: String,
    #[serde(flatten)]
    difference: RawDifference,
    yours_shape: Option<Vec<f64>>,
    yours_whole: Option<Vec<String>>,
    expected_shape: Option<Vec<f64>>,
    expected_whole: Option<Vec<String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum RawDifference {
    Missing,
    Kind {
        yours: String,
        expected: String,
    },
    Shape {
        yours: Vec<f64>,
        expected: Vec<f64>,
    },
    Elements {
        first: Vec<f64>,
        yours: String,
        expected: String,
        largest_error: Vec<Number>,
        wrong: usize,
        total: usize,
        separation: Number,
    },
    Bound {
        yours: Number,
        bound: String,
    },
    Judged {
        why: String,
    },
}

fn axes(shape: Vec<f64>) -> Vec<usize> {
    shape.into_iter().map(|n| n as usize).collect()
}

impl RawMismatch {
    /// The mismatch.
    pub fn mismatch(self) -> Mismatch {
        let figure = |shape: Option<Vec<f64>>, elements: Option<Vec<String>>| {
            Some(Figure {
                shape: axes(shape?),
                elements: elements?,
            })
        };
        let yours = figure(self.yours_shape, self.yours_whole);
        let expected = figure(self.expected_shape, self.expected_whole);
        Mismatch {
            name: self.name,
            difference: self.difference.difference(),
            whole: yours.zip(expected),
        }
    }
}

impl RawDifference {
    fn difference(self) -> Difference {
        match self {
            Self::Missing => Difference::Missing,
            Self::Kind { yours, expected } => Difference::Kind { yours, expected },
            Self::Shape { yours, expected } => Difference::Shape {
                yours: axes(yours),
                expected: axes(expected),
            },
            Self::Elements {
                first,
                yours,
                expected,
                largest_error,
                wrong,
                total,
                separation,
            } => Difference::Elements {
                first: axes(first),
                yours,
                expected,
                largest_error: largest_error.first().map(|x| x.0),
                wrong,
                total,
                separation: separation.0,
            },
            Self::Bound { yours, bound } => Difference::Bound {
                yours: yours.0,
                bound: Tolerance::from_text(&bound).unwrap_or(Tolerance::AtMost(f64::NAN)),
            },
            Self::Judged { why } => Difference::Judged(why),
        }
    }
}

/// A picture of the learner's own run.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Plot {
    /// Lines over a common horizontal axis.
    Series(SeriesPlot),
    /// A matrix as shades.
    Heat(HeatPlot),
}

/// Lines over a common horizontal axis.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct SeriesPlot {
    pub title: String,
    pub x: String,
    pub y: String,
    pub log_x: bool,
    pub log_y: bool,
    pub lines: Vec<PlotLine>,
}

/// A labelled line.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct PlotLine {
    pub label: String,
    pub x: Vec<Number>,
    pub y: Vec<Number>,
}

/// A matrix as shades; values row-major.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct HeatPlot {
    pub title: String,
    pub row: String,
    pub rows: Vec<String>,
    pub column: String,
    pub columns: Vec<String>,
    pub values: Vec<Number>,
}

/// Reads events, one a line. A last line that a sudden end cut short is left out, and so is
/// whatever else is no event.
pub fn parse(text: &str) -> Vec<Event> {
    let events = text.lines().map(serde_json::from_str);
    events.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_that_is_not_1_is_not_shown_as_1() {
        let below = 1.0 - f64::EPSILON / 2.0;
        let above = 1.0 + f64::EPSILON;
        let line = format!(
            r#"{{"event":"given","check":"c","name":"u","shape":[3],"tolerance":"exact",
                 "values":[{below:?},{above:?},1.0]}}"#
        );
        let Ok(Event::Given(given)) = serde_json::from_str(&line) else {
            panic!("no input: {line}");
        };
        let (_, figure) = given.figure().expect("shape and values agree");
        assert_eq!(
            figure.elements,
            ["0.9999999999999999", "1.0000000000000002", "1"]
        );
    }
}
