//! Runs that came to no verdict of the checks: what happened, what it probably is, what to
//! do next.

use super::{Context, holding, waiting};
use crate::faces::fit::{hanging, paragraph};
use crate::faces::number::{grouped, time};
use crate::runner::{Crash, Report, Stop, Verdict, When};
use colored::Colorize;
use std::io::{self, Write};

/// The verdict in a few words that go after a title.
pub(super) fn headline(verdict: &Verdict) -> String {
    match verdict {
        Verdict::TimedOut(stop, limit) if stop.when == When::Compiling => {
            format!("the compiler was stopped after {}", time(*limit))
        }
        Verdict::Crashed(stop, _) if stop.when == When::Compiling => "the compiler crashed".into(),
        Verdict::TimedOut(_, limit) => format!("stopped after {}", time(*limit)),
        Verdict::Crashed(_, Crash::StackOverflow) => "the stack overflowed".into(),
        Verdict::Crashed(..) => "crashed".into(),
        Verdict::TooMuchOutput(..) => "stopped, for it wrote too much".into(),
        Verdict::OutOfMemory(..) => "stopped, for it wanted too much memory".into(),
        Verdict::EndedEarly(..) => "ended before its checks did".into(),
        Verdict::ToolMissing(missing) => format!("not judged, for {} is missing", missing.tool),
        Verdict::Fault(_) => "not judged, for the course itself is broken".into(),
        _ => "stopped before it was judged".into(),
    }
}

/// Draws it.
pub(super) fn draw(
    report: &Report,
    context: &Context,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tell =
        |out: &mut dyn Write, words: &str| paragraph(out, width, 2, words, |line| line.normal());
    match &report.verdict {
        Verdict::ToolMissing(missing) => {
            tell(out, &missing.help)?;
            let words = format!("Tried to run {}: {}", missing.tool, missing.detail);
            paragraph(out, width, 2, &words, |line| line.dimmed())
        }
        Verdict::Fault(what) => {
            let words = format!(
                "This is no fault of yours: nothing is said about your answer, and your file is \
                 untouched. What broke while `{}` was judged:",
                context.id
            );
            tell(out, &words)?;
            writeln!(out)?;
            paragraph(out, width, 4, what, |line| line.normal())
        }
        Verdict::Cancelled => tell(
            out,
            "Nobody waits for this run any more, most likely since the file was saved again.",
        ),
        Verdict::TimedOut(stop, _)
        | Verdict::Crashed(stop, _)
        | Verdict::TooMuchOutput(stop, _)
        | Verdict::OutOfMemory(stop, _)
        | Verdict::EndedEarly(stop, _) => interrupted(report, stop, width, out),
        Verdict::Passed | Verdict::ChecksFailed(_) | Verdict::DoesNotCompile { .. } => Ok(()),
    }
}

fn interrupted(report: &Report, stop: &Stop, width: usize, out: &mut dyn Write) -> io::Result<()> {
    holding(report, width, out)?;
    let mut indent = 2;
    if let Some(check) = &stop.check {
        let mark = "✗".red().bold();
        hanging(out, width, 2, &mark, check, |line| line.bold())?;
        indent = 4;
    }
    let (what, why) = account(&report.verdict, stop);
    paragraph(out, width, indent, &what, |line| line.normal())?;
    paragraph(out, width, indent, &why, |line| line.normal())?;
    if stop.check.is_none() {
        return Ok(());
    }
    waiting(report, 1, width, out)
}

/// What happened, and what it probably is with what to do next.
fn account(verdict: &Verdict, stop: &Stop) -> (String, String) {
    if stop.when == When::Compiling {
        return compiling(verdict);
    }
    let (what, why) = match verdict {
        Verdict::TimedOut(_, limit) => (
            format!("It did not end within {}.", time(*limit)),
            "Probably a loop whose condition stays true, or work that grows too fast with the \
             input. Ask of each loop on the way: what changes in a round, and when does it stop?",
        ),
        Verdict::Crashed(_, Crash::StackOverflow) => (
            "The stack is full: calls within calls, without an end.".into(),
            "Probably a recursion that never meets its base case. Which argument gets smaller \
             with each call, and which test ends it?",
        ),
        Verdict::Crashed(_, Crash::Signal(name)) => crash(name),
        Verdict::TooMuchOutput(_, limit) => (
            format!(
                "It wrote more than {} kB, and was stopped.",
                grouped((limit >> 10) as f64)
            ),
            "Probably a print within a loop. Print less: one element, or only the shape.",
        ),
        Verdict::OutOfMemory(_, limit) => (
            format!(
                "It wanted more than {} MiB at once.",
                grouped((limit >> 20) as f64)
            ),
            "Probably an array with one axis too many, or a vector that grows in a loop without \
             an end. Multiply the lengths of the axes by the bytes of an element.",
        ),
        Verdict::EndedEarly(_, status) => (
            format!("It left with status {status} before its checks were done."),
            "Probably a call of std::process::exit. Return a value instead.",
        ),
        other => (other.summary(), ""),
    };
    (what, why.into())
}

fn crash(signal: &str) -> (String, &'static str) {
    let why = match signal {
        "SIGKILL" => {
            "Probably the system ran out of memory. What does the code keep, that it could drop?"
        }
        "SIGABRT" => "Probably a panic within a panic, or a call of std::process::abort.",
        "SIGSEGV" | "SIGBUS" | "SIGILL" => {
            "Safe Rust does not do this. Is there an unsafe block, or a very deep recursion?"
        }
        "SIGINT" | "SIGTERM" | "SIGHUP" => "Somebody else has ended it. Try again.",
        _ => "Try again; if it comes back, look for what is unsafe.",
    };
    (format!("The system ended it ({signal})."), why)
}

/// The compiler itself did not come to its end: the answer's code was too much for it.
fn compiling(verdict: &Verdict) -> (String, String) {
    let what = match verdict {
        Verdict::TimedOut(_, limit) => {
            format!("The compiler did not end within {}.", time(*limit))
        }
        Verdict::TooMuchOutput(..) => "The compiler wrote more than anybody reads.".into(),
        Verdict::Crashed(_, crash) => format!("The compiler crashed ({crash})."),
        other => other.summary(),
    };
    let why = "Probably types, macros or brackets nested very deeply, or a busy machine. Undo \
         the last change, or try again.";
    (what, why.into())
}
