//! The state file `.llmlings/state.json`: progress that survives what happens to disks,
//! processes and people.
//!
//! - A write is a new file renamed over the old one, so a crash leaves one or the other.
//! - `state.bak` is written after it, the same way: whatever then happens to `state.json`,
//!   the records in `state.bak` are taken up again.
//! - A change is made under a lock of the operating system (freed by it, if the holder
//!   dies) on what is in the file at that moment, so two programs lose nothing of each
//!   other's.

mod file;
mod notice;

use std::path::Path;

use super::Progress;
use file::{Reading, StateFiles};

pub use notice::Notice;

/// Reads and writes the state file.
///
/// A store that cannot write goes on in memory and says so once.
#[derive(Debug)]
pub struct Store {
    files: StateFiles,
    progress: Progress,
    /// Whether `progress` holds changes that are in no file.
    unsaved: bool,
    /// What has been told, so that nothing is told twice in a row.
    told: Vec<Notice>,
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

impl Store {
    /// Opens the state in `.llmlings/` (see [`super::Layout::state_dir`]). Never fails: what
    /// is wrong is told in the notices.
    pub fn open(dir: &Path) -> Update<Self> {
        let mut store = Self {
            files: StateFiles::new(dir),
            progress: Progress::default(),
            unsaved: false,
            told: Vec::new(),
        };
        let notices = store.reload();
        Update {
            value: store,
            notices,
        }
    }

    /// The progress as last read or written.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The folder of the state.
    pub fn dir(&self) -> &Path {
        self.files.dir()
    }

    /// Reads again what other programs have written since.
    #[must_use = "notices are to be shown"]
    pub fn reload(&mut self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut reading = self.files.read();
        if reading.is_corrupt() {
            // Repairing is writing, so it needs the lock, and another look.
            match self.files.lock() {
                Ok(lock) => {
                    notices.extend(lock.notice());
                    reading = self.files.read().repaired(&self.files, &mut notices);
                }
                Err(notice) => notices.push(notice),
            }
        }
        self.take_up(reading, &mut notices);
        self.news(notices)
    }

    /// Changes the progress: under the lock, on what is in the file then, so that two
    /// programs lose nothing of each other's.
    pub fn update<R>(&mut self, change: impl FnOnce(&mut Progress) -> R) -> Update<R> {
        let mut notices = Vec::new();
        let lock = self.files.lock();
        let writable = match &lock {
            Ok(lock) => {
                notices.extend(lock.notice());
                let reading = self.files.read().repaired(&self.files, &mut notices);
                self.take_up(reading, &mut notices)
            }
            Err(notice) => {
                notices.push(notice.clone());
                false
            }
        };
        let before = self.progress.clone();
        let value = change(&mut self.progress);
        self.unsaved |= self.progress != before;
        if writable && self.unsaved {
            match self.files.write(&self.progress) {
                Ok(()) => self.unsaved = false,
                Err(notice) => notices.push(notice),
            }
        }
        drop(lock);
        let notices = self.news(notices);
        Update { value, notices }
    }

    /// Makes what was read the progress, without losing what is in memory only. Returns
    /// whether the file may be written.
    fn take_up(&mut self, reading: Reading, notices: &mut Vec<Notice>) -> bool {
        let (found, writable) = reading.into_progress(notices);
        if self.unsaved {
            self.progress.absorb(&found);
        } else {
            self.progress = found;
        }
        writable
    }

    /// What of these notices was not told the last time.
    fn news(&mut self, notices: Vec<Notice>) -> Vec<Notice> {
        let new = notices.iter().filter(|notice| !self.told.contains(notice));
        let new = new.cloned().collect();
        self.told = notices;
        new
    }
}

#[cfg(test)]
mod tests;
