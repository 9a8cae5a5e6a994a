//! The starter of an exercise: telling whether it was touched, bringing it back, and
//! taking that back.
//!
//! No answer is ever lost: what is replaced is kept in `.llmlings/backup/<id>/<n>.rs`
//! first, under a number that is never used again.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::{ContentHash, ExerciseFiles, atomic};

/// What a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// The answer was the starter already; nothing was written.
    AlreadyPristine,
    /// The starter is back.
    Done {
        /// Where the answer that was there is kept; `None` if there was none.
        backup: Option<PathBuf>,
    },
}

/// What taking back a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The backup that is the answer again.
    pub restored: PathBuf,
    /// Where the answer that was there is kept; `None` if there was none.
    pub backup: Option<PathBuf>,
}

/// Why a starter could not be read or brought back. The answer is as it was.
#[derive(Debug)]
pub enum StarterError {
    /// The course lacks the pristine starter.
    NoStarter {
        /// Where it should be.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no earlier answer that differs from the one that is there.
    NothingToUndo {
        /// The exercise.
        id: String,
    },
    /// A file could not be read or written.
    Io {
        /// What was attempted, such as "write".
        doing: &'static str,
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The pristine starter.
///
/// # Errors
/// [`StarterError::NoStarter`].
pub fn pristine(files: &ExerciseFiles) -> Result<Vec<u8>, StarterError> {
    let file = files.starter();
    fs::read(&file).map_err(|source| StarterError::NoStarter { file, source })
}

/// Whether the answer is the starter still, whatever its line ends. A missing answer is
/// not.
///
/// # Errors
/// The starter or the answer cannot be read.
pub fn is_pristine(files: &ExerciseFiles) -> Result<bool, StarterError> {
    let starter = pristine(files)?;
    let answer = read_if_there(&files.answer())?;
    Ok(answer.is_some_and(|answer| same(&answer, &starter)))
}

/// Brings the starter back, after keeping the answer that is there.
///
/// # Errors
/// [`StarterError`]; the answer is then as it was.
pub fn reset(files: &ExerciseFiles) -> Result<Reset, StarterError> {
    let starter = pristine(files)?;
    let answer = read_if_there(&files.answer())?;
    if answer
        .as_deref()
        .is_some_and(|answer| same(answer, &starter))
    {
        return Ok(Reset::AlreadyPristine);
    }
    let backup = answer.map(|answer| keep(files, &answer)).transpose()?;
    write(&files.answer(), &starter)?;
    Ok(Reset::Done { backup })
}

/// Brings back the newest kept answer that differs from the one that is there, after
/// keeping that one: so undoing twice is redoing.
///
/// # Errors
/// [`StarterError`]; the answer is then as it was.
pub fn undo_reset(files: &ExerciseFiles) -> Result<Undone, StarterError> {
    let answer = read_if_there(&files.answer())?;
    for (_, restored) in backups(files)?.into_iter().rev() {
        let Some(kept) = read_if_there(&restored)? else {
            continue;
        };
        if answer.as_deref().is_some_and(|answer| same(answer, &kept)) {
            continue;
        }
        let backup = answer.map(|answer| keep(files, &answer)).transpose()?;
        write(&files.answer(), &kept)?;
        return Ok(Undone { restored, backup });
    }
    let id = files.id().to_string();
    Err(StarterError::NothingToUndo { id })
}

/// Whether two answers are equal but for line ends.
fn same(one: &[u8], other: &[u8]) -> bool {
    ContentHash::of(one) == ContentHash::of(other)
}

/// Keeps an answer under the next number, unless it is what was kept last.
fn keep(files: &ExerciseFiles, answer: &[u8]) -> Result<PathBuf, StarterError> {
    let last = backups(files)?.pop();
    let mut number = 1;
    if let Some((last_number, file)) = last {
        if read_if_there(&file)?.is_some_and(|kept| kept == answer) {
            return Ok(file);
        }
        number = last_number + 1;
    }
    loop {
        let file = files.backup_dir().join(format!("{number}.rs"));
        match atomic::create(&file, answer) {
            Ok(()) => return Ok(file),
            // Another llmlings was faster: take the next number.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(source) => return Err(io_error("keep a copy in", &file, source)),
        }
    }
}

/// The kept answers by number, ascending.
fn backups(files: &ExerciseFiles) -> Result<Vec<(u64, PathBuf)>, StarterError> {
    let folder = files.backup_dir();
    let failed = |source| io_error("look into", &folder, source);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut backups = Vec::new();
    for entry in entries {
        let file = entry.map_err(failed)?.path();
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let number = stem.and_then(|stem| stem.parse::<u64>().ok());
        let is_rust = file.extension().is_some_and(|extension| extension == "rs");
        backups.extend(number.filter(|_| is_rust).map(|number| (number, file)));
    }
    backups.sort();
    Ok(backups)
}

fn read_if_there(file: &Path) -> Result<Option<Vec<u8>>, StarterError> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(io_error("read", file, source)),
    }
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), StarterError> {
    atomic::replace(file, bytes).map_err(|source| io_error("write", file, source))
}

fn io_error(doing: &'static str, file: &Path, source: io::Error) -> StarterError {
    StarterError::Io {
        doing,
        file: file.to_path_buf(),
        source,
    }
}

impl fmt::Display for StarterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStarter { file, source } => write!(
                f,
                "the course lacks the starter {}: {source}\n= bring the course's files back: \
                 `llmlings init --update` in your own folder, `git checkout` in a clone",
                file.display()
            ),
            Self::NothingToUndo { id } => write!(
                f,
                "no earlier answer of `{id}` is kept that differs from the one that is there"
            ),
            Self::Io {
                doing,
                file,
                source,
            } => write!(
                f,
                "cannot {doing} {}: {source}\n= your answer is as it was",
                file.display()
            ),
        }
    }
}

