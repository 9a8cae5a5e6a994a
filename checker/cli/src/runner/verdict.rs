//! What came of a run, as a type with causes.

use super::{Diagnostic, Plot, ToolMissing};
use serde::Serialize;
use std::fmt;
use std::time::Duration;
use transcript::Difference;

/// What came of compiling and running one answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every check passed.
    Passed,
    /// A check failed; the first one is the one to read.
    ChecksFailed(Box<Failure>),
    /// The compiler refuses the answer.
    DoesNotCompile {
        /// Its own words.
        diagnostics: Vec<Diagnostic>,
        /// The answer itself compiles, but its functions no longer fit how the checks call
        /// them.
        interface: bool,
    },
    /// Ended by us when its time (the second field) was over.
    TimedOut(Stop, Duration),
    /// Ended by the system.
    Crashed(Stop, Crash),
    /// Ended by us when it had written so many bytes.
    TooMuchOutput(Stop, usize),
    /// It wanted more than so many bytes of memory at once.
    OutOfMemory(Stop, usize),
    /// It left with this status before its checks were done.
    EndedEarly(Stop, i32),
    /// A program that we need is not installed.
    ToolMissing(ToolMissing),
    /// The course or the checker is broken, not the answer.
    Fault(String),
    /// Nobody waits for it any more.
    Cancelled,
}

/// Where a run was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The check that was running.
    pub check: Option<String>,
    /// What was going on.
    pub when: When,
}

/// What was going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The compiler.
    Compiling,
    /// The checks.
    Running,
}

/// What brought a program down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Crash {
    /// Recursion without end.
    StackOverflow,
    /// A signal, by its name.
    Signal(String),
}

/// The first failing check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    /// Its name: the sentence that does not hold.
    pub check: String,
    /// The inputs that it failed on, where they are small: name and value.
    pub inputs: Vec<(String, Figure)>,
    /// Values that differ from the reference's.
    pub mismatches: Vec<Mismatch>,
    /// Properties that do not hold.
    pub broken: Vec<String>,
    /// Where a `todo!()` was met.
    pub todo: Option<Place>,
    /// What the answer panicked with, and where.
    pub panic: Option<(String, Option<Place>)>,
    /// The recorded mistake that explains it: its name and its lesson.
    pub mistake: Option<(String, String)>,
}

/// A line of a file, relative to the root of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// Its name.
    pub name: String,
    /// How it differs.
    pub difference: Difference,
    /// Yours and the expected one, whole, where they are small.
    pub whole: Option<(Figure, Figure)>,
}

/// A small array, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// The elements as text, row-major.
    pub elements: Vec<String>,
}

/// How far a check came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// An earlier one failed.
    NotReached,
}

/// Everything that a run showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What came of it.
    pub verdict: Verdict,
    /// The checks in order; empty if the run did not come to them.
    pub checks: Vec<(String, CheckState)>,
    /// What the compiler warned of.
    pub warnings: Vec<Diagnostic>,
    /// What the answer printed.
    pub output: String,
    /// Numbers worth seeing: name, value, unit.
    pub numbers: Vec<(String, f64, String)>,
    /// The measured answer to the sealed guess.
    pub measured: Option<f64>,
    /// Pictures.
    pub plots: Vec<Plot>,
    /// Time that the compiler took.
    pub compiling: Duration,
    /// Time that the checks took.
    pub running: Duration,
}

impl Report {
    /// A report of nothing but a verdict.
    pub fn of(verdict: Verdict) -> Self {
        Self {
            verdict,
            checks: Vec::new(),
            warnings: Vec::new(),
            output: String::new(),
            numbers: Vec::new(),
            measured: None,
            plots: Vec::new(),
            compiling: Duration::ZERO,
            running: Duration::ZERO,
        }
    }

    /// How many checks passed.
    pub fn passed(&self) -> usize {
        let passed = |(_, state): &&(String, CheckState)| *state == CheckState::Passed;
        self.checks.iter().filter(passed).count()
    }
}

impl Verdict {
    /// Whether the exercise is solved.
    pub fn is_pass(&self) -> bool {
        matches!(self, Self::Passed)
    }

    /// Whether it says nothing about the answer: the fault is ours or the machine's.
    pub fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::Fault(_) | Self::ToolMissing(_) | Self::Cancelled
        )
    }

    /// A word for programs that read our output.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::ChecksFailed(_) => "checks-failed",
            Self::DoesNotCompile { .. } => "does-not-compile",
            Self::TimedOut(..) => "timed-out",
            Self::Crashed(..) => "crashed",
            Self::TooMuchOutput(..) => "too-much-output",
            Self::OutOfMemory(..) => "out-of-memory",
            Self::EndedEarly(..) => "ended-early",
            Self::ToolMissing(_) => "tool-missing",
            Self::Fault(_) => "fault",
            Self::Cancelled => "cancelled",
        }
    }

    /// The verdict in one line.
    pub fn summary(&self) -> String {
        match self {
            Self::Passed => "passed".into(),
            Self::ChecksFailed(failure) => format!("failed: {}", failure.check),
            Self::DoesNotCompile { diagnostics, .. } => {
                let first = diagnostics.first().map_or("", |d| d.message.as_str());
                format!("does not compile: {first}")
            }
            Self::TimedOut(stop, limit) => {
                format!("did not end within {} s{stop}", limit.as_secs_f64())
            }
            Self::Crashed(stop, crash) => format!("crashed{stop}: {crash}"),
            Self::TooMuchOutput(stop, limit) => format!("wrote more than {} kB{stop}", limit >> 10),
            Self::OutOfMemory(stop, limit) => {
                format!("wanted more than {} MiB of memory{stop}", limit >> 20)
            }
            Self::EndedEarly(stop, status) => {
                format!("left with status {status} before its checks were done{stop}")
            }
            Self::ToolMissing(missing) => missing.to_string(),
            Self::Fault(what) => format!("the checker or the course is broken: {what}"),
            Self::Cancelled => "cancelled".into(),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&self.check, self.when) {
            (Some(check), _) => write!(f, " in the check \"{check}\""),
            (None, When::Compiling) => write!(f, " while it was compiled"),
            (None, When::Running) => Ok(()),
        }
    }
}

impl Crash {
    /// What a signal means, given what the program wrote about it.
    pub fn of_signal(signal: i32, stderr: &str) -> Self {
        if stderr.contains("has overflowed its stack") {
            return Self::StackOverflow;
        }
        Self::Signal(signal_name(signal))
    }
}

impl fmt::Display for Crash {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::StackOverflow => write!(
                f,
                "the stack overflowed: is there a recursion without an end?"
            ),
            Self::Signal(name) => write!(f, "ended by {name}"),
        }
    }
}

/// The usual name of a signal; numbers differ by system only for those left out.
fn signal_name(signal: i32) -> String {
    let name = match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        _ => return format!("signal {signal}"),
    };
    name.into()
}
