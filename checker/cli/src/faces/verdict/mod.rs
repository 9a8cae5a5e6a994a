//! What came of a run, told to the learner.
//!
//! A failure is told in the order in which it is understood: the law that does not hold,
//! the numbers that say so, the place, the cause.

mod arrays;
mod compiler;
mod failure;
mod mismatch;
mod passed;
mod stopped;
#[cfg(test)]
mod tests;

use super::columns::cut;
use super::fit::{chop, clean, hanging, paragraph, path};
use super::number::{count, grouped, time};
use crate::runner::{CheckState, Diagnostic, Report, Verdict};
use colored::{ColoredString, Colorize};
pub(super) use passed::comparison;
use std::io::{self, Write};

/// Narrower than this, lines are as long as here instead.
const NARROWEST: usize = 24;

/// Printed lines that are shown; of more, the first and the last ones.
const MOST_PRINTED: usize = 8;

/// What a report itself does not know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The exercise's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The answer's file, relative to where the learner is; empty where it is named already.
    pub answer: String,
    /// What to do next, a sentence each.
    pub next: Vec<String>,
    /// The sealed guess, if one was asked for.
    pub guess: Option<f64>,
}

/// Draws a report, at most `width` columns wide (or 24, if that is more). Only what the
/// compiler itself has drawn may be wider.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw(
    report: &Report,
    context: &Context,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = width.max(NARROWEST);
    let (mark, words) = headline(report, context);
    hanging(out, width, 0, &mark, &words, |line| line.bold())?;
    // Where the gap is to be told with its line, or nothing is said of the answer, its file
    // need not be named.
    let about_file = !report.verdict.is_ours() && !is_todo(&report.verdict);
    if about_file && !context.answer.is_empty() {
        path(out, width, 2, &context.answer, |line| line.dimmed())?;
    }
    writeln!(out)?;
    match &report.verdict {
        Verdict::Passed => passed::draw(report, context, width, out)?,
        Verdict::ChecksFailed(failure) => failure::draw(report, failure, width, out)?,
        Verdict::DoesNotCompile {
            diagnostics,
            interface,
        } => compiler::refused(diagnostics, *interface, width, out)?,
        _ => stopped::draw(report, context, width, out)?,
    }
    if !report.verdict.is_ours() {
        printed(&report.output, width, out)?;
        compiler::warned(report, width, out)?;
        times(report, width, out)?;
    }
    next(&context.next, width, out)
}

/// The report in one line, without colours, so that it can be cut and coloured.
pub fn one_line(report: &Report) -> String {
    let words = match &report.verdict {
        Verdict::Passed => match report.checks.len() {
            0 => "passed".into(),
            n => format!("passed: {}", every_check(n)),
        },
        Verdict::ChecksFailed(failure) => match (&failure.todo, failure.mismatches.first()) {
            (Some(_), _) => format!("not written yet: {}", failure.check),
            (None, Some(first)) => {
                format!("{} ({})", failure.check, mismatch::brief(first))
            }
            (None, None) => failure.check.clone(),
        },
        Verdict::DoesNotCompile { diagnostics, .. } => {
            match compiler::errors(diagnostics).first() {
                Some(first) => format!("does not compile: {}", first.message),
                None => "does not compile".into(),
            }
        }
        other => other.summary(),
    };
    let words = clean(&words).replace('\n', " ");
    format!("{} {words}", mark(report))
}

/// Whether all that is wrong is that something is not written yet.
fn is_todo(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::ChecksFailed(failure) if failure.todo.is_some())
}

/// The mark of a verdict: a picture of it that is read before any word.
fn mark(report: &Report) -> &'static str {
    match &report.verdict {
        Verdict::Passed => "✓",
        verdict if is_todo(verdict) => "•",
        verdict if verdict.is_ours() => "!",
        _ => "✗",
    }
}

fn headline(report: &Report, context: &Context) -> (ColoredString, String) {
    let title = match context.title.as_str() {
        "" => &context.id,
        title => title,
    };
    let words = match &report.verdict {
        Verdict::Passed if report.checks.is_empty() => "passed".into(),
        Verdict::Passed => every_check(report.checks.len()),
        verdict if is_todo(verdict) => "not written yet".into(),
        Verdict::ChecksFailed(_) if report.checks.is_empty() => "a check does not hold".into(),
        Verdict::ChecksFailed(_) => {
            let all = count(report.checks.len(), "check holds", "checks hold");
            format!("{} of {all}", report.passed())
        }
        Verdict::DoesNotCompile { .. } => "does not compile yet".into(),
        other => stopped::headline(other),
    };
    let mark = mark(report);
    let mark = match mark {
        "✓" => mark.green(),
        "✗" => mark.red(),
        _ => mark.yellow(),
    };
    (mark.bold(), format!("{title}: {words}"))
}

fn every_check(checks: usize) -> String {
    match checks {
        1 => "its check holds".into(),
        n => format!("all {n} checks hold"),
    }
}

/// The checks that hold, in order.
fn holding(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (check, state) in &report.checks {
        if *state == CheckState::Passed {
            hanging(out, width, 2, &"✓".green(), check, |line| line.normal())?;
        }
    }
    Ok(())
}

/// How many checks come after the one that is to be mended first.
fn waiting(report: &Report, running: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let later = |state: &CheckState| *state == CheckState::NotReached;
    let later = report
        .checks
        .iter()
        .filter(|(_, state)| later(state))
        .count();
    match later.saturating_sub(running) {
        0 => Ok(()),
        n => {
            let words = count(n, "check comes after it.", "checks come after it.");
            writeln!(out)?;
            paragraph(out, width, 4, &words, |line| line.dimmed())
        }
    }
}

/// What the answer printed, as it stands.
fn printed(output: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let output = clean(output);
    let output = output.trim_end_matches('\n');
    if output.trim().is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", "Your code printed".bold())?;
    let lines: Vec<String> = output
        .lines()
        .flat_map(|line| chop(line, width - 4))
        .collect();
    let show = |out: &mut dyn Write, lines: &[String]| -> io::Result<()> {
        lines
            .iter()
            .try_for_each(|line| writeln!(out, "    {line}"))
    };
    if lines.len() <= MOST_PRINTED + 1 {
        return show(out, &lines);
    }
    let half = MOST_PRINTED / 2;
    show(out, &lines[..half])?;
    let words = format!(
        "… {} more lines …",
        grouped((lines.len() - MOST_PRINTED) as f64)
    );
    writeln!(out, "    {}", words.dimmed())?;
    show(out, &lines[lines.len() - half..])
}

fn times(report: &Report, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut words = Vec::new();
    if !report.compiling.is_zero() {
        words.push(format!("compiled in {}", time(report.compiling)));
    }
    if !report.running.is_zero() {
        words.push(format!("ran in {}", time(report.running)));
    }
    if words.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    paragraph(out, width, 2, &words.join(", "), |line| line.dimmed())
}

fn next(lines: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (i, line) in lines.iter().enumerate() {
        if i == 0 {
            writeln!(out)?;
        }
        hanging(out, width, 0, &"→".cyan(), line, |line| line.normal())?;
    }
    Ok(())
}

/// The first line of a diagnostic with its place: "at lib.rs:7: mismatched types".
fn in_words(diagnostic: &Diagnostic) -> String {
    let message = clean(&diagnostic.message);
    let message = cut(message.lines().next().unwrap_or_default(), 200);
    match &diagnostic.file {
        Some(file) => {
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            format!("at {name}:{}: {message}", diagnostic.line)
        }
        None => message,
    }
}
