//! What can be wrong in an `info.toml`, and how it is told.

use std::{
    fmt, io,
    ops::Range,
    path::{Path, PathBuf},
};

use unicode_width::UnicodeWidthStr;

use super::FORMAT_VERSION;

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

/// Gathers problems while a file is read.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<(Range<usize>, String, Option<String>)>);

impl Findings {
    /// Notes a problem with the bytes `span` of the file.
    pub(super) fn add(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        advice: impl Into<Option<String>>,
    ) {
        self.0.push((span, message.into(), advice.into()));
    }

    /// The problems in the file's order; nothing if there are none.
    ///
    /// # Errors
    /// [`ManifestError::Problems`] if there are any.
    pub(super) fn into_result(mut self, text: &str, file: &Path) -> Result<(), ManifestError> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort_by_key(|(span, ..)| span.start);
        let problems = self
            .0
            .into_iter()
            .map(|(span, message, advice)| Problem::at(text, span, message, advice))
            .collect();
        Err(ManifestError::Problems {
            file: file.to_path_buf(),
            problems,
        })
    }
}

impl Problem {
    pub(super) fn at(
        text: &str,
        span: Range<usize>,
        message: String,
        advice: Option<String>,
    ) -> Self {
        let start = text.floor_char_boundary(span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |newline| start + newline);
        let end = text.floor_char_boundary(span.end).clamp(start, line_end);
        Self {
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            text: text[line_start..line_end].trim_end().to_string(),
            length: text[start..end].trim_end().chars().count().max(1),
            message,
            advice,
        }
    }

    /// White space as wide as what stands before the caret, and the caret.
    fn underline(&self) -> String {
        let before: String = self.text.chars().take(self.column - 1).collect();
        let meant: String = self
            .text
            .chars()
            .skip(self.column - 1)
            .take(self.length)
            .collect();
        // A tab is as wide as the terminal likes, so it is repeated, not counted.
        let mut line: String = before
            .split_inclusive('\t')
            .map(|part| {
                let tab = if part.ends_with('\t') { "\t" } else { "" };
                " ".repeat(part.trim_end_matches('\t').width()) + tab
            })
            .collect();
        line.push_str(&"^".repeat(meant.width().max(1)));
        line
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "{margin} |")?;
        writeln!(f, "{number} | {}", self.text)?;
        write!(f, "{margin} | {}", self.underline())?;
        match &self.advice {
            Some(advice) => write!(f, "\n{margin} = {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, source } => {
                write!(f, "cannot read {}: {source}", file.display())
            }
            Self::Newer { file, found } => write!(
                f,
                "this course needs a newer llmlings: {} has format_version {found}, and this \
                 program reads {FORMAT_VERSION} and older\n= update llmlings",
                file.display()
            ),
            Self::Problems { file, problems } => {
                for problem in problems {
                    let (line, column) = (problem.line, problem.column);
                    let message = &problem.message;
                    writeln!(f, "{}:{line}:{column}: {message}", file.display())?;
                    writeln!(f, "{problem}\n")?;
                }
                let s = if problems.len() == 1 { "" } else { "s" };
                write!(f, "{} problem{s} in {}", problems.len(), file.display())
            }
        }
    }
}

impl std::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}
