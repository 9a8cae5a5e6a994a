//! Judging an answer at once, against what was recorded of the reference.

use super::child::{self, Cancel, Ended, Ending};
use super::events::{self, Event};
use super::verdict::{CheckState, Crash, Failure, Report, Stop, Verdict, When};
use super::{Built, FIXED_SEED, Runner, Task, judge};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

impl Runner {
    /// Compiles `task` and runs its checks on the fixed seed.
    pub fn learn(&self, task: &Task, cancel: &Cancel) -> Report {
        let start = Instant::now();
        let built = self.compile(task, cancel);
        let compiling = start.elapsed();
        let report = match built {
            Ok(built) => learn(task, built, cancel),
            Err(verdict) => Report::of(verdict),
        };
        Report {
            compiling,
            ..report
        }
    }

    /// Compiles `task` and judges it on another text: the reference computes what is
    /// expected there, after the answer's process is gone.
    pub fn learn_on_corpus(
        &self,
        task: &Task,
        reference: &Task,
        corpus: &Path,
        cancel: &Cancel,
    ) -> Report {
        let corpus = Some(corpus);
        let judged = || -> Result<Report, Verdict> {
            let built = self.compile(task, cancel)?;
            let emitted = judge::emit(task, &built, &[FIXED_SEED], corpus, cancel)?;
            let Built { program, .. } = self.compile(reference, cancel)?;
            let session = &emitted.session;
            let (events, ended) = judge::run_judge(reference, &program, session, corpus, cancel)?;
            let report = interpret(events, &ended, reference);
            let (output, warnings) = (emitted.output, built.warnings);
            Ok(Report {
                output,
                warnings,
                ..report
            })
        };
        judged().unwrap_or_else(Report::of)
    }
}

/// Runs the checks of an answer that is compiled already, on the fixed seed, against what
/// was recorded of the reference.
pub fn learn(task: &Task, built: Built, cancel: &Cancel) -> Report {
    let start = Instant::now();
    let Built { program, warnings } = built;
    let report = match run_checks(task, &program, learning(task), cancel) {
        Ok((events, ended)) => interpret(events, &ended, task),
        Err(verdict) => Report::of(verdict),
    };
    let running = start.elapsed();
    Report {
        warnings,
        running,
        ..report
    }
}

/// What tells a check program to learn.
fn learning(task: &Task) -> [&OsStr; 2] {
    [OsStr::new("--snapshots"), task.snapshots.as_os_str()]
}

/// The call of a check program that [`learn`] makes.
pub(super) fn command(task: &Task, program: &Path) -> Command {
    checks_command(task, program, &task.scratch.join(EVENTS), learning(task))
}

/// The file in which a check program writes what it tells.
const EVENTS: &str = "events.jsonl";

fn checks_command<I: IntoIterator<Item: AsRef<OsStr>>>(
    task: &Task,
    program: &Path,
    events: &Path,
    arguments: I,
) -> Command {
    let mut command = Command::new(program);
    command.arg("--events").arg(events);
    command.arg("--memory").arg(task.limits.memory.to_string());
    command.args(arguments).current_dir(&task.scratch);
    // A trace of frames helps nobody here; the place of a panic is told in any case.
    command.env("RUST_BACKTRACE", "0");
    command
}

/// Runs a check program; gives what it told and how it ended.
pub(super) fn run_checks<I: IntoIterator<Item: AsRef<OsStr>>>(
    task: &Task,
    program: &Path,
    arguments: I,
    cancel: &Cancel,
) -> Result<(Vec<Event>, Ended), Verdict> {
    let channel = task.scratch.join(EVENTS);
    let fault = |what: &Path, e: std::io::Error| Verdict::Fault(format!("{}: {e}", what.display()));
    fs::write(&channel, "").map_err(|e| fault(&channel, e))?;
    let command = checks_command(task, program, &channel, arguments);
    let ended = child::run(command, &task.limits, cancel, Some(&channel));
    let ended = ended.map_err(|e| fault(program, e))?;
    let told = fs::read(&channel).map_err(|e| fault(&channel, e))?;
    Ok((events::parse(&String::from_utf8_lossy(&told)), ended))
}

