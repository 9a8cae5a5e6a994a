//! `equivalent.toml`: the mutants that no check can tell from the reference.

use super::Mutant;
use serde::Deserialize;
use std::path::Path;
use std::{fs, io};

/// One explanation. It names a mutant by what is changed in which line, not by the line's
/// number, which moves with every edit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// What cargo-mutants says: `replace < with <= in sample`.
    pub change: String,
    /// The line that the change begins in, without its indentation.
    pub line: String,
    /// Why it computes the same, or what else no check could show.
    pub why: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    mutant: Vec<Equivalent>,
}

impl Equivalent {
    /// Whether this mutant is meant.
    pub fn explains(&self, mutant: &Mutant) -> bool {
        self.change == mutant.change && self.line == mutant.line
    }
}

/// Reads the explanations of an exercise; none where there is no file.
///
/// # Errors
/// If the file cannot be read or says something else; the message names it.
pub fn read(file: &Path) -> io::Result<Vec<Equivalent>> {
    let named = |e: &dyn std::fmt::Display| io::Error::other(format!("{}: {e}", file.display()));
    match fs::read_to_string(file) {
        Ok(text) => {
            let read: File = toml::from_str(&text).map_err(|e| named(&e))?;
            Ok(read.mutant)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(named(&e)),
    }
}
