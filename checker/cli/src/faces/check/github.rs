//! Verdicts as annotations of GitHub Actions.
//!
//! A workflow command is a line `::error file=…,line=…,title=…::message`; what comes from an
//! answer is escaped, so that no text of a learner's becomes a command of its own
//! (GitHub's documentation, "Workflow commands").

use super::{Place, in_full};
use crate::checking::Checked;
use crate::runner::{Level, Verdict};
use std::io::{self, Write};

/// Writes one annotation a failure.
pub fn draw(checked: &[(Checked, Place)], out: &mut dyn Write) -> io::Result<()> {
    for (Checked { id, report }, place) in checked {
        let verdict = &report.verdict;
        if verdict.is_pass() {
            continue;
        }
        let line = line_of(verdict).max(1);
        let message = in_full(verdict);
        writeln!(
            out,
            "::error file={},line={line},title={}::{}",
            property(&place.answer),
            property(&format!("{id}: {}", verdict.word())),
            data(&message)
        )?;
    }
    Ok(())
}

fn line_of(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::DoesNotCompile { diagnostics, .. } => {
            let error = diagnostics.iter().find(|d| d.level == Level::Error);
            error.map_or(1, |d| d.line)
        }
        Verdict::ChecksFailed(failure) => {
            let panicked = failure.panic.as_ref().and_then(|(_, place)| place.as_ref());
            let place = failure.todo.as_ref().or(panicked);
            place.map_or(1, |place| place.line as usize)
        }
        _ => 1,
    }
}

fn data(text: &str) -> String {
    let text = text.trim_end().replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
