//! What came of each test.

use std::{collections::BTreeMap, fmt};

use crate::exclusions;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It asserted something and held.
    Passed,
    /// It found a feature missing, and did nothing.
    Skipped,
    Failed,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Passed => "passed",
            Outcome::Skipped => "was skipped",
            Outcome::Failed => "failed",
        })
    }
}

/// The outcome of every test, by its name.
pub struct Verdicts(BTreeMap<String, Outcome>);

impl Verdicts {
    /// From what libtest prints, and from what each test's device was asked for.
    pub fn new(output: &str, witness: &str) -> Self {
        let operations: BTreeMap<&str, u64> = witness
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(test, operations)| Some((test, operations.parse().ok()?)))
            .collect();
        let outcome = |test: &str, result: &str| {
            let idle = operations.get(test) == Some(&0) && !exclusions::needs_no_device(test);
            match result {
                "ok" if idle => Outcome::Skipped,
                "ok" => Outcome::Passed,
                _ => Outcome::Failed,
            }
        };
        let tests = output.lines().filter_map(|line| {
            let (test, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
            Some((test.to_string(), outcome(test, result)))
        });
        Self(tests.collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Outcome)> {
        self.0.iter().map(|(test, outcome)| (test.as_str(), *outcome))
    }

    pub fn count(&self, outcome: Outcome) -> usize {
        self.0.values().filter(|other| **other == outcome).count()
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut excluded: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for (test, outcome) in self.iter().filter(|(_, outcome)| *outcome != Outcome::Passed) {
            let counts =
                excluded.entry(exclusions::reason(test).unwrap_or("no known reason")).or_default();
            counts[usize::from(outcome == Outcome::Failed)] += 1;
        }
        for (reason, [skipped, failed]) in excluded {
            writeln!(f, "{:4} skipped {failed:4} failed  {reason}", skipped)?;
        }
        write!(
            f,
            "{} tests: {} passed, {} skipped, {} failed, {} not run (too long)",
            self.0.len() + exclusions::NOT_RUN_COUNT,
            self.count(Outcome::Passed),
            self.count(Outcome::Skipped),
            self.count(Outcome::Failed),
            exclusions::NOT_RUN_COUNT,
        )
    }
}
