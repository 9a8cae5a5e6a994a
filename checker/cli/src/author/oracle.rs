//! Values of outside libraries, which prove the references.

mod run;
mod values;

pub use run::{OracleError, Recomputed, python, recompute};
pub use values::{OracleValues, Outside, Stated};

use super::finding::Finding;
use crate::course::{ExerciseFiles, Layout};
use transcript::{CheckRecord, Observation, Tolerance, Transcript, Values};

/// How far the reference agrees with the outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Agreement {
    /// How many observations were compared.
    pub observations: usize,
    /// How many elements they have.
    pub elements: usize,
    /// The largest error among them, absolute.
    pub largest_error: f64,
}

/// Holds the reference's evidence on the fixed seed against the recorded outside values.
pub fn findings(
    layout: &Layout,
    files: &ExerciseFiles,
    reference: &Transcript,
) -> (Vec<Finding>, Agreement) {
    let file = files.oracle_values();
    let values = match OracleValues::read(&file, files.id()) {
        Ok(values) => values,
        Err(problem) => {
            let advice = format!(
                "compute them: `llmlings dev oracle {}`, by {}",
                files.id(),
                super::finding::relative(layout, &files.oracle_script())
            );
            return (
                vec![Finding::at(layout, &file, problem, advice)],
                Agreement::default(),
            );
        }
    };
    let mut agreement = Agreement::default();
    let mut found = Vec::new();
    for check in &reference.checks {
        for observation in check.observations.iter().filter(|o| needs_proof(o)) {
            let outside = values.find(&check.name, &observation.name);
            let problem = match outside {
                Some(outside) => compare(observation, outside, &values.tolerance, &mut agreement),
                None => Some("has no outside value".into()),
            };
            found.extend(problem.map(|problem| {
                let message = format!("`{}` of \"{}\" {problem}", observation.name, check.name);
                let advice = "find out whether the reference or the script is wrong; then \
                              `llmlings dev oracle`";
                Finding::at(layout, &file, message, advice)
            }));
        }
    }
    found.extend(orphans(layout, files, &values, reference));
    (found, agreement)
}

/// Costs are bounds, and judged values are not unique; all else has one right value.
fn needs_proof(observation: &Observation) -> bool {
    match observation.tolerance {
        Tolerance::AtMost(_) | Tolerance::AtLeast(_) | Tolerance::Judged => false,
        Tolerance::Exact | Tolerance::Close { .. } => true,
    }
}

fn compare(
    ours: &Observation,
    outside: &Outside,
    stated: &Stated,
    agreement: &mut Agreement,
) -> Option<String> {
    agreement.observations += 1;
    if ours.shape != outside.shape {
        let (now, there) = (&ours.shape, &outside.shape);
        return Some(format!("has shape {now:?}; outside it has {there:?}"));
    }
    match &ours.values {
        Values::Numbers(numbers) => {
            let theirs = match outside.numbers() {
                Ok(theirs) => theirs,
                Err(text) => return Some(format!("is a number; outside it is {text:?}")),
            };
            numbers_agree(ours, numbers, &theirs, stated, agreement)
        }
        Values::Texts(texts) => {
            let theirs = outside.texts();
            agreement.elements += texts.len();
            let wrong = (0..texts.len()).find(|&i| texts[i] != theirs[i])?;
            let (index, ours, theirs) = (ours.index(wrong), &texts[wrong], &theirs[wrong]);
            Some(format!(
                "is {ours:?} at {index:?}; outside it is {theirs:?}"
            ))
        }
    }
}

fn numbers_agree(
    observation: &Observation,
    ours: &[f64],
    theirs: &[f64],
    stated: &Stated,
    agreement: &mut Agreement,
) -> Option<String> {
    agreement.elements += ours.len();
    let tolerance = Tolerance::Close {
        atol: stated.atol,
        rtol: stated.rtol,
    };
    let mut first = None;
    for (i, (&ours, &theirs)) in ours.iter().zip(theirs).enumerate() {
        let error = (ours - theirs).abs();
        if error.is_finite() {
            agreement.largest_error = agreement.largest_error.max(error);
        }
        if first.is_none() && !tolerance.accepts(ours, theirs) {
            first = Some((i, ours, theirs));
        }
    }
    let (i, ours, theirs) = first?;
    let index = observation.index(i);
    Some(format!(
        "is {ours:?} at {index:?}; outside it is {theirs:?}, and {tolerance} is allowed"
    ))
}

fn orphans(
    layout: &Layout,
    files: &ExerciseFiles,
    values: &OracleValues,
    reference: &Transcript,
) -> Vec<Finding> {
    let observed = |check: &str, name: &str| {
        let record: Option<&CheckRecord> = reference.check(check);
        record.is_some_and(|record| record.find(name).is_some())
    };
    let named = values.names();
    let orphans = named.filter(|(check, name)| !observed(check, name));
    let told = orphans.map(|(check, name)| {
        let message = format!("an orphan: no observation is called `{name}` in \"{check}\"");
        let advice = "take it out of the script, or give it the observation's name";
        Finding::at(layout, &files.oracle_values(), message, advice)
    });
    told.collect()
}

#[cfg(test)]
mod tests;
