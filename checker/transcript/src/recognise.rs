//! Which recorded mistake a wrong answer made.

use crate::{CheckRecord, Difference, End, Observation, Tolerance, Transcript, Values, difference};
use std::{fs, io, path::Path};

/// A classic wrong answer of an exercise: what it observes, and what it teaches.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// Name of its file, without `.rs`.
    pub name: String,
    /// The `//!` lines at the top of its file.
    pub lesson: String,
    /// Its recorded evidence on the fixed seed.
    pub transcript: Transcript,
}

/// Two costs within this factor of one another are the same mistake: allocators round up,
/// and people write the same wrong loop with one temporary more or less.
const SAME_COST: f64 = 1.25;

/// The mistakes of the exercise whose `folder` holds `mistakes/*.rs` and
/// `snapshots/mistake@*.snap`, ordered by name. Those without a snapshot are left out:
/// nothing can be recognised by them yet.
///
/// # Errors
/// If a file cannot be read, or a snapshot is not a transcript.
pub fn known_mistakes(folder: &Path) -> io::Result<Vec<Mistake>> {
    let mut known = Vec::new();
    let sources = folder.join("mistakes");
    if !sources.is_dir() {
        return Ok(known);
    }
    for entry in fs::read_dir(sources)? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let snapshot = folder.join(format!("snapshots/mistake@{name}.snap"));
        if path.extension().is_none_or(|e| e != "rs") || !snapshot.exists() {
            continue;
        }
        let transcript = Transcript::parse_snapshot(&fs::read_to_string(&snapshot)?)
            .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
        known.push(Mistake {
            name: name.into(),
            lesson: lesson(&fs::read_to_string(&path)?),
            transcript,
        });
    }
    known.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(known)
}

/// The lesson of a mistake's source: its leading `//!` lines, paragraphs kept apart.
pub fn lesson(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let text: Vec<&str> = lines.map(str::trim).collect();
    let paragraphs = text.split(|line| line.is_empty());
    let paragraphs: Vec<String> = paragraphs.map(|lines| lines.join(" ")).collect();
    paragraphs.join("\n").trim().into()
}

/// The mistake that explains everything wrong in `failed`, the first failing check: each
/// observation that differs from `reference` must equal the mistake's, and there must be
/// one (or the same kind of end). Other checks do not matter: other functions of the
/// exercise may still be unwritten. But of several mistakes that explain it, one that passes
/// all checks before this one, as `failed` did, is the likelier.
pub fn recognise<'a>(
    mistakes: &'a [Mistake],
    failed: &CheckRecord,
    reference: &Transcript,
) -> Option<&'a Mistake> {
    let expected = reference.check(&failed.name)?;
    let explain = mistakes.iter().filter(|mistake| {
        let recorded = mistake.transcript.check(&failed.name);
        recorded.is_some_and(|recorded| explains(recorded, failed, expected))
    });
    explain.min_by_key(|mistake| fails_before(&mistake.transcript, &failed.name, reference))
}

/// Whether a transcript shows anything wrong in a check before the one of this name.
fn fails_before(transcript: &Transcript, name: &str, reference: &Transcript) -> bool {
    let before = reference
        .checks
        .iter()
        .take_while(|check| check.name != name);
    let passes = |expected: &CheckRecord| {
        transcript.check(&expected.name).is_some_and(|shown| {
            let is_right = |want: &Observation| {
                let got = shown.find(&want.name);
                got.is_some_and(|got| difference(got, want).is_none())
            };
            shown.end == End::Done
                && shown.broken.is_empty()
                && expected.observations.iter().all(is_right)
        })
    };
    !before.into_iter().all(passes)
}

fn explains(mistake: &CheckRecord, failed: &CheckRecord, reference: &CheckRecord) -> bool {
    let ends_alike = matches!(
        (&mistake.end, &failed.end),
        (End::Done, End::Done) | (End::Panicked(_), End::Panicked(_))
    );
    let mut evidence = matches!(failed.end, End::Panicked(_));
    for want in &reference.observations {
        let (Some(yours), Some(theirs)) = (failed.find(&want.name), mistake.find(&want.name))
        else {
            if failed.find(&want.name).is_some() != mistake.find(&want.name).is_some() {
                return false;
            }
            continue;
        };
        if difference(yours, want).is_none() {
            continue;
        }
        evidence = true;
        // A cost near a wrong one is no sign of a mistake that is itself within the bound.
        if difference(theirs, want).is_none() || !same_mistake(yours, theirs) {
            return false;
        }
    }
    ends_alike && evidence
}

