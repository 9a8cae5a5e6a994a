//! The system's notifications about changes below a folder, and whether they can be had.

use super::files::Sign;
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::SystemTime;

/// Notifications about everything below a folder, for as long as this lives.
pub struct Notifications {
    folder: PathBuf,
    control: Sender<Sign>,
    state: Result<RecommendedWatcher, String>,
    /// Which folder is watched: another one may take its name.
    identity: Option<Identity>,
}

/// Device and number, and time of birth: numbers are used again.
type Identity = (u64, u64, Option<SystemTime>);

impl Notifications {
    /// Asks for notifications below `folder`.
    pub(super) fn below(folder: &Path, control: Sender<Sign>) -> Self {
        let identity = identity(folder);
        Self {
            state: watcher(folder, control.clone()),
            folder: folder.to_path_buf(),
            control,
            identity,
        }
    }

    /// Asks anew where the folder is another one now than the one that is watched.
    pub fn renew(&mut self) {
        let now = identity(&self.folder);
        if now.is_some() && now != self.identity {
            self.identity = now;
            self.state = watcher(&self.folder, self.control.clone());
        }
    }

    /// Why nothing, or not everything, is told; none if all is well.
    pub fn silence(&self) -> Option<String> {
        let told = match &self.state {
            Err(why) => Some(why.clone()),
            Ok(_) => remote(&self.folder).map(|kind| {
                format!("The course lies on a drive ({kind}) that may tell of no changes.")
            }),
        };
        told.map(|why| format!("{why} Looking four times a second instead."))
    }
}

fn watcher(folder: &Path, control: Sender<Sign>) -> Result<RecommendedWatcher, String> {
    let tell = move |event: notify::Result<notify::Event>| {
        // Reading the file is an event too: our own look must not cause the next one.
        let touched = event.map_or(true, |event| !event.kind.is_access());
        if touched {
            let _ = control.send(Sign::Changed);
        }
    };
    let asked = RecommendedWatcher::new(tell, Config::default()).and_then(|mut watcher| {
        watcher.watch(folder, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    asked.map_err(|e| explain(&e))
}

fn explain(error: &notify::Error) -> String {
    // The numbers of EMFILE: too many inotify instances of this user.
    let raise = match &error.kind {
        ErrorKind::MaxFilesWatch => " (raise fs.inotify.max_user_watches)",
        ErrorKind::Io(e) if e.raw_os_error() == Some(24) => {
            " (raise fs.inotify.max_user_instances)"
        }
        _ => "",
    };
    let words = match &error.kind {
        ErrorKind::Io(e) => e.to_string(),
        _ => error.to_string(),
    };
    format!("The system tells of no changes: {words}{raise}.")
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(folder).ok()?;
    Some((metadata.dev(), metadata.ino(), metadata.created().ok()))
}

/// Elsewhere a watched folder cannot be replaced, or its handle follows.
#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    fs::metadata(folder).ok().map(|_| (0, 0, None))
}

/// The kind of file system that `folder` lies on, if other machines may change its files
/// behind this one's back.
fn remote(folder: &Path) -> Option<String> {
    let table = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let folder = fs::canonicalize(folder).ok()?;
    remote_in(&table, &folder)
}

fn remote_in(mountinfo: &str, folder: &Path) -> Option<String> {
    let mounts = mountinfo.lines().filter_map(|line| {
        let (mount, kind) = line.split_once(" - ")?;
        let place = mount.split(' ').nth(4)?.replace("\\040", " ");
        let kind = kind.split(' ').next()?;
        folder
            .starts_with(&place)
            .then(|| (place.len(), kind.to_string()))
    });
    // Of two mounts at one place the later one is on top.
    let (_, kind) = mounts.max_by_key(|(length, _)| *length)?;
    let remote = [
        "9p",
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "drvfs",
        "vboxsf",
        "prl_fs",
        "fakeowner",
    ];
    (remote.contains(&kind.as_str()) || kind.starts_with("fuse.")).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
25 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
60 25 0:50 / /mnt/c rw,noatime - 9p drvfs rw,dirsync
61 25 0:51 / /home/me/my\\040share rw shared:5 - nfs4 server:/x rw
62 61 8:2 / /home/me/my\\040share/local rw - ext4 /dev/sdb1 rw
";

    #[test]
    fn drives_of_other_machines_are_known_by_their_kind() {
        let kind = |folder: &str| remote_in(MOUNTS, Path::new(folder));
        assert_eq!(kind("/home/me/course"), None);
        assert_eq!(kind("/mnt/c/Users/me").as_deref(), Some("9p"));
        assert_eq!(kind("/home/me/my share/course").as_deref(), Some("nfs4"));
        assert_eq!(kind("/home/me/my share/local/course"), None);
        assert_eq!(kind("/mnt/course"), None);
    }
}
