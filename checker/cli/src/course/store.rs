//! The state file `.llmlings/state.json`: progress that survives what happens to disks,
//! processes and people.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::Progress;

/// Reads and writes the state file.
///
/// A store that cannot write goes on in memory and says so once.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    progress: Progress,
}

/// What came out of a change to the progress.
#[derive(Debug)]
#[must_use = "notices are to be shown"]
pub struct Update<R> {
    /// What the change returned.
    pub value: R,
    /// What the learner should be told.
    pub notices: Vec<Notice>,
}

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

impl Store {
    /// Opens the state in `.llmlings/` (see [`super::Layout::state_dir`]). Never fails: what
    /// is wrong is told in the notices.
    pub fn open(dir: &Path) -> Update<Self> {
        todo!("{dir:?}")
    }

    /// The progress as last read or written.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The folder of the state.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads again what other programs have written since.
    pub fn reload(&mut self) -> Vec<Notice> {
        todo!()
    }

    /// Changes the progress: under the lock, on what is in the file then, so that two
    /// programs lose nothing of each other's.
    pub fn update<R>(&mut self, change: impl FnOnce(&mut Progress) -> R) -> Update<R> {
        let _ = change(&mut self.progress);
        todo!()
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
