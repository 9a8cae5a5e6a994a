//! Do the checks notice every small change of the reference?
//!
//! cargo-mutants proposes the changes; each makes another answer, which is judged as a
//! learner's is. One that passes shows a check that is missing, unless it computes the same:
//! then `equivalent.toml` beside the reference says so, and why.

mod equivalents;
mod proposals;

pub use equivalents::Equivalent;
pub use proposals::{Mutant, ProposalsError};

use super::answers::Role;
use super::finding::Finding;
use super::{Workshop, answers, at_once};
use crate::course::{Entry, ExerciseFiles};
use crate::runner::{Report, Task, Verdict};
use crate::side_by_side;
use std::{fs, io};

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// This check rejected it.
    Rejected(String),
    /// It did not run to the end of its checks.
    Stopped(String),
    /// It was too slow: no evidence speaks against it, and on a busy machine nothing would.
    TooSlow,
    /// The compiler refused it: it is nobody's answer.
    DoesNotCompile,
    /// It passes, and computes the same for this reason.
    Equivalent(String),
    /// It passes.
    Survived,
}

/// What became of all mutants of a reference.
#[derive(Clone, Debug)]
pub struct Mutation {
    /// The exercise.
    pub id: String,
    /// The mutants in the order of the text, each with its fate.
    pub fates: Vec<(Mutant, Fate)>,
    /// Survivors, and explanations without a mutant that they explain.
    pub findings: Vec<Finding>,
}

/// Judges every mutant of an exercise's reference.
///
/// # Errors
/// A verdict that says why nothing could be judged: cargo-mutants is missing, a file cannot
/// be read or written, or the work was given up.
pub fn try_mutants(workshop: &Workshop<'_>, entry: Entry<'_>) -> Result<Mutation, Verdict> {
    let fault = |error: &dyn std::fmt::Display| Verdict::Fault(error.to_string());
    let files = workshop.files(entry);
    let mutants = proposals::of(workshop.layout.root(), &files).map_err(|e| fault(&e))?;
    let explained = equivalents::read(&files.equivalents()).map_err(|e| fault(&e))?;
    let fates = side_by_side::map(&mutants, at_once(), |bench, mutant| {
        let verdict = judge(workshop, entry, bench, mutant);
        fate(mutant, verdict, &explained)
    });
    if workshop.cancel.is_cancelled() {
        return Err(Verdict::Cancelled);
    }
    let mut judged = Vec::new();
    for (mutant, fate) in mutants.into_iter().zip(fates) {
        judged.push((mutant, fate?));
    }
    Ok(Mutation {
        id: entry.exercise.id.clone(),
        findings: findings(workshop, &files, &judged, &explained),
        fates: judged,
    })
}

/// Compiles and runs a mutant as a learner's answer. `bench` is the place that it is built
/// in, for itself alone.
fn judge(workshop: &Workshop<'_>, entry: Entry<'_>, bench: usize, mutant: &Mutant) -> Verdict {
    let files = workshop.files(entry);
    let reference = answers::one(Role::Reference, files.solution()).task(workshop, entry, 1);
    let scratch = reference.scratch.with_file_name(format!("mutant-{bench}"));
    let task = Task {
        answer: scratch.join("mutant").join("lib.rs"),
        scratch,
        ..reference
    };
    if let Err(e) = write(&task, &mutant.text) {
        return Verdict::Fault(format!("{}: {e}", task.answer.display()));
    }
    let Report { verdict, .. } = workshop.runner.learn(&task, workshop.cancel);
    verdict
}

fn write(task: &Task, text: &str) -> io::Result<()> {
    fs::create_dir_all(task.answer.parent().unwrap_or(&task.scratch))?;
    fs::write(&task.answer, text)
}

fn fate(mutant: &Mutant, verdict: Verdict, explained: &[Equivalent]) -> Result<Fate, Verdict> {
    let reason = explained.iter().find(|e| e.explains(mutant));
    Ok(match verdict {
        Verdict::Passed => match reason {
            Some(equivalent) => Fate::Equivalent(equivalent.why.clone()),
            None => Fate::Survived,
        },
        Verdict::ChecksFailed(failure) => Fate::Rejected(failure.check),
        Verdict::DoesNotCompile { .. } => Fate::DoesNotCompile,
        Verdict::TimedOut(..) => Fate::TooSlow,
        stopped @ (Verdict::Crashed(..)
        | Verdict::TooMuchOutput(..)
        | Verdict::OutOfMemory(..)
        | Verdict::EndedEarly(..)) => Fate::Stopped(stopped.summary()),
        fault @ (Verdict::ToolMissing(_) | Verdict::Fault(_) | Verdict::Cancelled) => {
            return Err(fault);
        }
    })
}

fn findings(
    workshop: &Workshop<'_>,
    files: &ExerciseFiles,
    judged: &[(Mutant, Fate)],
    explained: &[Equivalent],
) -> Vec<Finding> {
    let survivors = judged.iter().filter(|(_, fate)| *fate == Fate::Survived);
    let mut found: Vec<Finding> = survivors
        .map(|(mutant, _)| {
            let message = format!("passes every check: {} (`{}`)", mutant.change, mutant.line);
            let advice = "add an observation that tells it from the reference; if none can, say \
                          why in equivalent.toml";
            let (layout, file) = (workshop.layout, files.solution());
            Finding::at_line(layout, &file, mutant.line_number, message, advice)
        })
        .collect();
    let needed = |equivalent: &Equivalent| {
        judged.iter().any(|(mutant, fate)| {
            matches!(fate, Fate::Equivalent(_)) && equivalent.explains(mutant)
        })
    };
    found.extend(explained.iter().filter(|e| !needed(e)).map(|equivalent| {
        let message = format!(
            "explains what does not happen: {} (`{}`)",
            equivalent.change, equivalent.line
        );
        let advice = "no mutant like this passes any more: delete the explanation";
        Finding::at(workshop.layout, &files.equivalents(), message, advice)
    }));
    found
}

#[cfg(test)]
mod tests;
