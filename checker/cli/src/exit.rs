//! What a process's exit status says.

use crate::runner::Verdict;
use std::process::ExitCode;

/// The documented exit codes. A fault of ours never looks like a learner's failure, and a
/// crash of this program (101) looks like none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for was done; what was judged passed.
    Fine = 0,
    /// A check failed, or not everything passed.
    NotPassed = 1,
    /// The command line asks for something that does not exist.
    Usage = 2,
    /// The checker itself is at fault, or something on this machine is.
    Fault = 4,
    /// A program that is needed is not installed.
    ToolMissing = 5,
    /// The course is broken, or there is none here.
    BrokenCourse = 6,
    /// The answer does not compile.
    DoesNotCompile = 10,
    /// The answer did not end in time.
    TimedOut = 11,
    /// The answer crashed.
    Crashed = 12,
    /// The answer wrote without end.
    TooMuchOutput = 13,
    /// The answer left before its checks were done.
    EndedEarly = 14,
    /// The answer wanted too much memory.
    OutOfMemory = 15,
    /// Interrupted by Ctrl-C or a signal.
    Interrupted = 130,
}

/// Every code with its meaning, for the help text.
pub const EXIT_CODES: &str = "\
Exit codes:
   0  fine: what was judged passed
   1  a check failed, or not everything passed
   2  the command line is wrong
   3  (kept for `grade`: the isolation that it needs is not to be had)
   4  the checker or the machine is at fault, not the answer
   5  a tool is missing
   6  no course here, or its info.toml is broken
  10  the answer does not compile       13  it wrote too much
  11  it did not end in time            14  it left before its checks were done
  12  it crashed                        15  it wanted too much memory
 130  interrupted";

impl Exit {
    /// The code that tells `verdict`.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Passed => Self::Fine,
            Verdict::ChecksFailed(_) => Self::NotPassed,
            Verdict::DoesNotCompile { .. } => Self::DoesNotCompile,
            Verdict::TimedOut(..) => Self::TimedOut,
            Verdict::Crashed(..) => Self::Crashed,
            Verdict::TooMuchOutput(..) => Self::TooMuchOutput,
            Verdict::OutOfMemory(..) => Self::OutOfMemory,
            Verdict::EndedEarly(..) => Self::EndedEarly,
            Verdict::ToolMissing(_) => Self::ToolMissing,
            Verdict::Fault(_) => Self::Fault,
            Verdict::Cancelled => Self::Interrupted,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
