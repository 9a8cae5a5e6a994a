//! Noticing that an answer was saved.
//!
//! The system's notifications make it quick; a look at the contents makes it certain. A
//! notification only says "look now", and without one the contents are looked at every
//! second in any case: so folders that were removed and made again, network drives that
//! tell nothing and exhausted watches cost speed, never a save.

use super::notifications::Notifications;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Saves are told at most this often. The first one is told at once: a run that it starts
/// too early, because the editor writes in several steps, is cancelled by the next one.
const SETTLE: Duration = Duration::from_millis(20);

/// Without any sign a look is taken this often …
const HEARTBEAT: Duration = Duration::from_secs(1);

/// … and this often where the system gives no signs.
const POLL: Duration = Duration::from_millis(250);

/// A file that is away for so long is not being replaced: it is gone.
const GONE: Duration = Duration::from_secs(1);

/// Watches one answer at a time.
pub struct Watch {
    control: Sender<Sign>,
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The followed file has new contents, or is gone.
    Saved,
    /// From now on, saves are noticed later, for this reason.
    Degraded(String),
}

/// What wakes the watching thread.
pub(super) enum Sign {
    /// Something changed somewhere.
    Changed,
    /// From now on this file counts; these contents of it are known.
    Follow(Followed),
    /// Nobody wants to know any more.
    Enough,
}

/// A file, and what was in it when it was last looked at.
pub(super) type Followed = (PathBuf, Option<Vec<u8>>);

impl Watch {
    /// Begins to watch below `folder`.
    pub fn below(folder: &Path, tell: impl Fn(News) + Send + 'static) -> Self {
        let (control, signs) = channel();
        let notifications = Notifications::below(folder, control.clone());
        let looker = Looker {
            notifications,
            degraded: false,
            followed: None,
            told: None,
            missed: None,
            patient: false,
            tell,
        };
        // Before any other news, and not from another thread.
        let looker = looker.admit();
        std::thread::spawn(move || looker.look(&signs));
        Self { control }
    }

    /// Follows `file` from now on. What is in it at this moment is returned and known:
    /// whatever else will be in it at last is told.
    pub fn follow(&self, file: &Path) -> Option<Vec<u8>> {
        let contents = fs::read(file).ok();
        let followed = (file.to_path_buf(), contents.clone());
        // The thread ends with this value only, so that somebody always listens.
        let _ = self.control.send(Sign::Follow(followed));
        contents
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The notifications hold a sender too: the thread must be told.
        let _ = self.control.send(Sign::Enough);
    }
}

/// The watching thread.
struct Looker<Tell> {
    notifications: Notifications,
    /// Whether it was told that there are no notifications.
    degraded: bool,
    followed: Option<Followed>,
    /// When a save was last told.
    told: Option<Instant>,
    /// Since when the file is away.
    missed: Option<Instant>,
    /// Whether an empty file was seen, which may be half a save.
    patient: bool,
    tell: Tell,
}

impl<Tell: Fn(News)> Looker<Tell> {
    /// Says so if the system gives no signs; once.
    fn admit(mut self) -> Self {
        self.complain();
        self
    }

    fn complain(&mut self) {
        if let (false, Some(why)) = (self.degraded, self.notifications.silence()) {
            self.degraded = true;
            (self.tell)(News::Degraded(why));
        }
    }

