//! What the trials of an exercise's answers must have shown.

use super::answers::{Answer, Role};
use super::finding::Finding;
use super::trial::{Shown, Trial, Trials};
use crate::course::{Entry, Kind, Layout};
use crate::runner::{CheckState, Failure, Judgement, Rejection, Report, Verdict};

/// What is wrong with the answers of `entry`, by what they showed.
pub fn findings(layout: &Layout, entry: Entry<'_>, trials: &Trials) -> Vec<Finding> {
    let judge = Rules { layout, entry };
    trials.trials.iter().flat_map(|t| judge.of(t)).collect()
}

struct Rules<'a> {
    layout: &'a Layout,
    entry: Entry<'a>,
}

impl Rules<'_> {
    fn of(&self, trial: &Trial) -> Vec<Finding> {
        let answer = &trial.answer;
        let shown = match &trial.outcome {
            Ok(shown) => shown,
            Err(verdict) => {
                let message = format!("the {answer} {}", ended(verdict));
                let advice = "every answer must compile and run to its end on every seed: what is \
                              wrong with it is for the checks to say";
                return vec![self.finding(answer, message, advice)];
            }
        };
        let mut found = match answer.role {
            Role::Reference | Role::Accepted => self.must_pass(answer, shown),
            Role::Starter => self.must_wait(answer, shown),
            Role::Mistake => self.must_fail(answer, shown),
        };
        found.extend(shown.warnings.iter().map(|warning| {
            let message = format!("the compiler warns: {}", warning.message);
            let advice = "a learner would read it beside the verdict: change the code";
            Finding {
                place: place(&warning.file, warning.line),
                ..self.finding(answer, message, advice)
            }
        }));
        found
    }

    fn finding(&self, answer: &Answer, message: String, advice: impl Into<String>) -> Finding {
        Finding::at(self.layout, &answer.file, message, advice)
    }

    fn must_pass(&self, answer: &Answer, shown: &Shown) -> Vec<Finding> {
        let mut found = Vec::new();
        if let Some(first) = shown.judgement.rejections.first() {
            let message = format!(
                "the {answer} is rejected on {} of {} seeds: on seed {}, in \"{}\": {}",
                shown.rejected(),
                shown.judgement.seeds.len(),
                first.seed,
                first.check,
                evidence(first)
            );
            let advice = match answer.role {
                Role::Reference => {
                    "what is observed must depend on the seed alone, and properties hold on \
                     every seed"
                }
                _ => "if the answer is right, the checks are too narrow: widen them",
            };
            found.push(self.finding(answer, message, advice));
        }
        if let Some(report) = &shown.learned
            && !report.verdict.is_pass()
        {
            let message = format!("a learner with the {answer} is told: {}", told(report));
            let advice = "against the recorded snapshot it must pass; where the record is old, \
                          record anew and review";
            found.push(self.finding(answer, message, advice));
        }
        found
    }

    /// The starter fails, and by what the exercise is about.
    fn must_wait(&self, answer: &Answer, shown: &Shown) -> Vec<Finding> {
        let mut found = Vec::new();
        let (rejected, seeds) = (shown.rejected(), shown.judgement.seeds.len());
        if rejected < seeds {
            let passed = passing_seed(&shown.judgement);
            let message = format!(
                "the starter passes on {} of {seeds} seeds{passed}",
                seeds - rejected
            );
            let advice = "an exercise must not be solved before it is begun";
            found.push(self.finding(answer, message, advice));
        }
        let Some(report) = &shown.learned else {
            return found;
        };
        let problem = match &report.verdict {
            Verdict::ChecksFailed(failure) => self.unintended(failure),
            Verdict::Passed => Some("passes".into()),
            other => Some(ended(other)),
        };
        if let Some(problem) = problem {
            let message = format!(
                "the starter of an exercise of this kind must wait to be written, but {problem}"
            );
            let advice = "the first failing check of a starter ends in the `todo!()` that the text \
                          points at, or, where a bug is planted, shows a wrong value";
            found.push(self.finding(answer, message, advice));
        }
        found
    }

    fn unintended(&self, failure: &Failure) -> Option<String> {
        let check = &failure.check;
        let panicked = failure.panic.as_ref();
        match (self.entry.exercise.kind, &failure.todo) {
            (Kind::Todo | Kind::Predict | Kind::Capstone, None) => Some(match panicked {
                Some((words, _)) => format!("\"{check}\" panics: {words}"),
                None => format!("\"{check}\" fails without meeting a `todo!()`"),
            }),
            (Kind::Bug, Some(_)) => Some(format!("\"{check}\" meets a `todo!()`")),
            (Kind::Bug, None) if failure.mismatches.is_empty() => {
                Some(format!("\"{check}\" shows no wrong value"))
            }
            _ => None,
        }
    }

    fn must_fail(&self, answer: &Answer, shown: &Shown) -> Vec<Finding> {
        let mut found = Vec::new();
        let judgement = &shown.judgement;
        let by_evidence = |seed: &&u64| judgement.rejects_by_evidence(**seed);
        let seeds = judgement.seeds.len();
        let rejected = judgement.seeds.iter().filter(by_evidence).count();
        if rejected < seeds {
            let passed = passing_seed(judgement);
            let message = format!(
                "the {answer} is rejected by evidence on {rejected} of {seeds} seeds only{passed}"
            );
            let advice = "observe what it gets wrong, on inputs that show it on every seed; a \
                          property or a panic is no evidence";
            found.push(self.finding(answer, message, advice));
        } else if let Some(clarity) = shown.clarity().filter(|c| !c.separation.is_enough()) {
            let message = format!(
                "the {answer} is nearly right on seed {}: `{}` of \"{}\" is off by {}",
                clarity.seed, clarity.observation, clarity.check, clarity.separation
            );
            let least = clarity.separation.least();
            let advice = format!("choose inputs that separate it by at least {least}");
            found.push(self.finding(answer, message, advice));
        }
        if let Some(report) = &shown.learned {
            found.extend(self.must_be_recognised(answer, report));
        }
        found
    }

    fn must_be_recognised(&self, answer: &Answer, report: &Report) -> Option<Finding> {
        let Verdict::ChecksFailed(failure) = &report.verdict else {
            let message = format!("a learner with the {answer} is told: {}", told(report));
            let advice = "on the fixed seed too, a check must fail by what it observes";
            return Some(self.finding(answer, message, advice));
        };
        let check = &failure.check;
        match &failure.mistake {
            Some((name, _)) if *name == answer.name => None,
            Some((other, _)) => Some(self.finding(
                answer,
                format!("the {answer} is recognised as `{other}`: both show the same wrong values in \"{check}\""),
                "add an input there on which the two differ, or keep one of them",
            )),
            None => Some(self.finding(
                answer,
                format!("the {answer} is not recognised by what it shows in \"{check}\""),
                "record its snapshot anew; what is observed must depend on the seed alone",
            )),
        }
    }
}

