//! Where the files of a course lie.

mod files;

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

pub use files::ExerciseFiles;

use super::Entry;

/// Where an initialised folder keeps what it does not show.
pub(super) const COURSE: &str = ".llmlings/course";

/// How a course's folder came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The course's repository: `solutions/` and `checker/` at the top.
    Clone,
    /// Made by `llmlings init`: both lie in `.llmlings/course/`.
    Initialised,
}

/// A course's folder, and with it the place of every file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
    shape: Shape,
}

/// Why no course was found.
#[derive(Debug)]
pub enum LayoutError {
    /// Neither the folder nor one above it is a course.
    NotACourse {
        /// Where the search began.
        start: PathBuf,
    },
    /// A course without the part that `init` or a clone brings along.
    Incomplete {
        /// The course's folder.
        root: PathBuf,
    },
    /// The starting folder itself could not be used.
    Unreadable {
        /// The folder.
        start: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Layout {
    /// Looks for the course in `start` and the folders above it.
    ///
    /// A course is a folder with an `info.toml` and an `exercises/` beside it.
    ///
    /// # Errors
    /// [`LayoutError`]: there is none, or it lacks its checker and solutions.
    pub fn discover(start: &Path) -> Result<Self, LayoutError> {
        let unreadable = |source| LayoutError::Unreadable {
            start: start.to_path_buf(),
            source,
        };
        let start = fs::canonicalize(start).map_err(unreadable)?;
        let start = plain_path(start);
        match start.ancestors().find(|folder| is_course(folder)) {
            Some(root) => Self::of(root.to_path_buf()),
            None => Err(LayoutError::NotACourse { start }),
        }
    }

    /// The course in exactly this folder.
    ///
    /// # Errors
    /// As [`Layout::discover`], without looking further up.
    pub fn at(root: &Path) -> Result<Self, LayoutError> {
        let unreadable = |source| LayoutError::Unreadable {
            start: root.to_path_buf(),
            source,
        };
        let root = plain_path(fs::canonicalize(root).map_err(unreadable)?);
        if is_course(&root) {
            Self::of(root)
        } else {
            Err(LayoutError::NotACourse { start: root })
        }
    }

    fn of(root: PathBuf) -> Result<Self, LayoutError> {
        // The repository may have been worked in by an initialised folder's program, but
        // never has a `.llmlings/course/`; so that decides.
        let shape = if root.join(COURSE).is_dir() {
            Shape::Initialised
        } else if root.join("solutions").is_dir() {
            Shape::Clone
        } else {
            return Err(LayoutError::Incomplete { root });
        };
        Ok(Self { root, shape })
    }

    /// The course's folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How the folder came to be.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// `info.toml`.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("info.toml")
    }

    /// `exercises/`.
    pub fn exercises_dir(&self) -> PathBuf {
        self.root.join("exercises")
    }

    /// What holds `solutions/` and `checker/`: the root, or `.llmlings/course/`.
    pub fn course_dir(&self) -> PathBuf {
        match self.shape {
            Shape::Clone => self.root.clone(),
            Shape::Initialised => self.root.join(COURSE),
        }
    }

    /// `solutions/`: a package called `course`.
    pub fn solutions_dir(&self) -> PathBuf {
        self.course_dir().join("solutions")
    }

    /// `checker/`.
    pub fn checker_dir(&self) -> PathBuf {
        self.course_dir().join("checker")
    }

    /// `.llmlings/`: what is the learner's alone, never committed.
    pub fn state_dir(&self) -> PathBuf {
        self.root.join(".llmlings")
    }

    /// `target/llmlings/`: everything that can be made again.
    pub fn scratch_dir(&self) -> PathBuf {
        self.root.join("target").join("llmlings")
    }

    /// The notes of a stage: `exercises/NN_stage/README.md`.
    pub fn notes(&self, stage: &str) -> PathBuf {
        self.exercises_dir().join(stage).join("README.md")
    }

    /// The files of one exercise.
    pub fn exercise(&self, entry: Entry<'_>) -> ExerciseFiles {
        ExerciseFiles::new(self, &entry.stage.folder, &entry.exercise.id)
    }
}

/// Whether a folder is a course: an `info.toml` with `exercises/` beside it.
fn is_course(folder: &Path) -> bool {
    folder.join("info.toml").is_file() && folder.join("exercises").is_dir()
}

/// A path without the `\\?\` that Windows puts before a canonical one, because cargo and
/// people do not expect it.
pub fn plain_path(path: PathBuf) -> PathBuf {
    let plain = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
    match plain.filter(|text| text.as_bytes().get(1) == Some(&b':')) {
        Some(plain) => PathBuf::from(plain),
        None => path,
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACourse { start } => write!(
                f,
                "there is no course in {} or above it: no info.toml with exercises/ beside it\n\
                 = go to your course's folder, or make one: `llmlings init DIR`",
                start.display()
            ),
            Self::Incomplete { root } => write!(
                f,
                "the course in {} lacks its hidden part, .llmlings/course/\n\
                 = bring it back: `llmlings init --update {}`",
                root.display(),
                root.display()
            ),
            Self::Unreadable { start, source } => {
                write!(f, "cannot look into {}: {source}", start.display())
            }
        }
    }
}

impl std::error::Error for LayoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::course::sample::SampleCourse;

    #[test]
    fn a_course_is_found_from_any_folder_within() {
        let course = SampleCourse::create();
        let deep = course.layout.exercise(course.entry("best_step")).dir();
        let found = Layout::discover(&deep).unwrap();
        assert_eq!(found, course.layout);
        assert_eq!(found.shape(), Shape::Clone);
        assert_eq!(Layout::discover(&course.root()).unwrap(), found);
    }

    #[test]
    fn an_initialised_folder_hides_solutions_and_checker() {
        let course = SampleCourse::create();
        let hidden = course.root().join(".llmlings/course");
        fs::create_dir_all(&hidden).unwrap();
        fs::rename(course.root().join("solutions"), hidden.join("solutions")).unwrap();
        let layout = Layout::at(&course.root()).unwrap();
        assert_eq!(layout.shape(), Shape::Initialised);
        let files = layout.exercise(course.entry("count_pairs"));
        assert!(files.starter().is_file());
        assert!(files.answer().is_file());
        assert!(layout.checker_dir().ends_with(".llmlings/course/checker"));
    }

    #[test]
    fn no_course_and_half_a_course_say_what_to_do() {
        let empty = tempfile::tempdir().unwrap();
        let error = Layout::discover(empty.path()).unwrap_err().to_string();
        assert!(error.contains("llmlings init DIR"), "{error}");

        fs::write(empty.path().join("info.toml"), "").unwrap();
        fs::create_dir(empty.path().join("exercises")).unwrap();
        let error = Layout::discover(empty.path()).unwrap_err().to_string();
        assert!(error.contains("llmlings init --update"), "{error}");

        let error = Layout::discover(&empty.path().join("gone")).unwrap_err();
        assert!(matches!(error, LayoutError::Unreadable { .. }), "{error}");
    }

    #[test]
    fn a_path_of_windows_loses_its_prefix_only_where_it_may() {
        let shown = |path: &str| plain_path(PathBuf::from(path)).display().to_string();
        assert_eq!(shown(r"\\?\C:\course"), r"C:\course");
        assert_eq!(shown(r"\\?\UNC\host\course"), r"\\?\UNC\host\course");
        assert_eq!(shown("/home/course"), "/home/course");
    }
}
