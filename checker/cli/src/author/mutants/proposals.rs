//! What cargo-mutants would change in a reference.

use crate::course::ExerciseFiles;
use crate::runner::cargo;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs, io};

/// The reference with one small change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What is changed: `replace < with <= in sample`.
    pub change: String,
    /// The line where the change begins, counted from 1.
    pub line_number: usize,
    /// That line of the reference, without its indentation.
    pub line: String,
    /// The whole changed text.
    pub text: String,
}

/// cargo-mutants puts these in the place of every array that a function returns, in all
/// combinations, thousands in all; ndarray has no such functions, so none would compile.
const NEVER_COMPILES: [&str; 2] = [r"Array\w*::(new|from)\(", r"Array([02-6]|D|)::from_iter\("];

/// Why there are no proposals.
#[derive(Debug)]
pub enum ProposalsError {
    /// cargo does not know the subcommand, or failed in it.
    Cargo {
        /// Its last words.
        words: String,
    },
    /// It printed something else than a list.
    Format {
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be read, or cargo not be started.
    Io {
        /// What was asked for.
        what: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// As much of cargo-mutants' JSON as makes a mutant.
#[derive(Deserialize)]
struct Proposal {
    name: String,
    replacement: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    start: Position,
    end: Position,
}

/// Both counted from 1; the column in characters.
#[derive(Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

/// The mutants of an exercise's reference, in the order of the text.
///
/// # Errors
/// [`ProposalsError`].
pub fn of(root: &Path, files: &ExerciseFiles) -> Result<Vec<Mutant>, ProposalsError> {
    let solution = files.solution();
    let io = |what: &Path| {
        let what = what.to_path_buf();
        move |source| ProposalsError::Io { what, source }
    };
    let text = fs::read_to_string(&solution).map_err(io(&solution))?;
    let cargo = PathBuf::from(cargo());
    let listed = Command::new(&cargo)
        .args(["mutants", "--list", "--json", "--workspace", "--file"])
        .arg(solution.strip_prefix(root).unwrap_or(&solution))
        .args(NEVER_COMPILES.map(|pattern| format!("--exclude-re={pattern}")))
        .current_dir(root)
        .output()
        .map_err(io(&cargo))?;
    if !listed.status.success() {
        let words = String::from_utf8_lossy(&listed.stderr).trim().to_string();
        return Err(ProposalsError::Cargo { words });
    }
    mutants(&text, &listed.stdout)
}

/// The mutants of `text` that a list in JSON describes.
pub(super) fn mutants(text: &str, list: &[u8]) -> Result<Vec<Mutant>, ProposalsError> {
    let format = |why: String| ProposalsError::Format { why };
    let list: Vec<Proposal> = serde_json::from_slice(list).map_err(|e| format(e.to_string()))?;
    let mutants = list.iter().map(|proposal| {
        let outside = || format(format!("{} lies outside the text", proposal.name));
        mutant(text, proposal).ok_or_else(outside)
    });
    mutants.collect()
}

fn mutant(text: &str, proposal: &Proposal) -> Option<Mutant> {
    let start = offset(text, &proposal.span.start)?;
    let end = offset(text, &proposal.span.end)?;
    // FILE:LINE:COLUMN: CHANGE
    let (_, change) = proposal.name.split_once(": ")?;
    let line_number = proposal.span.start.line;
    Some(Mutant {
        change: change.to_string(),
        line_number,
        line: text.lines().nth(line_number - 1)?.trim().to_string(),
        text: format!(
            "{}{}{}",
            text.get(..start)?,
            proposal.replacement,
            text.get(end..)?
        ),
    })
}

/// Where a position is in the text, in bytes.
fn offset(text: &str, position: &Position) -> Option<usize> {
    let line: &str = text
        .split_inclusive('\n')
        .nth(position.line.checked_sub(1)?)?;
    let before = line.as_ptr() as usize - text.as_ptr() as usize;
    let column = position.column.checked_sub(1)?;
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    Some(before + ends.into_iter().nth(column)?)
}

impl fmt::Display for ProposalsError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Cargo { words } if words.contains("no such command") => write!(
                f,
                "cargo does not know `mutants`\n= `cargo install --locked cargo-mutants`"
            ),
            Self::Cargo { words } => write!(f, "`cargo mutants --list` failed: {words}"),
            Self::Format { why } => write!(f, "what `cargo mutants --list` printed: {why}"),
            Self::Io { what, source } => write!(f, "{}: {source}", what.display()),
        }
    }
}

impl std::error::Error for ProposalsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
