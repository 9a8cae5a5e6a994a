//! The starter of an exercise: telling whether it was touched, bringing it back, and
//! taking that back.

use std::{fmt, io, path::PathBuf};

use super::ExerciseFiles;

/// What a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// The answer was the starter already; nothing was written.
    AlreadyPristine,
    /// The starter is back.
    Done {
        /// Where the answer that was there is kept; `None` if there was none.
        backup: Option<PathBuf>,
    },
}

/// What taking back a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The backup that is the answer again.
    pub restored: PathBuf,
    /// Where the answer that was there is kept; `None` if there was none.
    pub backup: Option<PathBuf>,
}

/// Why a starter could not be read or brought back. The answer is as it was.
#[derive(Debug)]
pub enum StarterError {
    /// The course lacks the pristine starter.
    NoStarter {
        /// Where it should be.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no earlier answer that differs from the one that is there.
    NothingToUndo {
        /// The exercise.
        id: String,
    },
    /// A file could not be read or written.
    Io {
        /// What was attempted, such as "write".
        doing: &'static str,
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The pristine starter.
///
/// # Errors
/// [`StarterError::NoStarter`].
pub fn pristine(files: &ExerciseFiles) -> Result<Vec<u8>, StarterError> {
    todo!("{files:?}")
}

/// Whether the answer is the starter still, whatever its line ends. A missing answer is
/// not.
///
/// # Errors
/// The starter or the answer cannot be read.
pub fn is_pristine(files: &ExerciseFiles) -> Result<bool, StarterError> {
    todo!("{files:?}")
}

/// Brings the starter back, after keeping the answer that is there.
///
/// # Errors
/// [`StarterError`]; the answer is then as it was.
pub fn reset(files: &ExerciseFiles) -> Result<Reset, StarterError> {
    todo!("{files:?}")
}

/// Brings back the newest kept answer that differs from the one that is there, after
/// keeping that one: so undoing twice is redoing.
///
/// # Errors
/// [`StarterError`]; the answer is then as it was.
pub fn undo_reset(files: &ExerciseFiles) -> Result<Undone, StarterError> {
    todo!("{files:?}")
}

impl fmt::Display for StarterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for StarterError {}