    fn look(mut self, signs: &Receiver<Sign>) {
        let mut wait = self.pace();
        loop {
            let first = match signs.recv_timeout(wait) {
                Ok(sign) => Some(sign),
                Err(RecvTimeoutError::Timeout) => {
                    self.notifications.renew();
                    self.complain();
                    None
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            // Everything that came meanwhile is one sign, unless it says what to follow.
            for sign in first.into_iter().chain(signs.try_iter()) {
                match sign {
                    Sign::Changed => {}
                    Sign::Follow(this) => self.followed = Some(this),
                    Sign::Enough => return,
                }
            }
            wait = self.compare().unwrap_or(self.pace());
        }
    }

    fn pace(&self) -> Duration {
        if self.degraded { POLL } else { HEARTBEAT }
    }

    /// Tells a save, if there is one; says when to look again, if soon.
    fn compare(&mut self) -> Option<Duration> {
        let (file, known) = self.followed.as_mut()?;
        let Ok(contents) = fs::read(file) else {
            return self.miss();
        };
        self.missed = None;
        if known.as_ref() == Some(&contents) {
            return None;
        }
        if contents.is_empty() && !std::mem::replace(&mut self.patient, true) {
            return Some(SETTLE);
        }
        let early = self.told.map(|told| SETTLE.saturating_sub(told.elapsed()));
        if let Some(early) = early.filter(|early| !early.is_zero()) {
            return Some(early);
        }
        *known = Some(contents);
        self.patient = false;
        self.told = Some(Instant::now());
        (self.tell)(News::Saved);
        None
    }

    /// The file cannot be read. For a moment that is so when it is being replaced; then what
    /// comes is waited for.
    fn miss(&mut self) -> Option<Duration> {
        let (_, known) = self.followed.as_mut()?;
        known.as_ref()?;
        let since = *self.missed.get_or_insert_with(Instant::now);
        let left = GONE.saturating_sub(since.elapsed());
        if !left.is_zero() {
            return Some(left);
        }
        *known = None;
        (self.tell)(News::Saved);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Instant;

    fn watched() -> (tempfile::TempDir, PathBuf, Watch, mpsc::Receiver<()>) {
        let folder = tempfile::tempdir().unwrap();
        let (file, watch, saves) = watched_below(folder.path());
        (folder, file, watch, saves)
    }

    fn watched_below(folder: &Path) -> (PathBuf, Watch, mpsc::Receiver<()>) {
        let file = folder.join("exercise/src/lib.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "one").unwrap();
        let (sender, saves) = mpsc::channel();
        let watch = Watch::below(folder, move |news| {
            if news == News::Saved {
                let _ = sender.send(());
            }
        });
        watch.follow(&file);
        std::thread::sleep(Duration::from_millis(50));
        (file, watch, saves)
    }

    const SOON: Duration = Duration::from_secs(5);

    #[test]
    fn a_save_is_noticed_and_a_touch_is_not() {
        let (_folder, file, _watch, saves) = watched();
        fs::write(&file, "one").unwrap();
        assert!(saves.recv_timeout(Duration::from_millis(300)).is_err());
        fs::write(&file, "two").unwrap();
        assert!(saves.recv_timeout(SOON).is_ok());
    }

    #[test]
    fn a_file_renamed_over_the_old_one_is_noticed() {
        let (folder, file, _watch, saves) = watched();
        let other = folder.path().join("exercise/src/.lib.rs.swp");
        fs::write(&other, "two").unwrap();
        fs::rename(&other, &file).unwrap();
        assert!(saves.recv_timeout(SOON).is_ok());
    }

    #[test]
    fn a_folder_removed_and_made_again_is_still_watched() {
        let (folder, file, _watch, saves) = watched();
        for contents in ["two", "three"] {
            fs::remove_dir_all(folder.path().join("exercise")).unwrap();
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, contents).unwrap();
            assert!(saves.recv_timeout(SOON).is_ok(), "{contents}");
        }
    }

    #[test]
    fn a_file_that_is_gone_is_told_once_and_so_is_its_return() {
        let (_folder, file, _watch, saves) = watched();
        let start = Instant::now();
        fs::remove_file(&file).unwrap();
        assert!(saves.recv_timeout(SOON).is_ok());
        assert!(start.elapsed() >= GONE, "{:?}", start.elapsed());
        assert!(saves.recv_timeout(2 * GONE).is_err());
        fs::write(&file, "one").unwrap();
        assert!(saves.recv_timeout(SOON).is_ok());
    }

    #[test]
    fn a_burst_of_saves_ends_with_a_look_at_the_last() {
        let (_folder, file, _watch, saves) = watched();
        let start = Instant::now();
        (0..500).for_each(|i| fs::write(&file, format!("{i}")).unwrap());
        assert!(saves.recv_timeout(SOON).is_ok());
        std::thread::sleep(Duration::from_millis(300));
        let told = 1 + saves.try_iter().count();
        let most = 2 + start.elapsed().as_millis() / SETTLE.as_millis();
        assert!(told as u128 <= most, "{told} saves told");
    }

    #[test]
    fn a_root_that_was_replaced_is_watched_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("exercises");
        let (file, _watch, saves) = watched_below(&root);
        for contents in ["two", "three"] {
            fs::rename(&root, folder.path().join(contents)).unwrap();
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, contents).unwrap();
            assert!(saves.recv_timeout(SOON).is_ok(), "{contents}");
        }
        // By now the new root's own notifications are back: no heartbeat is waited for.
        std::thread::sleep(2 * HEARTBEAT);
        let start = Instant::now();
        fs::write(&file, "four").unwrap();
        assert!(saves.recv_timeout(SOON).is_ok());
        assert!(start.elapsed() < HEARTBEAT / 2, "{:?}", start.elapsed());
    }
}