impl std::error::Error for StarterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoStarter { source, .. } | Self::Io { source, .. } => Some(source),
            Self::NothingToUndo { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::sample::SampleCourse;

    /// A course, the files of one exercise, and its starter.
    fn setup() -> (SampleCourse, ExerciseFiles, String) {
        let course = SampleCourse::create();
        let files = course.layout.exercise(course.entry("count_pairs"));
        let starter = fs::read_to_string(files.starter()).unwrap();
        (course, files, starter)
    }

    fn answer(files: &ExerciseFiles) -> String {
        fs::read_to_string(files.answer()).unwrap()
    }

    fn backup(files: &ExerciseFiles, number: u32) -> PathBuf {
        files.backup_dir().join(format!("{number}.rs"))
    }

    #[test]
    fn an_untouched_starter_is_pristine_also_with_other_line_ends() {
        let (_course, files, starter) = setup();
        assert!(is_pristine(&files).unwrap());
        fs::write(files.answer(), starter.replace('\n', "\r\n")).unwrap();
        assert!(is_pristine(&files).unwrap());
        assert_eq!(reset(&files).unwrap(), Reset::AlreadyPristine);
        assert!(!files.backup_dir().exists());
        fs::write(files.answer(), "// mine").unwrap();
        assert!(!is_pristine(&files).unwrap());
        fs::remove_file(files.answer()).unwrap();
        assert!(!is_pristine(&files).unwrap());
    }

    #[test]
    fn a_reset_keeps_the_answer_byte_by_byte() {
        let (_course, files, starter) = setup();
        let mine = "// mine \u{fe0f}\r\n".repeat(3);
        fs::write(files.answer(), &mine).unwrap();
        let done = reset(&files).unwrap();
        assert_eq!(
            done,
            Reset::Done {
                backup: Some(backup(&files, 1))
            }
        );
        assert_eq!(answer(&files), starter);
        assert_eq!(fs::read_to_string(backup(&files, 1)).unwrap(), mine);
    }

    #[test]
    fn a_lost_answer_is_brought_back() {
        let (_course, files, starter) = setup();
        fs::remove_dir_all(files.dir()).unwrap();
        assert_eq!(reset(&files).unwrap(), Reset::Done { backup: None });
        assert_eq!(answer(&files), starter);
    }

    #[test]
    fn undoing_twice_is_redoing() {
        let (_course, files, starter) = setup();
        fs::write(files.answer(), "// mine").unwrap();
        reset(&files).unwrap();
        let undone = undo_reset(&files).unwrap();
        assert_eq!(undone.restored, backup(&files, 1));
        assert_eq!(answer(&files), "// mine");
        undo_reset(&files).unwrap();
        assert_eq!(answer(&files), starter);
        undo_reset(&files).unwrap();
        assert_eq!(answer(&files), "// mine");
    }

    #[test]
    fn backups_are_numbered_on_and_not_doubled() {
        let (_course, files, _) = setup();
        fs::create_dir_all(files.backup_dir()).unwrap();
        fs::write(backup(&files, 10), "// old").unwrap();
        fs::write(backup(&files, 9), "// older").unwrap();
        fs::write(files.backup_dir().join("notes.txt"), "").unwrap();
        for _ in 0..3 {
            fs::write(files.answer(), "// mine").unwrap();
            let done = reset(&files).unwrap();
            assert_eq!(
                done,
                Reset::Done {
                    backup: Some(backup(&files, 11))
                }
            );
        }
        assert_eq!(fs::read_to_string(backup(&files, 10)).unwrap(), "// old");
    }

    #[test]
    fn with_nothing_kept_there_is_nothing_to_undo() {
        let (_course, files, _) = setup();
        let error = undo_reset(&files).unwrap_err();
        assert!(matches!(error, StarterError::NothingToUndo { .. }));
        fs::create_dir_all(files.backup_dir()).unwrap();
        fs::copy(files.answer(), backup(&files, 1)).unwrap();
        assert!(undo_reset(&files).is_err());
    }

    #[test]
    fn without_a_starter_the_answer_stays() {
        let (_course, files, _) = setup();
        fs::remove_file(files.starter()).unwrap();
        fs::write(files.answer(), "// mine").unwrap();
        let error = reset(&files).unwrap_err().to_string();
        assert!(error.contains("starter.rs"), "{error}");
        assert_eq!(answer(&files), "// mine");
    }

    #[test]
    fn where_no_copy_can_be_kept_the_answer_stays() {
        let (course, files, _) = setup();
        fs::write(files.answer(), "// mine").unwrap();
        // A file where the folder of backups should be.
        fs::create_dir_all(course.layout.state_dir()).unwrap();
        fs::write(course.layout.state_dir().join("backup"), "").unwrap();
        let error = reset(&files).unwrap_err().to_string();
        assert!(error.contains("your answer is as it was"), "{error}");
        assert_eq!(answer(&files), "// mine");
    }
}
