//! Whose turn it is to build: who builds ahead gives way to everybody who waits for cargo.
//!
//! Who waits holds a lock on a file, which ends with the process however that ends. Who
//! builds ahead looks at it now and then. A lock of cargo's own would be waited for in the
//! order of arrival, for minutes.

use std::fs::{self, File, TryLockError};
use std::path::Path;

/// That somebody waits for a build, for as long as this lives.
pub(super) struct Waiting {
    _lock: Option<File>,
}

impl Waiting {
    /// Tells everybody who builds ahead in the workspace at `root`. Where that cannot be
    /// told, it costs time only.
    pub(super) fn announce(root: &Path) -> Self {
        let file = open(root);
        Self {
            _lock: file.filter(|file| file.lock_shared().is_ok()),
        }
    }
}

/// Whether somebody waits for a build of the workspace at `root`.
pub(super) fn is_awaited(root: &Path) -> bool {
    let tried = open(root).map(|file| file.try_lock());
    matches!(tried, Some(Err(TryLockError::WouldBlock)))
}

fn open(root: &Path) -> Option<File> {
    let folder = root.join("target/llmlings");
    fs::create_dir_all(&folder).ok()?;
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(folder.join("awaited.lock"));
    file.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_awaited_for_as_long_as_somebody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(!is_awaited(root));
        let one = Waiting::announce(root);
        let two = Waiting::announce(root);
        assert!(is_awaited(root));
        drop(one);
        assert!(is_awaited(root));
        drop(two);
        assert!(!is_awaited(root));
    }
}
