//! Where the files of a course lie.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use super::Entry;

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
        todo!("{start:?}")
    }

    /// The course in exactly this folder.
    ///
    /// # Errors
    /// As [`Layout::discover`], without looking further up.
    pub fn at(root: &Path) -> Result<Self, LayoutError> {
        todo!("{root:?}")
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
            Shape::Initialised => self.state_dir().join("course"),
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
        todo!()
    }

    /// The right answers by others, by file name; none if there is no folder.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn accepted(&self) -> io::Result<Vec<PathBuf>> {
        todo!()
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for LayoutError {}
