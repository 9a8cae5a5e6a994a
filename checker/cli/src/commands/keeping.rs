//! `reset` and `init`: what writes into a learner's folder.

use super::{Session, drawn};
use crate::course::{init, starter};
use crate::exit::Exit;
use crate::faces::screen::Screen;
use crate::workbook::Refusal;
use std::io::Write as _;
use std::path::Path;

impl Session {
    pub(super) fn reset(
        &self,
        name: &str,
        undo: bool,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let book = self.book()?;
        let files = book.files(book.entry(Some(name))?);
        let id = files.id();
        let shown = |path: &Path| {
            let relative = path.strip_prefix(book.layout.root()).unwrap_or(path);
            relative.display().to_string()
        };
        let fault = |e: starter::StarterError| Refusal::Plain(Exit::Fault, e.to_string());
        let words = if undo {
            let undone = starter::undo_reset(&files).map_err(fault)?;
            let again = match starter::is_pristine(&files) {
                Ok(true) => " That is the starter: `--undo` once more brings your answer back.",
                _ => "",
            };
            format!(
                "{id} is again what is kept in {}.{again}",
                shown(&undone.restored)
            )
        } else {
            match starter::reset(&files).map_err(fault)? {
                starter::Reset::AlreadyPristine => format!("{id} is the starter already."),
                starter::Reset::Done { backup: None } => format!("{id} is the starter again."),
                starter::Reset::Done {
                    backup: Some(backup),
                } => format!(
                    "{id} is the starter again. What you wrote is kept in {}; \
                     `llmlings reset {id} --undo` brings it back.",
                    shown(&backup)
                ),
            }
        };
        for line in textwrap::wrap(&words, screen.width) {
            drawn(writeln!(screen, "{line}"))?;
        }
        Ok(Exit::Fine)
    }
}

/// Makes or refreshes a learner's folder.
pub(super) fn init(dir: &Path, update: bool, screen: &mut Screen) -> Result<Exit, Refusal> {
    let done = if update {
        init::update(dir)
    } else {
        init::init(dir)
    };
    let report = done.map_err(|e| Refusal::Plain(Exit::Fault, e.to_string()))?;
    let (root, width) = (report.root.display(), screen.width);
    let mut words = vec![match update {
        true => format!("{root} is up to date: {} files written.", report.written),
        false => format!("{root} is yours: {} exercises to solve.", report.starters),
    }];
    words.extend(report.swallowed_by.map(|outer| outer.to_string()));
    if !update {
        words.push(format!("Go on with:  cd {} && llmlings", dir.display()));
    }
    for line in words.iter().flat_map(|words| textwrap::wrap(words, width)) {
        drawn(writeln!(screen, "{line}"))?;
    }
    Ok(Exit::Fine)
}
