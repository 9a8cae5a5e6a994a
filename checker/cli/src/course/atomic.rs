//! Writing a file so that it is either the old one or the new one, never a third.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// What the name of a temporary file begins and ends with.
const PREFIX: &str = ".llmlings-";
const SUFFIX: &str = ".tmp";

/// Replaces a file: a temporary file in the same folder is written, brought to the disk
/// and renamed over it. Folders above it are made where they lack. A link is followed,
/// so that it stays a link.
///
/// # Errors
/// What the system said; the old file is then as it was.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let folder = folder_of(&target)?;
    written_beside(&target, &folder, bytes)?
        .persist(&target)
        .map_err(|error| error.error)?;
    settle(&folder);
    Ok(())
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`], or what the system said; no file is left then.
pub(crate) fn create(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(file)?;
    written_beside(file, &folder, bytes)?
        .persist_noclobber(file)
        .map_err(|error| error.error)?;
    settle(&folder);
    Ok(())
}

fn folder_of(file: &Path) -> io::Result<PathBuf> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    Ok(folder.to_path_buf())
}

/// Whether a file is one that [`replace`] or [`create`] did not live to finish.
pub(crate) fn is_temporary(file: &Path) -> bool {
    file.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
}

/// A temporary file beside `file` that holds `bytes`, on the disk. Hidden, so that no
/// watcher or compiler takes it for the file itself.
fn written_beside(file: &Path, folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(permissions(file));
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Those of the file that is replaced, or what the learner's umask makes of any new file;
/// a temporary file's own would lock others out of an answer.
#[cfg(unix)]
fn permissions(file: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(file).map_or_else(
        |_| fs::Permissions::from_mode(0o666),
        |metadata| metadata.permissions(),
    )
}

/// Brings the rename itself to the disk. A file system that cannot is not worth failing for:
/// the file is written already.
fn settle(folder: &Path) {
    #[cfg(unix)]
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_file_replaces_the_old_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/er/file");
        replace(&file, b"one").unwrap();
        replace(&file, b"two").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_must_be_new_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("1.rs");
        create(&file, b"one").unwrap();
        let error = create(&file, b"two").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
