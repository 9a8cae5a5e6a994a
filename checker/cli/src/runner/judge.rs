//! Judging by transcript: the answer's process only says what it computed; the reference's
//! check program, run afterwards, says what is right.

use super::child::{Cancel, Ended};
use super::events::Event;
use super::learn::{abnormal, run_checks};
use super::verdict::{Mismatch, Verdict};
use super::{Built, Task};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use transcript::{End, Session, Transcript};

/// An answer's evidence on several seeds.
#[derive(Clone, Debug)]
pub struct Emitted {
    /// Transcripts by seed.
    pub session: Session,
    /// What the answer printed.
    pub output: String,
}

/// Runs an answer on `seeds`; it is told neither what is expected nor how it did.
///
/// # Errors
/// A verdict, if the run did not come to its end.
pub fn emit(
    task: &Task,
    built: &Built,
    seeds: &[u64],
    corpus: Option<&Path>,
    cancel: &Cancel,
) -> Result<Emitted, Verdict> {
    let mut arguments: Vec<OsString> = vec!["--emit".into(), "--seeds".into(), list(seeds).into()];
    arguments.extend(corpus_arguments(corpus));
    let (events, ended) = run_checks(task, &built.program, arguments, cancel)?;
    let mut session = Session::default();
    let (mut finished, mut memory, mut running) = (false, false, None);
    for event in events {
        match event {
            Event::Fault { message } => return Err(Verdict::Fault(message)),
            Event::Finish => finished = true,
            Event::Memory => memory = true,
            Event::Start { seed, .. } => session.runs.push((seed, Transcript::default())),
            other => record(&mut session, other, &mut running),
        }
    }
    if finished && session.runs.len() == seeds.len() {
        let output = ended.stdout;
        return Ok(Emitted { session, output });
    }
    Err(abnormal(&ended, running, memory, task))
}

fn record(session: &mut Session, event: Event, running: &mut Option<String>) {
    let Some((_, transcript)) = session.runs.last_mut() else {
        return;
    };
    match event {
        Event::Begin { check } => {
            transcript.check_mut(&check);
            *running = Some(check);
        }
        Event::Observe(observed) => {
            let record = transcript.check_mut(&observed.check);
            record.observations.extend(observed.observation());
        }
        Event::Broken { check, law } => transcript.check_mut(&check).broken.push(law),
        Event::End(end) => {
            *running = None;
            transcript.check_mut(&end.check).end = match end.outcome.as_str() {
                "todo" => End::Todo,
                "panicked" => End::Panicked(end.message),
                _ => End::Done,
            };
        }
        _ => {}
    }
}

/// How a session was judged.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Every failing check on every seed.
    pub rejections: Vec<Rejection>,
    /// The seeds that were judged.
    pub seeds: Vec<u64>,
}

/// A check that failed on a seed.
#[derive(Clone, Debug)]
pub struct Rejection {
    /// The seed.
    pub seed: u64,
    /// The check's name.
    pub check: String,
    /// The evidence against the answer.
    pub mismatches: Vec<Mismatch>,
    /// Properties that did not hold in the answer's own process.
    pub broken: Vec<String>,
    /// The answer's check did not run through (`todo`, `panicked`, `unfinished`).
    pub ended: Option<String>,
}

impl Judgement {
    /// Whether every check passed on every seed.
    pub fn passes(&self) -> bool {
        self.rejections.is_empty()
    }

    /// Whether evidence, not only a property or a panic, speaks against the answer on
    /// `seed`.
    pub fn rejects_by_evidence(&self, seed: u64) -> bool {
        let on_seed = self.rejections.iter().filter(|r| r.seed == seed);
        on_seed.flat_map(|r| &r.mismatches).next().is_some()
    }
}

/// Judges `session` by the reference, compiled as `program`.
///
/// # Errors
/// A verdict, if the reference's run did not come to its end: a fault of ours.
pub fn judge(
    reference: &Task,
    program: &Built,
    session: &Session,
    cancel: &Cancel,
) -> Result<Judgement, Verdict> {
    let (events, ended) = run_judge(reference, &program.program, session, None, cancel)?;
    let mut judgement = Judgement::default();
    let mut finished = false;
    let mut current = None;
    for event in events {
        match event {
            Event::Fault { message } => return Err(Verdict::Fault(message)),
            Event::Start { seed, .. } => judgement.seeds.push(seed),
            Event::Begin { check } => {
                let seed = judgement.seeds.last().copied().unwrap_or_default();
                let (mismatches, broken, ended) = (Vec::new(), Vec::new(), None);
                current = Some(Rejection {
                    seed,
                    check,
                    mismatches,
                    broken,
                    ended,
                });
            }
            Event::Mismatch(raw) => current
                .iter_mut()
                .for_each(|c| c.mismatches.push(raw.clone().mismatch())),
            Event::Broken { law, .. } => {
                current.iter_mut().for_each(|c| c.broken.push(law.clone()))
            }
            Event::End(end) if end.outcome != "passed" => {
                if let Some(mut rejection) = current.take() {
                    rejection.ended = (end.outcome != "failed").then(|| end.outcome.clone());
                    judgement.rejections.push(rejection);
                }
            }
            Event::Finish => finished = true,
            _ => {}
        }
    }
    if finished {
        return Ok(judgement);
    }
    let verdict = abnormal(&ended, None, false, reference);
    Err(Verdict::Fault(format!(
        "the reference {}",
        verdict.summary()
    )))
}

/// Runs the reference's check program over a submitted session.
pub(super) fn run_judge(
    reference: &Task,
    program: &Path,
    session: &Session,
    corpus: Option<&Path>,
    cancel: &Cancel,
) -> Result<(Vec<Event>, Ended), Verdict> {
    let file = reference.scratch.join("submitted.txt");
    fs::write(&file, session.to_string())
        .map_err(|e| Verdict::Fault(format!("{}: {e}", file.display())))?;
    let seeds: Vec<u64> = session.runs.iter().map(|(seed, _)| *seed).collect();
    let mut arguments: Vec<OsString> = vec!["--judge".into(), file.into()];
    arguments.extend(["--seeds".into(), list(&seeds).into()]);
    arguments.extend(corpus_arguments(corpus));
    run_checks(reference, program, arguments, cancel)
}

/// The inputs that the checks make on `seed`, as the oracle scripts read them.
///
/// # Errors
/// A verdict, if the run did not come to its end.
pub fn inputs(
    task: &Task,
    built: &Built,
    seed: u64,
    cancel: &Cancel,
) -> Result<Transcript, Verdict> {
    let arguments = ["--inputs".to_string(), "--seeds".into(), seed.to_string()];
    let (events, ended) = run_checks(task, &built.program, arguments, cancel)?;
    let mut transcript = Transcript::default();
    let mut finished = false;
    for event in events {
        match event {
            Event::Begin { check } => drop(transcript.check_mut(&check).name.clone()),
            Event::Given(given) => {
                let record = transcript.check_mut(&given.check);
                record.observations.extend(given.observation());
            }
            Event::Finish => finished = true,
            _ => {}
        }
    }
    if finished {
        return Ok(transcript);
    }
    Err(abnormal(&ended, None, false, task))
}

fn list(seeds: &[u64]) -> String {
    let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
    seeds.join(",")
}

fn corpus_arguments(corpus: Option<&Path>) -> Vec<OsString> {
    let given = |path: &Path| vec!["--corpus".into(), path.as_os_str().to_os_string()];
    corpus.map(given).unwrap_or_default()
}
