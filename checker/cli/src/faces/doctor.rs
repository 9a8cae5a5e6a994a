//! What is installed here, what is missing, and how to get it.

use colored::Colorize as _;
use std::io::{self, Write};
use textwrap::wrap;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub what: String,
    /// How it is.
    pub state: State,
    /// What was found, or what to do.
    pub detail: String,
}

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Fine,
    /// Missing, but the course works without.
    Optional,
    /// Missing, and needed.
    Missing,
}

impl Finding {
    /// A finding.
    pub fn new(what: &str, state: State, detail: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            state,
            detail: detail.into(),
        }
    }
}

/// Draws the findings, one or more lines each.
///
/// # Errors
/// Those of `out`.
pub fn draw(findings: &[Finding], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let longest = findings
        .iter()
        .map(|f| f.what.chars().count())
        .max()
        .unwrap_or(0);
    let indent = " ".repeat(longest + 4);
    for Finding {
        what,
        state,
        detail,
    } in findings
    {
        let mark = match state {
            State::Fine => "✓".green(),
            State::Optional => "-".yellow(),
            State::Missing => "✗".red(),
        };
        let room = width.saturating_sub(longest + 4).max(20);
        let lines = wrap(detail, room);
        let mut lines = lines.iter();
        writeln!(
            out,
            "{mark} {what:longest$}  {}",
            lines.next().map_or("", AsRef::as_ref)
        )?;
        for line in lines {
            writeln!(out, "{indent}{line}")?;
        }
    }
    let missing = findings
        .iter()
        .filter(|f| f.state == State::Missing)
        .count();
    let sum = match missing {
        0 => "All that the course needs is here.".into(),
        1 => "One thing that the course needs is missing.".into(),
        n => format!("{n} things that the course needs are missing."),
    };
    writeln!(out)?;
    wrap(&sum, width)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faces::drawn::in_every_way;

    #[test]
    fn a_missing_thing_says_how_to_get_it() {
        let findings = [
            Finding::new("rustc", State::Fine, "1.95.0"),
            Finding::new(
                "clippy",
                State::Missing,
                "install it with `rustup component add clippy`",
            ),
            Finding::new("python", State::Optional, "only authors need it"),
        ];
        insta::assert_snapshot!(in_every_way(|out, width| draw(&findings, width, out)));
    }
}
