//! What a learner should be told about the state file.

use std::{fmt, path::PathBuf};

use crate::course::progress::FORMAT_VERSION;

/// Something about the state file that the learner should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The state file could not be understood and was moved aside.
    MovedAside {
        /// Where it is now.
        to: PathBuf,
        /// What was wrong with it.
        why: String,
        /// Whether the last good state was there to go on with.
        restored: bool,
    },
    /// Records that the state file lacked came back from the last good state.
    Restored {
        /// Ids of the exercises.
        exercises: Vec<String>,
    },
    /// The state file was written by a newer llmlings; it is not touched.
    Newer {
        /// The `format_version` in it.
        found: u64,
    },
    /// Progress is kept in memory only.
    NotSaved {
        /// What the system said.
        why: String,
    },
    /// The file system knows no locks; two programs at once could lose a change.
    NoLock {
        /// What the system said.
        why: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MovedAside { to, why, restored } => {
                let then = if *restored {
                    "the last good state goes on"
                } else {
                    "there was no earlier state, so progress starts anew"
                };
                write!(
                    f,
                    "the state file could not be used ({why}): it is now {}, and {then}",
                    to.display()
                )
            }
            Self::Restored { exercises } => write!(
                f,
                "the state file lacked something of {}: it came back from state.bak (to start \
                 anew, remove both)",
                some(exercises)
            ),
            Self::Newer { found } => write!(
                f,
                "progress not saved: the state file is of a newer llmlings (format {found}, ours \
                 is {FORMAT_VERSION}); update llmlings"
            ),
            Self::NotSaved { why } => write!(f, "progress not saved: {why}"),
            Self::NoLock { why } => write!(
                f,
                "this file system knows no locks ({why}): run one llmlings at a time here"
            ),
        }
    }
}

/// The first three, and how many more.
fn some(ids: &[String]) -> String {
    match ids.len().saturating_sub(3) {
        0 => ids.join(", "),
        more => format!("{} and {more} more", ids[..3].join(", ")),
    }
}
