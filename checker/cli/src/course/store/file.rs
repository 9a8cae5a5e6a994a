//! The files behind the store: reading what may be anything, locking, writing.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::Notice;
use crate::course::{Progress, atomic, progress::FORMAT_VERSION};

/// No state is so large: a thousand exercises take 200 kB.
const LARGEST: u64 = 16 << 20;

/// A change takes milliseconds, so a lock held longer is held by a program that is stopped
/// or stuck.
const PATIENCE: Duration = Duration::from_secs(5);

/// The folder `.llmlings/` and the state's files in it.
#[derive(Debug)]
pub(super) struct StateFiles {
    dir: PathBuf,
    /// How long to wait for another program's change.
    pub(super) patience: Duration,
}

/// The right to change the state, until it is dropped.
pub(super) struct Lock {
    /// Closing it is unlocking.
    _file: File,
    unsupported: Option<String>,
}

/// What the files were found to hold.
pub(super) struct Reading {
    state: State,
    backup: Option<Progress>,
}

enum State {
    Missing,
    Good(Progress),
    Newer(u64, Option<Progress>),
    Corrupt(String),
    /// There is something that cannot even be read, so it must not be replaced.
    Unreadable(String),
}

impl Lock {
    /// What to tell where there was nothing to lock with.
    pub(super) fn notice(&self) -> Option<Notice> {
        let why = self.unsupported.clone()?;
        Some(Notice::NoLock { why })
    }
}

impl StateFiles {
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_path_buf(),
            patience: PATIENCE,
        }
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    fn state(&self) -> PathBuf {
        self.dir.join("state.json")
    }

    fn backup(&self) -> PathBuf {
        self.dir.join("state.bak")
    }

    /// Waits for the right to change the state.
    ///
    /// Whoever waits for the lock holds the turn meanwhile, and nobody gets at the lock
    /// without the turn: so a program with much to write cannot starve another.
    pub(super) fn lock(&self) -> Result<Lock, Notice> {
        let not_saved = |error| Notice::NotSaved {
            why: format!("{}: {error}", self.dir.display()),
        };
        fs::create_dir_all(&self.dir).map_err(not_saved)?;
        let give_up = Instant::now() + self.patience;
        let _turn = self.wait_for("state.turn", give_up)?;
        self.wait_for("state.lock", give_up)
    }

    fn wait_for(&self, name: &str, give_up: Instant) -> Result<Lock, Notice> {
        let file = self.dir.join(name);
        // Never truncated: only its lock matters.
        let mut options = File::options();
        let options = options.create(true).truncate(false).write(true);
        let handle = options.open(&file).map_err(|error| Notice::NotSaved {
            why: format!("{}: {error}", file.display()),
        })?;
        loop {
            let unsupported = match handle.try_lock() {
                Ok(()) => None,
                Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                    thread::sleep(Duration::from_millis(1));
                    continue;
                }
                Err(TryLockError::WouldBlock) => {
                    let why = "another llmlings holds the state file".to_string();
                    return Err(Notice::NotSaved { why });
                }
                Err(TryLockError::Error(error)) => Some(error.to_string()),
            };
            return Ok(Lock {
                _file: handle,
                unsupported,
            });
        }
    }

    /// Looks at the state and the last good state, and changes neither.
    pub(super) fn read(&self) -> Reading {
        let backup = match read_state(&self.backup()) {
            State::Good(progress) => Some(progress),
            _ => None,
        };
        let state = read_state(&self.state());
        Reading { state, backup }
    }

    /// Writes the state, and then the same as the last good state.
    pub(super) fn write(&self, progress: &Progress) -> Result<(), Notice> {
        let not_saved = |why: String| Notice::NotSaved { why };
        let mut text =
            serde_json::to_string_pretty(progress).map_err(|error| not_saved(error.to_string()))?;
        text.push('\n');
        self.sweep();
        let write = |file: PathBuf| {
            atomic::replace(&file, text.as_bytes())
                .map_err(|error| not_saved(format!("{}: {error}", file.display())))
        };
        write(self.state())?;
        // The progress is safe by now; a backup that cannot be written loses nothing.
        let _ = write(self.backup());
        Ok(())
    }

    /// Removes what writers left that were killed. Only called under the lock, so nobody
    /// is writing.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        for entry in entries {
            if atomic::is_temporary(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Moves the state aside under the first number that is free.
    fn move_aside(&self) -> io::Result<PathBuf> {
        let numbered = |n: u32| self.dir.join(format!("state.corrupt-{n}.json"));
        let aside = (1..=u32::MAX)
            .map(numbered)
            .find(|file| fs::symlink_metadata(file).is_err())
            .ok_or(io::ErrorKind::AlreadyExists)?;
        fs::rename(self.state(), &aside)?;
        Ok(aside)
    }
}

