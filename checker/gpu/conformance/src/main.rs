//! Runs CubeCL's runtime tests on the simulator and prints what came of them.
//!
//! ```text
//! cargo run -p conformance
//! ```
//!
//! Ends with an error if a test fails or is skipped without a reason in [`exclusions`], if a
//! reason has no such test any more, or if fewer tests pass than did before.

mod exclusions;
mod verdict;

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use conformance::WITNESS;
use verdict::{Outcome, Verdicts};

/// Passes that must not be lost again.
const FLOOR: usize = 845;

fn main() -> ExitCode {
    let witness = std::env::temp_dir().join(format!("conformance-{}", std::process::id()));
    let output = run_tests(&witness);
    let report = std::fs::read_to_string(&witness).unwrap_or_default();
    let _ = std::fs::remove_file(&witness);
    let verdicts = Verdicts::new(&output, &report);
    println!("{verdicts}");
    let problems = problems(&verdicts);
    problems.iter().for_each(|problem| println!("problem: {problem}"));
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What libtest prints.
fn run_tests(witness: &Path) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["test", "--quiet", "--package", "conformance", "--lib", "--", "--format=pretty"])
        .arg("--include-ignored")
        .args(exclusions::NOT_RUN.iter().flat_map(|test| ["--skip", test]))
        .env(WITNESS, witness)
        // Wherever this was started from, these tests are meant.
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn problems(verdicts: &Verdicts) -> Vec<String> {
    let mut problems = Vec::new();
    let passed = verdicts.count(Outcome::Passed);
    if passed < FLOOR {
        problems.push(format!("{passed} tests pass, {FLOOR} did"));
    }
    for (test, outcome) in verdicts.iter().filter(|(_, outcome)| *outcome != Outcome::Passed) {
        if exclusions::reason(test).is_none() {
            problems.push(format!("{test} {outcome}, and no reason is known"));
        }
    }
    for (pattern, _) in exclusions::EXCLUSIONS {
        let excluded = |(test, outcome): &(&str, Outcome)| {
            test.contains(pattern) && *outcome != Outcome::Passed
        };
        if !verdicts.iter().any(|entry| excluded(&entry)) {
            problems.push(format!("nothing is excluded by `{pattern}` any more"));
        }
    }
    problems
}