/// What a run amounts to, from what was told and how it ended.
fn interpret(events: Vec<Event>, ended: &Ended, task: &Task) -> Report {
    let mut story = Story::default();
    events.into_iter().for_each(|event| story.take(event));
    let mut report = story.report;
    report.output = ended.stdout.clone();
    report.verdict = match ended.ending {
        _ if story.fault.is_some() => Verdict::Fault(story.fault.unwrap_or_default()),
        Ending::Cancelled => Verdict::Cancelled,
        Ending::Exited(0 | 1) if story.finished => match story.failure {
            Some(failure) => Verdict::ChecksFailed(Box::new(failure)),
            None => Verdict::Passed,
        },
        // An earlier check that failed is what to mend first, whatever came afterwards.
        _ if story.failure.is_some() => {
            Verdict::ChecksFailed(Box::new(story.failure.unwrap_or_default()))
        }
        _ => abnormal(ended, story.running, story.out_of_memory, task),
    };
    report
}

/// The verdict on a run that ended otherwise than by its own decision to stop.
pub(super) fn abnormal(
    ended: &Ended,
    check: Option<String>,
    out_of_memory: bool,
    task: &Task,
) -> Verdict {
    let stop = Stop {
        check,
        when: When::Running,
    };
    match ended.ending {
        Ending::OutOfTime => Verdict::TimedOut(stop, task.limits.time),
        Ending::OutOfOutput => Verdict::TooMuchOutput(stop, task.limits.output),
        Ending::Cancelled => Verdict::Cancelled,
        _ if out_of_memory => Verdict::OutOfMemory(stop, task.limits.memory),
        Ending::Signalled(signal) => {
            Verdict::Crashed(stop, Crash::of_signal(signal, &ended.stderr))
        }
        // Windows ends a program whose stack is full with this status.
        Ending::Exited(status) if status == 0xC000_00FD_u32 as i32 => {
            Verdict::Crashed(stop, Crash::StackOverflow)
        }
        Ending::Exited(status) => Verdict::EndedEarly(stop, status),
    }
}

/// What was told so far.
struct Story {
    report: Report,
    failure: Option<Failure>,
    current: Failure,
    running: Option<String>,
    fault: Option<String>,
    out_of_memory: bool,
    finished: bool,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            report: Report::of(Verdict::Cancelled),
            failure: None,
            current: Failure::default(),
            running: None,
            fault: None,
            out_of_memory: false,
            finished: false,
        }
    }
}

impl Story {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start { checks, .. } => {
                let not_reached = |name| (name, CheckState::NotReached);
                self.report.checks = checks.into_iter().map(not_reached).collect();
            }
            Event::Begin { check } => {
                self.running = Some(check.clone());
                self.current = Failure {
                    check,
                    ..Failure::default()
                };
            }
            Event::Broken { law, .. } => self.current.broken.push(law),
            Event::Mismatch(raw) => self.current.mismatches.push(raw.mismatch()),
            Event::Number { name, value, unit } => self.report.numbers.push((name, value.0, unit)),
            Event::Measure { value } => self.report.measured = Some(value.0),
            Event::Plot(plot) => self.report.plots.push(plot),
            Event::End(end) => self.end(&end),
            Event::Mistake { name, lesson } => {
                if let Some(failure) = &mut self.failure {
                    failure.mistake = Some((name, lesson));
                }
            }
            Event::Memory => self.out_of_memory = true,
            Event::Fault { message } => self.fault = Some(message),
            Event::Finish => self.finished = true,
            Event::Given(given) => self.current.inputs.extend(given.figure()),
            Event::Observe(_) => {}
        }
    }

    fn end(&mut self, end: &events::CheckEnd) {
        self.running = None;
        let passed = end.outcome == "passed";
        let state = if passed {
            CheckState::Passed
        } else {
            CheckState::Failed
        };
        if let Some(entry) = self
            .report
            .checks
            .iter_mut()
            .find(|(name, _)| *name == end.check)
        {
            entry.1 = state;
        }
        let mut current = std::mem::take(&mut self.current);
        match end.outcome.as_str() {
            "todo" => current.todo = end.place(),
            "panicked" => current.panic = Some((end.message.clone(), end.place())),
            _ => {}
        }
        if !passed && self.failure.is_none() {
            self.failure = Some(current);
        }
    }
}