impl Reading {
    /// Whether the state file is to be moved aside.
    pub(super) fn is_corrupt(&self) -> bool {
        matches!(self.state, State::Corrupt(_))
    }

    /// Moves a corrupt state file aside and puts the last good state in its place. To be
    /// called under the lock.
    pub(super) fn repaired(mut self, files: &StateFiles, notices: &mut Vec<Notice>) -> Self {
        let State::Corrupt(why) = &self.state else {
            return self;
        };
        match files.move_aside() {
            Ok(to) => {
                notices.push(Notice::MovedAside {
                    to,
                    why: why.clone(),
                    restored: self.backup.is_some(),
                });
                let progress = self.backup.clone().unwrap_or_default();
                notices.extend(files.write(&progress).err());
                self.state = State::Good(progress);
            }
            Err(error) => {
                let why = format!(
                    "{} cannot be used ({why}) nor moved: {error}",
                    files.state().display()
                );
                self.state = State::Unreadable(why);
            }
        }
        self
    }

    /// The progress to go on with, and whether it may be saved.
    pub(super) fn into_progress(self, notices: &mut Vec<Notice>) -> (Progress, bool) {
        let backup = self.backup.unwrap_or_default();
        match self.state {
            State::Missing => (restored(Progress::default(), &backup, notices), true),
            State::Good(progress) => (restored(progress, &backup, notices), true),
            State::Newer(found, progress) => {
                notices.push(Notice::Newer { found });
                (progress.unwrap_or(backup), false)
            }
            State::Corrupt(why) | State::Unreadable(why) => {
                notices.push(Notice::NotSaved { why });
                (backup, false)
            }
        }
    }
}

/// Takes up what the state lacks and the last good state has.
fn restored(mut progress: Progress, backup: &Progress, notices: &mut Vec<Notice>) -> Progress {
    let exercises = progress.absorb(backup);
    if !exercises.is_empty() {
        notices.push(Notice::Restored { exercises });
    }
    progress
}

fn read_state(file: &Path) -> State {
    let unreadable = |error: io::Error| State::Unreadable(format!("{}: {error}", file.display()));
    let metadata = match fs::metadata(file) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return State::Missing,
        Err(error) => return unreadable(error),
    };
    if !metadata.is_file() {
        return State::Unreadable(format!("{} is not a file", file.display()));
    }
    if metadata.len() > LARGEST {
        return State::Corrupt(format!("it has {} bytes", metadata.len()));
    }
    match fs::read(file) {
        Ok(bytes) => parse(&bytes),
        Err(error) => unreadable(error),
    }
}

fn parse(bytes: &[u8]) -> State {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(_) if bytes.is_empty() => return State::Corrupt("it is empty".to_string()),
        Err(error) => return State::Corrupt(error.to_string()),
    };
    let version = value.get("format_version").and_then(Value::as_u64);
    match (version, serde_json::from_value(value)) {
        (Some(found), progress) if found > FORMAT_VERSION => State::Newer(found, progress.ok()),
        (_, Ok(progress)) => State::Good(progress),
        (_, Err(error)) => State::Corrupt(error.to_string()),
    }
}
