//! Verdicts as a table for people.

use super::Place;
use crate::checking::Checked;
use crate::runner::Verdict;
use colored::Colorize as _;
use std::io::{self, Write};
use textwrap::core::display_width;

/// The mark of a verdict: its shape says what its colour says.
fn mark(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed => "✓".green().to_string(),
        verdict if is_todo(verdict) => "•".yellow().to_string(),
        verdict if verdict.is_ours() => "!".yellow().to_string(),
        _ => "✗".red().to_string(),
    }
}

/// Whether it is only not written yet.
fn is_todo(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::ChecksFailed(failure) if failure.todo.is_some())
}

/// One exercise in one line.
pub fn line(checked: &Checked, width: usize) -> String {
    let Checked { id, report } = checked;
    let count = match report.checks.len() {
        0 => String::new(),
        all => format!(" {}/{all}", report.passed()),
    };
    let head = format!("{} {id}{count}", mark(&report.verdict));
    if report.verdict.is_pass() {
        return head;
    }
    let used = 2 + display_width(id) + count.len() + 2;
    let summary = match is_todo(&report.verdict) {
        true => "not written yet".into(),
        false => report.verdict.summary(),
    };
    let summary = summary.lines().next().unwrap_or_default();
    let summary = cut(summary, width.saturating_sub(used));
    format!("{head}  {}", summary.dimmed())
}

fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.into();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if display_width(&kept) + display_width(&c.to_string()) + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// How many passed, and what to do about the others.
pub fn summary(checked: &[(Checked, Place)], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let passed = checked
        .iter()
        .filter(|(c, _)| c.report.verdict.is_pass())
        .count();
    let ours = checked
        .iter()
        .filter(|(c, _)| c.report.verdict.is_ours())
        .count();
    writeln!(out, "\n{passed} of {} passed", checked.len())?;
    if ours > 0 {
        let help = format!("{ours} could not be judged: `llmlings doctor` says what is amiss here");
        for line in textwrap::wrap(&help, width) {
            writeln!(out, "{line}")?;
        }
    }
    let first = checked.iter().find(|(c, _)| {
        let verdict = &c.report.verdict;
        !verdict.is_pass() && !verdict.is_ours()
    });
    if let Some((first, _)) = first {
        let next = format!(
            "`llmlings run {}` shows the first failure in full",
            first.id
        );
        for line in textwrap::wrap(&next, width) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
