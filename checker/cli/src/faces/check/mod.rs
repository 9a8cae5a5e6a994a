//! The verdicts on many exercises, for people and for programs.

mod github;
mod json;
mod junit;
mod table;

pub use table::{line, summary};

use crate::checking::Checked;
use crate::runner::Verdict;
use std::io::{self, Write};

/// How `check` writes its verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for people.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// JUnit's XML, as CI services read it.
    Junit,
    /// Annotations of GitHub Actions, after the table.
    Github,
}

/// Where an exercise belongs, for formats that group.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its stage's folder.
    pub stage: String,
    /// Its answer, from the root of the course.
    pub answer: String,
}

/// Writes all verdicts in a format for programs, or the summary for people.
///
/// # Errors
/// If `out` cannot be written.
pub fn draw(
    format: Format,
    checked: &[(Checked, Place)],
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => summary(checked, width, out),
        Format::Json => json::draw(checked, out),
        Format::Junit => junit::draw(checked, out),
        Format::Github => {
            summary(checked, width, out)?;
            github::draw(checked, out)
        }
    }
}

/// A verdict with its evidence, for readers who have nothing else: what differs and where,
/// what does not hold, and which mistake it is.
fn in_full(verdict: &Verdict) -> String {
    let summary = verdict.summary();
    let Verdict::ChecksFailed(failure) = verdict else {
        return summary;
    };
    let values = failure.mismatches.iter();
    let values = values.map(|m| format!("{}: {}", m.name, m.difference));
    let mistake = failure.mistake.iter();
    let mistake = mistake.map(|(name, lesson)| format!("{name}: {lesson}"));
    let lines = values.chain(failure.broken.iter().cloned()).chain(mistake);
    std::iter::once(summary)
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests;
