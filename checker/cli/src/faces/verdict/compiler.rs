//! The compiler's words.

use super::in_words;
use crate::faces::fit::paragraph;
use crate::faces::number::count;
use crate::runner::{Diagnostic, Level, Report};
use colored::Colorize;
use std::io::{self, Write};

/// Lines of the compiler's drawings that are shown: the first message is the one to read.
const MOST_LINES: usize = 40;

/// The diagnostics without what only warns, unless there is nothing else.
pub(super) fn errors(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let is_error = |d: &&Diagnostic| d.level == Level::Error;
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(is_error).collect();
    match errors.is_empty() {
        true => diagnostics.iter().collect(),
        false => errors,
    }
}

/// Tells why an answer does not compile.
pub(super) fn refused(
    diagnostics: &[Diagnostic],
    interface: bool,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let errors = errors(diagnostics);
    let Some(first) = errors.first() else {
        let words = "The compiler gave no reason.";
        return paragraph(out, width, 2, words, |line| line.normal());
    };
    if interface {
        let words = "Your file compiles by itself, but the checks can no longer call it: a \
             function has lost the name, the parameters or the result type that the starter \
             gave it. Give them back, and look below for which one it is.";
        paragraph(out, width, 2, words, |line| line.normal())?;
        writeln!(out)?;
    }
    let mut words = format!("The compiler stops {}", in_words(first));
    if errors.len() > 1 {
        let more = count(errors.len() - 1, "error follows", "errors follow");
        words += &format!(". {more}; mend this one first.");
    }
    paragraph(out, width, 2, &words, |line| line.normal())?;
    writeln!(out)?;
    let shown = drawings(&errors, out)?;
    match errors.len() - shown {
        0 => Ok(()),
        n => {
            let words = format!(
                "{} not shown.",
                count(n, "more error is", "more errors are")
            );
            paragraph(out, width, 2, &words, |line| line.dimmed())
        }
    }
}

/// The compiler's drawings as they are, up to a count of lines; returns how many of them
/// were begun.
fn drawings(errors: &[&Diagnostic], out: &mut dyn Write) -> io::Result<usize> {
    let mut left = MOST_LINES;
    for (i, error) in errors.iter().enumerate() {
        // A heading with nothing below it would only look like the whole message.
        if i > 0 && left < 4 {
            return Ok(i);
        }
        if i > 0 {
            writeln!(out)?;
        }
        let lines: Vec<&str> = error.rendered.trim_end().lines().collect();
        let shown = lines.len().min(left);
        for line in &lines[..shown] {
            writeln!(out, "{line}")?;
        }
        if shown < lines.len() {
            let more = count(lines.len() - shown, "more line", "more lines");
            writeln!(out, "{}", format!("… {more} …").dimmed())?;
            return Ok(i + 1);
        }
        left = left.saturating_sub(shown + 1);
    }
    Ok(errors.len())
}

/// Tells what the compiler warned of: the first one as it is drawn where the answer is
/// right, in a line where there is something more urgent.
pub(super) fn warned(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = report.warnings.first() else {
        return Ok(());
    };
    let number = count(
        report.warnings.len(),
        "compiler warning",
        "compiler warnings",
    );
    writeln!(out)?;
    if report.verdict.is_pass() {
        let heading = match report.warnings.len() {
            1 => number,
            _ => format!("{number}, the first:"),
        };
        paragraph(out, width, 2, &heading, |line| line.bold())?;
        for line in first.rendered.trim_end().lines().take(MOST_LINES) {
            writeln!(out, "{line}")?;
        }
        return Ok(());
    }
    let which = if report.warnings.len() > 1 {
        "the first "
    } else {
        ""
    };
    let words = format!("{number}, {which}{}", in_words(first));
    paragraph(out, width, 2, &words, |line| line.dimmed())
}
