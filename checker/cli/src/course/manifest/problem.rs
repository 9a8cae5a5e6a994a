//! What can be wrong in an `info.toml`, and how it is told.

use std::{fmt, io, path::PathBuf};

/// Why an `info.toml` cannot be used.
#[derive(Debug)]
pub enum ManifestError {
    /// The file could not be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file was written for a newer llmlings.
    Newer {
        /// The file.
        file: PathBuf,
        /// The `format_version` in it.
        found: u64,
    },
    /// The file says something that cannot be right.
    Problems {
        /// The file.
        file: PathBuf,
        /// Everything that was found, in the file's order.
        problems: Vec<Problem>,
    },
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line as it stands in the file.
    pub text: String,
    /// How many characters from `column` on are meant; at least 1.
    pub length: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub advice: Option<String>,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ManifestError {}
