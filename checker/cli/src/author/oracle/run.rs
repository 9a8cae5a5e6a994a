//! Running an oracle script.

use super::values::OracleValues;
use crate::author::{Workshop, inputs};
use crate::course::{Entry, atomic};
use crate::runner::{FIXED_SEED, Verdict};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Output};
use std::{fmt, io};

/// Why an exercise has no new outside values. The recorded ones are as they were.
#[derive(Debug)]
pub enum OracleError {
    /// The exercise has no script.
    NoScript {
        /// Where it should be.
        file: PathBuf,
    },
    /// The inputs could not be computed.
    Inputs(Verdict),
    /// The interpreter does not run.
    NoPython {
        /// What was called.
        python: OsString,
        /// What the system said.
        source: io::Error,
    },
    /// The script imports what is not installed.
    NoModule {
        /// What was called.
        python: OsString,
        /// The module.
        module: String,
        /// The list of what scripts need.
        requirements: PathBuf,
    },
    /// The script failed.
    Failed {
        /// The script.
        file: PathBuf,
        /// The last words of it.
        words: String,
    },
    /// The script printed something else than values.
    NoValues {
        /// The script.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file could not be read or written.
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// New outside values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recomputed {
    /// Where they are recorded.
    pub file: PathBuf,
    /// Whether the file changed.
    pub changed: bool,
}

/// The interpreter: what was asked for, else what the variable `PYTHON` names, else
/// `python3`.
pub fn python(asked: Option<&OsStr>) -> OsString {
    let named = || std::env::var_os("PYTHON").filter(|name| !name.is_empty());
    let asked = asked.map(OsStr::to_os_string).or_else(named);
    asked.unwrap_or_else(|| "python3".into())
}

/// Runs the script of an exercise on the inputs of the fixed seed, and records what it
/// prints.
///
/// # Errors
/// [`OracleError`]; the recorded values are then as they were.
pub fn recompute(
    workshop: &Workshop<'_>,
    entry: Entry<'_>,
    python: &OsStr,
) -> Result<Recomputed, OracleError> {
    let files = workshop.files(entry);
    let script = files.oracle_script();
    if !script.is_file() {
        return Err(OracleError::NoScript { file: script });
    }
    let given = inputs::inputs(workshop, entry, FIXED_SEED).map_err(OracleError::Inputs)?;
    let io = |file: PathBuf| |source| OracleError::Io { file, source };
    let fed = files.scratch_dir().join("author").join("inputs.json");
    fs::write(&fed, given).map_err(io(fed.clone()))?;
    let stdin = File::open(&fed).map_err(io(fed.clone()))?;
    let mut command = Command::new(python);
    command.arg(&script).stdin(stdin);
    // The folder of scripts is committed: nothing compiled may be left in it.
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("PYTHONIOENCODING", "utf-8");
    let output = command.output().map_err(|source| OracleError::NoPython {
        python: python.into(),
        source,
    })?;
    let printed = printed(output, python, &script)?;
    OracleValues::parse(&printed, files.id()).map_err(|why| OracleError::NoValues {
        file: script.clone(),
        why,
    })?;
    let file = files.oracle_values();
    let changed = fs::read_to_string(&file).map_or(true, |recorded| recorded != printed);
    if changed {
        atomic::replace(&file, printed.as_bytes()).map_err(io(file.clone()))?;
    }
    Ok(Recomputed { file, changed })
}

fn printed(
    output: Output,
    python: &OsStr,
    script: &std::path::Path,
) -> Result<String, OracleError> {
    let words = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let missing = words.lines().find_map(missing_module);
        return Err(match missing {
            Some(module) => OracleError::NoModule {
                python: python.into(),
                module: module.into(),
                requirements: script.with_file_name("requirements.txt"),
            },
            None => OracleError::Failed {
                file: script.into(),
                words: words.trim().into(),
            },
        });
    }
    // Python writes \r\n on Windows; the recorded file is the same everywhere.
    let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    Ok(printed.trim_end().to_string() + "\n")
}

/// The module that a line of Python's complaint says is missing.
fn missing_module(line: &str) -> Option<&str> {
    let named = line.strip_prefix("ModuleNotFoundError: No module named ")?;
    Some(named.trim().trim_matches('\''))
}

impl fmt::Display for OracleError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoScript { file } => write!(
                f,
                "there is no script {}\n= write one: it reads what `llmlings dev inputs` prints, \
                 and prints the values that a library outside computes from it",
                file.display()
            ),
            Self::Inputs(verdict) => {
                write!(
                    f,
                    "the inputs for the script: the reference {}",
                    verdict.summary()
                )
            }
            Self::NoPython { python, source } => write!(
                f,
                "`{}` does not run: {source}\n= install Python 3, or name it with `--python PATH` \
                 or the variable PYTHON",
                python.display()
            ),
            Self::NoModule {
                python,
                module,
                requirements,
            } => write!(
                f,
                "Python has no module `{module}`\n= `{} -m pip install -r {}`",
                python.display(),
                requirements.display()
            ),
            Self::Failed { file, words } => {
                write!(f, "{} failed; its last words:\n{words}", file.display())
            }
            Self::NoValues { file, why } => {
                write!(f, "what {} printed: {why}", file.display())
            }
            Self::Io { file, source } => write!(f, "{}: {source}", file.display()),
        }
    }
}

impl std::error::Error for OracleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoPython { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