/// Whether two wrong values are the same wrong value.
pub(crate) fn same_mistake(yours: &crate::Observation, theirs: &crate::Observation) -> bool {
    let bounded = matches!(
        theirs.tolerance,
        Tolerance::AtMost(_) | Tolerance::AtLeast(_)
    );
    match (&yours.values, &theirs.values) {
        (Values::Numbers(y), Values::Numbers(t)) if bounded && y.len() == 1 && t.len() == 1 => {
            let (y, t) = (y[0], t[0]);
            // A cost that came out negative or as NaN is itself, and near no other.
            y.total_cmp(&t).is_eq() || (y <= t * SAME_COST && t <= y * SAME_COST)
        }
        _ => !matches!(
            difference(yours, theirs),
            Some(
                Difference::Elements { .. }
                    | Difference::Shape { .. }
                    | Difference::Kind { .. }
                    | Difference::Missing
            )
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EXACT;

    fn check(values: &[(&str, f64)], end: End) -> CheckRecord {
        let observe = |(name, x): &(&str, f64)| Observation::numbers(name, &[], EXACT, vec![*x]);
        CheckRecord {
            name: "law".into(),
            observations: values.iter().map(observe).collect(),
            end,
            ..CheckRecord::default()
        }
    }

    fn mistake(name: &str, record: CheckRecord) -> Mistake {
        Mistake {
            name: name.into(),
            lesson: String::new(),
            transcript: Transcript {
                checks: vec![record],
            },
        }
    }

    fn transcript(checks: Vec<CheckRecord>) -> Transcript {
        Transcript { checks }
    }

    #[test]
    fn a_mistake_that_fails_earlier_is_the_less_likely_one() {
        let named = |name: &str, x: f64| CheckRecord {
            name: name.into(),
            ..check(&[("a", x)], End::Done)
        };
        let of = |name: &str, first: f64| Mistake {
            transcript: transcript(vec![named("first", first), named("law", 5.0)]),
            ..mistake(name, CheckRecord::default())
        };
        let reference = transcript(vec![named("first", 1.0), named("law", 1.0)]);
        let failed = named("law", 5.0);
        let name = |mistakes: &[Mistake]| {
            recognise(mistakes, &failed, &reference).map(|mistake| mistake.name.clone())
        };
        assert_eq!(name(&[of("early", 2.0), of("late", 1.0)]).unwrap(), "late");
        assert_eq!(name(&[of("early", 2.0)]).unwrap(), "early");
    }

    #[test]
    fn every_wrong_observation_must_be_the_mistakes() {
        let reference = transcript(vec![check(&[("a", 1.0), ("b", 2.0)], End::Done)]);
        let mistakes = [
            mistake("one", check(&[("a", 5.0), ("b", 2.0)], End::Done)),
            mistake("both", check(&[("a", 5.0), ("b", 6.0)], End::Done)),
        ];
        let name =
            |record: &CheckRecord| recognise(&mistakes, record, &reference).map(|m| m.name.clone());
        assert_eq!(
            name(&check(&[("a", 5.0), ("b", 2.0)], End::Done)).unwrap(),
            "one"
        );
        assert_eq!(
            name(&check(&[("a", 5.0), ("b", 6.0)], End::Done)).unwrap(),
            "both"
        );
        assert_eq!(name(&check(&[("a", 5.0), ("b", 7.0)], End::Done)), None);
        assert_eq!(name(&check(&[("a", 1.0), ("b", 2.0)], End::Done)), None);
        assert_eq!(name(&check(&[("a", 5.0), ("b", 2.0)], End::Todo)), None);
    }

    #[test]
    fn a_mistake_that_costs_no_more_than_allowed_explains_no_cost() {
        let cost = |n: f64| CheckRecord {
            name: "law".into(),
            observations: vec![Observation::numbers(
                "flops",
                &[],
                Tolerance::AtMost(100.0),
                vec![n],
            )],
            end: End::Done,
            ..CheckRecord::default()
        };
        let mistakes = [
            mistake("about values", cost(95.0)),
            mistake("costly", cost(200.0)),
        ];
        let name = |n: f64| {
            recognise(&mistakes, &cost(n), &transcript(vec![cost(80.0)])).map(|m| m.name.as_str())
        };
        assert_eq!(name(110.0), None);
        assert_eq!(name(210.0), Some("costly"));
    }

    #[test]
    fn a_lesson_is_what_stands_above_the_code() {
        let source = "//! You summed\n//! the rows.\n//!\n//! Sum columns.\nuse x;\n//! not this";
        assert_eq!(lesson(source), "You summed the rows.\nSum columns.");
    }

    #[test]
    fn a_cost_that_is_no_number_is_the_same_when_it_comes_again() {
        let cost = |n| Observation::numbers("error", &[], Tolerance::AtMost(4.0), vec![n]);
        assert!(same_mistake(&cost(f64::NAN), &cost(f64::NAN)));
        assert!(same_mistake(&cost(-0.5), &cost(-0.5)));
        assert!(!same_mistake(&cost(f64::NAN), &cost(8.0)));
    }
}
