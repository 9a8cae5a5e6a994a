//! A name that a person gave, and what it could mean.

use std::fmt;

use crate::course::nearest::{nearest, question};

/// Why a name given by a person leads to no single thing in the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindError {
    /// Nothing is called that.
    Unknown {
        /// What was looked for: "exercise" or "learning path".
        what: &'static str,
        /// The name that was given.
        name: String,
        /// Names that come near it, nearest first; may be empty.
        suggestions: Vec<String>,
    },
    /// Several exercises begin with it.
    Ambiguous {
        /// The name that was given.
        name: String,
        /// What it could mean, in the course's order.
        candidates: Vec<String>,
    },
}

impl FindError {
    pub(super) fn unknown<'a>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self::Unknown {
            what,
            name: name.to_string(),
            suggestions: nearest(name, known).into_iter().map(String::from).collect(),
        }
    }
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown {
                what,
                name,
                suggestions,
            } => {
                write!(f, "no {what} is called `{name}`")?;
                match question(suggestions) {
                    Some(question) => write!(f, "; {question}"),
                    None => write!(f, "; `llmlings list` shows what there is"),
                }
            }
            Self::Ambiguous { name, candidates } => write!(
                f,
                "`{name}` is the beginning of {} exercises: {}",
                candidates.len(),
                candidates.join(", ")
            ),
        }
    }
}

impl std::error::Error for FindError {}