/// What spoke against an answer, in one line.
fn evidence(rejection: &Rejection) -> String {
    let mismatch = rejection.mismatches.first();
    let broken = rejection.broken.first();
    match (mismatch, broken, &rejection.ended) {
        (Some(m), ..) => format!("`{}` {}", m.name, m.difference),
        (None, Some(law), _) => law.clone(),
        (None, None, Some(outcome)) => outcome.clone(),
        (None, None, None) => "it failed".into(),
    }
}

fn passing_seed(judgement: &Judgement) -> String {
    let passes = |seed: &&u64| !judgement.rejects_by_evidence(**seed);
    let seed = judgement.seeds.iter().find(passes);
    seed.map_or_else(String::new, |seed| format!(", not on seed {seed}"))
}

/// A report in one line.
fn told(report: &Report) -> String {
    let Verdict::ChecksFailed(failure) = &report.verdict else {
        return ended(&report.verdict);
    };
    let of = report.checks.len();
    let failed = |(_, state): &&(String, CheckState)| *state == CheckState::Failed;
    let number = report.checks.iter().take_while(|c| !failed(c)).count() + 1;
    let mismatch = failure.mismatches.first();
    let why = mismatch.map_or_else(
        || failure.broken.first().cloned().unwrap_or_default(),
        |m| format!("`{}` {}", m.name, m.difference),
    );
    format!("check {number} of {of} fails, \"{}\": {why}", failure.check)
}

/// A verdict as the end of a sentence.
fn ended(verdict: &Verdict) -> String {
    verdict.summary()
}

fn place(file: &Option<String>, line: usize) -> String {
    match file {
        Some(file) => format!("{}:{line}", file.replace('\\', "/")),
        None => String::new(),
    }
}
