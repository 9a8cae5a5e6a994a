//! Noticing that an answer was saved.
//!
//! The system's notifications make it quick; a look at the contents makes it certain. A
//! notification only says "look now", and without one the contents are looked at every
//! second in any case: so folders that were removed and made again, network drives that
//! tell nothing and exhausted watches cost speed, never a save.

use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// A look is taken this long after the first sign, so that an editor that writes in
/// several steps is done with them.
const SETTLE: Duration = Duration::from_millis(20);

/// Without any sign a look is taken this often.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// Watches one answer at a time.
pub struct Watch {
    control: Sender<Sign>,
    /// Why the system's notifications cannot be had, if so.
    pub degraded: Option<String>,
    _watcher: Option<RecommendedWatcher>,
}

enum Sign {
    /// Something changed somewhere.
    Changed,
    /// From now on this file counts; these contents of it are known.
    Follow(Followed),
}

/// A file, and what was in it when it was last looked at.
type Followed = (PathBuf, Option<Vec<u8>>);

impl Watch {
    /// Begins to watch below `folder`; `saved` is called when the followed file has new
    /// contents.
    pub fn below(folder: &Path, saved: impl Fn() + Send + 'static) -> Self {
        let (control, signs) = channel();
        let (watcher, degraded) = match notifications(folder, control.clone()) {
            Ok(watcher) => (Some(watcher), None),
            Err(e) => (None, Some(explain(&e))),
        };
        std::thread::spawn(move || look(&signs, saved));
        Self {
            control,
            degraded,
            _watcher: watcher,
        }
    }

    /// Follows `file` from now on. What is in it at this moment is known: whoever reads it
    /// after this call misses no save.
    pub fn follow(&self, file: &Path) {
        let followed = (file.to_path_buf(), fs::read(file).ok());
        // The thread ends with this value only, so that somebody always listens.
        let _ = self.control.send(Sign::Follow(followed));
    }
}

fn notifications(folder: &Path, control: Sender<Sign>) -> notify::Result<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        // Reading the file is an event too: our own look must not cause the next one.
        let touched = event.map_or(true, |event| !event.kind.is_access());
        if touched {
            let _ = control.send(Sign::Changed);
        }
    };
    let mut watcher = RecommendedWatcher::new(tell, Config::default())?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn explain(error: &notify::Error) -> String {
    let limits = match error.kind {
        notify::ErrorKind::MaxFilesWatch => " (raise fs.inotify.max_user_watches)",
        _ => "",
    };
    format!("The system tells of no changes: {error}{limits}. Looking every second instead.")
}

/// The watching thread: ends when nobody controls it any more.
fn look(signs: &Receiver<Sign>, saved: impl Fn()) {
    let mut followed: Option<Followed> = None;
    loop {
        match signs.recv_timeout(HEARTBEAT) {
            Ok(Sign::Follow(this)) => {
                followed = Some(this);
                continue;
            }
            Ok(Sign::Changed) => std::thread::sleep(SETTLE),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        // Everything that came meanwhile is one sign, unless it says what to follow.
        while let Ok(sign) = signs.try_recv() {
            if let Sign::Follow(this) = sign {
                followed = Some(this);
            }
        }
        let Some((file, known)) = &mut followed else {
            continue;
        };
        // A file that is away for a moment is being replaced: wait for what comes.
        let Ok(contents) = fs::read(file) else {
            continue;
        };
        if known.as_ref() != Some(&contents) {
            *known = Some(contents);
            saved();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Instant;

    fn watched() -> (tempfile::TempDir, PathBuf, Watch, mpsc::Receiver<()>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("exercise/src/lib.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "one").unwrap();
        let (sender, saves) = mpsc::channel();
        let watch = Watch::below(folder.path(), move || sender.send(()).unwrap_or(()));
        watch.follow(&file);
        std::thread::sleep(Duration::from_millis(50));
        (folder, file, watch, saves)
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
    fn a_burst_of_saves_ends_with_a_look_at_the_last() {
        let (_folder, file, _watch, saves) = watched();
        let start = Instant::now();
        (0..500).for_each(|i| fs::write(&file, format!("{i}")).unwrap());
        assert!(saves.recv_timeout(SOON).is_ok());
        std::thread::sleep(Duration::from_millis(300));
        let looks = 1 + saves.try_iter().count();
        assert!(looks < 500, "{looks} looks in {:?}", start.elapsed());
    }
}
