//! Is an exercise finished?

use super::answers::Role;
use super::finding::Finding;
use super::oracle::{self, Agreement};
use super::separation::Clarity;
use super::trial::{Trial, Trials, try_answers};
use super::{Workshop, files, rules, snapshots, style, text};
use crate::course::{Entry, ExerciseFiles};
use crate::runner::Verdict;
use std::time::{Duration, Instant, SystemTime};

/// How many fresh seeds an exercise is tried on.
pub const SEEDS: usize = 20;

/// What to check with.
pub struct Options<'a> {
    /// The fresh seeds; see [`fresh_seeds`].
    pub seeds: Vec<u64>,
    /// What somebody who renders notes finds wrong in them.
    pub notes_problems: &'a dyn Fn(&str) -> Vec<String>,
}

/// What came of checking one exercise.
#[derive(Clone, Debug)]
pub struct ExerciseCheck {
    /// The exercise.
    pub id: String,
    /// The fresh seeds that it was tried on.
    pub seeds: Vec<u64>,
    /// One an answer.
    pub rows: Vec<Row>,
    /// How far the reference agrees with the outside; none if it showed nothing.
    pub agreement: Option<Agreement>,
    /// Everything that is not as it should be.
    pub findings: Vec<Finding>,
    /// How long it took.
    pub took: Duration,
}

/// What one answer showed, as a line of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What the answer is there for.
    pub role: Role,
    /// Its name; for those of which there is one, the role's.
    pub name: String,
    /// On how many fresh seeds it was rejected; none if it did not run.
    pub rejected: Option<usize>,
    /// How clearly it is wrong, where evidence speaks against it on every seed.
    pub clarity: Option<Clarity>,
    /// The check that a learner would be shown.
    pub first_failing: Option<String>,
    /// The mistake that a learner would be told.
    pub recognised: Option<String>,
}

impl ExerciseCheck {
    /// Whether the exercise is finished.
    pub fn is_fine(&self) -> bool {
        self.findings.is_empty()
    }
}

/// [`SEEDS`] seeds that follow on `base`.
pub fn fresh_seeds(base: u64) -> Vec<u64> {
    (0..SEEDS as u64).map(|i| base.wrapping_add(i)).collect()
}

/// A base for [`fresh_seeds`] that differs from run to run and is short enough to be typed.
pub fn random_base() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let nanoseconds = now.unwrap_or_default().as_nanos();
    1_000 + (nanoseconds / 1_000 % 999_000) as u64
}

/// Checks everything about one exercise that a program can check.
pub fn check_exercise(
    workshop: &Workshop<'_>,
    entry: Entry<'_>,
    options: &Options<'_>,
) -> ExerciseCheck {
    let start = Instant::now();
    let files = workshop.files(entry);
    let layout = workshop.layout;
    let mut findings = files::in_solutions(layout, &files);
    findings.extend(files::in_exercises(layout, &files));
    findings.extend(text::findings(layout, entry, &files));
    findings.extend(text::notes(layout, &files, options.notes_problems));
    findings.extend(style::findings(workshop, entry));
    let (mut rows, mut agreement) = (Vec::new(), None);
    match try_answers(workshop, entry, &options.seeds) {
        Ok(trials) => {
            findings.extend(rules::findings(layout, entry, &trials));
            let (recorded, agrees) = records(workshop, &files, &trials);
            findings.extend(recorded);
            agreement = agrees;
            rows = trials.trials.iter().map(Row::of).collect();
        }
        Err(verdict) => findings.push(no_reference(workshop, &files, &verdict)),
    }
    ExerciseCheck {
        id: entry.exercise.id.clone(),
        seeds: options.seeds.clone(),
        rows,
        agreement,
        findings,
        took: start.elapsed(),
    }
}

/// What is wrong with what is recorded: snapshots, and values from outside.
fn records(
    workshop: &Workshop<'_>,
    files: &ExerciseFiles,
    trials: &Trials,
) -> (Vec<Finding>, Option<Agreement>) {
    let mut findings = snapshots::findings(workshop.layout, files, trials);
    let Some(reference) = trials.reference() else {
        return (findings, None);
    };
    let (disagreements, agreement) = oracle::findings(workshop.layout, files, reference);
    findings.extend(disagreements);
    (findings, Some(agreement))
}

/// The finding that nothing could be tried, as the reference does not run.
pub fn no_reference(workshop: &Workshop<'_>, files: &ExerciseFiles, verdict: &Verdict) -> Finding {
    let message = format!("the reference: {}", verdict.summary());
    let advice = "nothing can be tried before it compiles and runs";
    Finding::at(workshop.layout, &files.solution(), message, advice)
}

/// What is wrong with the course beyond its single exercises.
pub fn check_course(workshop: &Workshop<'_>) -> Vec<Finding> {
    let (layout, manifest) = (workshop.layout, workshop.manifest);
    let mut found = files::in_course(layout, manifest);
    let exercises = layout.exercises_dir();
    found.extend(files::unknown_folders(layout, manifest, &exercises));
    found
}

impl Row {
    fn of(trial: &Trial) -> Self {
        let answer = &trial.answer;
        let shown = trial.outcome.as_ref().ok();
        let first = shown.and_then(|shown| shown.first_failing());
        Self {
            role: answer.role,
            name: match answer.role {
                Role::Reference | Role::Starter => answer.to_string(),
                Role::Accepted | Role::Mistake => answer.name.clone(),
            },
            rejected: shown.map(|shown| shown.rejected()),
            clarity: shown.and_then(|shown| shown.clarity()),
            first_failing: first.map(|(check, _)| check.to_string()),
            recognised: first.and_then(|(_, mistake)| mistake).map(String::from),
        }
    }
}
