//! Whether a recorded transcript is still what its answer shows.

use crate::recognise::same_mistake;
use crate::{CheckRecord, End, Observation, Tolerance, Transcript};
use std::fmt;

/// Where a recorded transcript and a fresh one of the same answer part ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The check; empty if it is about all of them.
    pub check: String,
    /// What differs.
    pub what: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.check.is_empty() {
            return write!(f, "{}", self.what);
        }
        write!(f, "in \"{}\": {}", self.check, self.what)
    }
}

/// Where `fresh` is no longer what was `recorded`: the same checks with the same
/// observations in the same order, of the same shapes and tolerances, with values within
/// these tolerances, and the same kind of end. A count may move by a quarter, as
/// allocators differ; a judged value may be any; words of a panic are not compared, as
/// they change with the compiler.
pub fn disagreements(recorded: &Transcript, fresh: &Transcript) -> Vec<Disagreement> {
    let names = |t: &Transcript| -> Vec<String> {
        t.checks.iter().map(|check| check.name.clone()).collect()
    };
    let (before, now) = (names(recorded), names(fresh));
    if before != now {
        let what = format!("the checks are {now:?}; recorded are {before:?}");
        let check = String::new();
        return vec![Disagreement { check, what }];
    }
    let pairs = recorded.checks.iter().zip(&fresh.checks);
    pairs.flat_map(|(r, f)| in_check(r, f)).collect()
}

fn in_check(recorded: &CheckRecord, fresh: &CheckRecord) -> Vec<Disagreement> {
    let told = |what: String| Disagreement {
        check: recorded.name.clone(),
        what,
    };
    let names = |check: &CheckRecord| -> Vec<String> {
        let names = check.observations.iter().map(|o| o.name.clone());
        names.collect()
    };
    let (before, now) = (names(recorded), names(fresh));
    if before != now {
        return vec![told(format!("observes {now:?}; recorded are {before:?}"))];
    }
    let mut found = Vec::new();
    for (old, new) in recorded.observations.iter().zip(&fresh.observations) {
        found.extend(in_observation(old, new).map(|what| told(format!("`{}` {what}", old.name))));
    }
    let kind = std::mem::discriminant::<End>;
    if kind(&recorded.end) != kind(&fresh.end) {
        let (now, before) = (&fresh.end, &recorded.end);
        found.push(told(format!("ends as {now:?}; recorded is {before:?}")));
    }
    found
}

fn in_observation(recorded: &Observation, fresh: &Observation) -> Option<String> {
    let (now, before) = (fresh.tolerance, recorded.tolerance);
    if now != before {
        return Some(format!("may differ {now}; recorded is {before}"));
    }
    if before == Tolerance::Judged || same_mistake(fresh, recorded) {
        return None;
    }
    let difference = crate::difference(fresh, recorded);
    // Only a bound can be kept and have moved: its cost is another one.
    Some(difference.map_or_else(
        || {
            let (now, before) = (fresh.values.show(0), recorded.values.show(0));
            format!("is now {now}; recorded is {before}")
        },
        |difference| difference.to_string(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EXACT, T64};

    fn one(o: Observation, end: End) -> Transcript {
        let mut t = Transcript::default();
        let check = t.check_mut("law");
        check.observations = vec![o];
        check.end = end;
        t
    }

    fn told(recorded: &Transcript, fresh: &Transcript) -> String {
        let found = disagreements(recorded, fresh);
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    fn number(x: f64, tolerance: Tolerance) -> Transcript {
        one(
            Observation::numbers("x", &[], tolerance, vec![x]),
            End::Done,
        )
    }

    #[test]
    fn within_tolerance_a_record_stands() {
        assert_eq!(told(&number(1.0, T64), &number(1.0 + 1e-11, T64)), "");
        assert_eq!(
            told(&number(1.0, T64), &number(1.5, T64)),
            "in \"law\": `x` yours 1.5, expected 1; largest error 5.0e-1"
        );
    }

    #[test]
    fn another_tolerance_or_another_name_is_another_record() {
        let found = told(&number(1.0, T64), &number(1.0, EXACT));
        assert!(found.contains("may differ exact"), "{found}");
        let other = one(Observation::numbers("y", &[], T64, vec![1.0]), End::Done);
        let found = told(&number(1.0, T64), &other);
        assert!(found.contains("observes [\"y\"]"), "{found}");
        let found = told(&number(1.0, T64), &Transcript::default());
        assert!(found.contains("the checks are []"), "{found}");
    }

    #[test]
    fn counts_may_move_a_little_and_panics_may_be_worded_anew() {
        let bound = Tolerance::AtMost(100.0);
        assert_eq!(told(&number(80.0, bound), &number(90.0, bound)), "");
        let found = told(&number(80.0, bound), &number(40.0, bound));
        assert_eq!(found, "in \"law\": `x` is now 40; recorded is 80");
        let panicked = |words: &str| {
            let o = Observation::numbers("x", &[], T64, vec![1.0]);
            one(o, End::Panicked(words.into()))
        };
        assert_eq!(told(&panicked("index 3"), &panicked("the index was 3")), "");
        let found = told(&panicked("index 3"), &number(1.0, T64));
        assert!(found.contains("ends as Done"), "{found}");
    }
}
