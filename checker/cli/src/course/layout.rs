//! Where the files of a course lie.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::Entry;

/// Where an initialised folder keeps what it does not show.
const COURSE: &str = ".llmlings/course";

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

/// The files of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExerciseFiles {
    layout: Layout,
    stage: String,
    id: String,
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
        let start = simple(start);
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
        let root = simple(fs::canonicalize(root).map_err(unreadable)?);
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
        ExerciseFiles {
            layout: self.clone(),
            stage: entry.stage.folder.clone(),
            id: entry.exercise.id.clone(),
        }
    }
}

impl ExerciseFiles {
    /// The exercise's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `exercises/NN_stage/<id>/`: a crate.
    pub fn dir(&self) -> PathBuf {
        self.layout.exercises_dir().join(&self.stage).join(&self.id)
    }

    /// The crate's `Cargo.toml`.
    pub fn cargo_manifest(&self) -> PathBuf {
        self.dir().join("Cargo.toml")
    }

    /// The learner's answer: `src/lib.rs`.
    pub fn answer(&self) -> PathBuf {
        self.dir().join("src").join("lib.rs")
    }

    /// What must hold: `checks.rs`.
    pub fn checks(&self) -> PathBuf {
        self.dir().join("checks.rs")
    }

    /// The notes of its stage.
    pub fn notes(&self) -> PathBuf {
        self.layout.notes(&self.stage)
    }

    /// `solutions/NN_stage/<id>/`.
    pub fn solution_dir(&self) -> PathBuf {
        self.layout.solutions_dir().join(&self.stage).join(&self.id)
    }

    /// The pristine starter.
    pub fn starter(&self) -> PathBuf {
        self.solution_dir().join("starter.rs")
    }

    /// The reference.
    pub fn solution(&self) -> PathBuf {
        self.solution_dir().join("solution.rs")
    }

    /// The folder of classic wrong answers.
    pub fn mistakes_dir(&self) -> PathBuf {
        self.solution_dir().join("mistakes")
    }

    /// The folder of right answers by others.
    pub fn accepted_dir(&self) -> PathBuf {
        self.solution_dir().join("accepted")
    }

    /// Where insta keeps recorded outputs.
    pub fn snapshots_dir(&self) -> PathBuf {
        self.solution_dir().join("snapshots")
    }

    /// The script that computes the outside values.
    pub fn oracle_script(&self) -> PathBuf {
        self.layout
            .solutions_dir()
            .join("oracles")
            .join(format!("{}.py", self.id))
    }

    /// The values recorded from that script.
    pub fn oracle_values(&self) -> PathBuf {
        self.layout
            .solutions_dir()
            .join("oracles")
            .join("values")
            .join(format!("{}.json", self.id))
    }

    /// Where earlier answers are kept when they are replaced.
    pub fn backup_dir(&self) -> PathBuf {
        self.layout.state_dir().join("backup").join(&self.id)
    }

    /// Where what is built for this exercise may lie.
    pub fn scratch_dir(&self) -> PathBuf {
        self.layout.scratch_dir().join(&self.id)
    }

    /// The classic wrong answers, by file name; none if there is no folder.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn mistakes(&self) -> io::Result<Vec<PathBuf>> {
        rust_files(&self.mistakes_dir())
    }

    /// The right answers by others, by file name; none if there is no folder.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn accepted(&self) -> io::Result<Vec<PathBuf>> {
        rust_files(&self.accepted_dir())
    }
}

/// Whether a folder is a course: an `info.toml` with `exercises/` beside it.
fn is_course(folder: &Path) -> bool {
    folder.join("info.toml").is_file() && folder.join("exercises").is_dir()
}

/// A path without the `\\?\` that Windows puts before a canonical one, because cargo and
/// people do not expect it.
fn simple(path: PathBuf) -> PathBuf {
    let plain = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
    match plain.filter(|text| text.as_bytes().get(1) == Some(&b':')) {
        Some(plain) => PathBuf::from(plain),
        None => path,
    }
}

/// The `.rs` files of a folder, by name.
fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
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
    fn mistakes_are_listed_by_name_and_may_be_none() {
        let course = SampleCourse::create();
        let files = course.layout.exercise(course.entry("count_pairs"));
        assert_eq!(files.mistakes().unwrap(), [PathBuf::new(); 0]);
        fs::create_dir_all(files.mistakes_dir()).unwrap();
        for name in ["b.rs", "a.rs", "notes.md"] {
            fs::write(files.mistakes_dir().join(name), "").unwrap();
        }
        let names: Vec<_> = files
            .mistakes()
            .unwrap()
            .iter()
            .filter_map(|file| Some(file.file_name()?.to_str()?.to_string()))
            .collect();
        assert_eq!(names, ["a.rs", "b.rs"]);
    }

    #[test]
    fn a_path_of_windows_loses_its_prefix_only_where_it_may() {
        let shown = |path: &str| simple(PathBuf::from(path)).display().to_string();
        assert_eq!(shown(r"\\?\C:\course"), r"C:\course");
        assert_eq!(shown(r"\\?\UNC\host\course"), r"\\?\UNC\host\course");
        assert_eq!(shown("/home/course"), "/home/course");
    }
}
