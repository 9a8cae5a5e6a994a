//! The learner's copies of the starters, for authors who change a starter.

use super::finding::{Finding, relative};
use crate::course::{Entry, ExerciseFiles, Layout, StarterError, atomic, starter};
use std::fs;
use std::io;
use std::process::Command;

/// How a learner's file stands to the starter, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Copied {
    /// It is the starter already.
    Same,
    /// It was missing, or an older starter, and is the starter now.
    Written,
    /// It holds somebody's work and was left alone.
    Kept,
    /// It held somebody's work, which was kept as a backup; it is the starter now.
    Replaced,
}

/// Copies an exercise's starter to the learner's file, where that is missing or still the
/// starter of the last commit. Anything else is somebody's work: only `force` replaces it,
/// after keeping a backup.
///
/// # Errors
/// If a file cannot be read or written.
pub fn copy_starter(
    layout: &Layout,
    entry: Entry<'_>,
    force: bool,
) -> Result<Copied, StarterError> {
    let files = layout.exercise(entry);
    if starter::is_pristine(&files)? {
        return Ok(Copied::Same);
    }
    let answer = files.answer();
    let failed = |source| StarterError::Io {
        doing: "write",
        file: answer.clone(),
        source,
    };
    let theirs = match fs::read(&answer) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        read => Some(read.map_err(failed)?),
    };
    let untouched = match &theirs {
        None => true,
        Some(theirs) => committed(layout, &files).is_some_and(|old| old == *theirs),
    };
    if untouched {
        atomic::replace(&answer, &starter::pristine(&files)?).map_err(failed)?;
        return Ok(Copied::Written);
    }
    if !force {
        return Ok(Copied::Kept);
    }
    starter::reset(&files)?;
    Ok(Copied::Replaced)
}

/// The learner's files that are not the starters.
///
/// # Errors
/// If a file cannot be read.
pub fn differing(layout: &Layout, entry: Entry<'_>) -> Result<Option<Finding>, StarterError> {
    let files = layout.exercise(entry);
    if starter::is_pristine(&files)? {
        return Ok(None);
    }
    let message = format!("not the starter, {}", relative(layout, &files.starter()));
    let advice = format!("copy it: `llmlings dev starters {}`", files.id());
    Ok(Some(Finding::at(layout, &files.answer(), message, advice)))
}

/// The starter of the last commit; nothing without git.
fn committed(layout: &Layout, files: &ExerciseFiles) -> Option<Vec<u8>> {
    // Paths that begin with a dot are relative to the folder, which need not be the
    // repository's.
    let path = format!("HEAD:./{}", relative(layout, &files.starter()));
    let git = Command::new("git")
        .args(["show", &path])
        .current_dir(layout.root())
        .output();
    let output = git.ok().filter(|output| output.status.success())?;
    Some(output.stdout)
}
