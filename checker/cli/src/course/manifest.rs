//! `info.toml`: the course in order, as typed values.
//!
//! A course is written by hand, so a mistake in it is met with the line it is on and
//! what to do about it, and all mistakes are told at once ([`ManifestError`]).

mod problem;

use std::{fmt, path::Path, time::Duration};

pub use problem::{ManifestError, Problem};

/// The newest `format_version` of `info.toml` that this program reads.
pub const FORMAT_VERSION: u64 = 1;

/// A whole course: what to learn, in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The course's title.
    pub title: String,
    /// The spirals in order. A spiral may have no stages yet.
    pub spirals: Vec<Spiral>,
    /// Ways through the course for different learners.
    pub paths: Vec<LearningPath>,
}

/// A turn of the spiral: several stages that together make one whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Spiral {
    /// Stable name, such as `foundations`.
    pub id: String,
    /// What people read.
    pub title: String,
    /// The stages in order.
    pub stages: Vec<Stage>,
}

/// A stage: one folder of exercises with its notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Folder below `exercises/` and `solutions/`, such as `03_backprop`.
    pub folder: String,
    /// The `NN` of the folder.
    pub number: u32,
    /// What people read.
    pub title: String,
    /// The exercises in order.
    pub exercises: Vec<Exercise>,
}

/// One exercise, which is one crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// Stable name; also the folder, the package and the module.
    pub id: String,
    /// Earlier names: progress recorded under them still counts.
    pub aliases: Vec<String>,
    /// What people read.
    pub title: String,
    /// What the learner does in it.
    pub kind: Kind,
    /// 1 (a warm-up) to 4 (hard).
    pub difficulty: u8,
    /// How long it takes, in minutes, as a guide.
    pub minutes: u32,
    /// What it is worth in a grading.
    pub points: u32,
    /// A ladder of hints: where to look, which idea, nearly how.
    pub hints: Vec<String>,
    /// Ids of earlier exercises that return in this one.
    pub revisits: Vec<String>,
    /// Built with optimisation, because it trains something.
    pub heavy: bool,
    /// What it runs on.
    pub device: Device,
    /// How long one run of its checks may take.
    pub time_limit: Duration,
    /// The question of the sealed one-number guess; there exactly if [`Kind::Predict`].
    pub guess: Option<String>,
}

/// What a learner does in an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Write what is missing.
    Todo,
    /// Find what is wrong in code that compiles and half works.
    Bug,
    /// Guess first, then write the formula, then measure.
    Predict,
    /// Do it with less: fewer operations, bytes or loads.
    Perf,
    /// Put a stage together.
    Capstone,
}

/// What an exercise runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Device {
    /// Ordinary code.
    Cpu,
    /// A CubeCL kernel.
    Gpu,
}

/// A way through the course for one kind of learner.
#[derive(Debug, Clone, PartialEq)]
pub struct LearningPath {
    /// Stable name, such as `ml-engineer`.
    pub id: String,
    /// What people read.
    pub title: String,
    /// Whom it is for.
    pub audience: String,
    /// Exercise ids in order.
    pub exercises: Vec<String>,
}

/// An exercise with the stage and spiral it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'m> {
    /// Place in the whole course, from 0.
    pub index: usize,
    /// The spiral it is in.
    pub spiral: &'m Spiral,
    /// The stage it is in.
    pub stage: &'m Stage,
    /// The exercise itself.
    pub exercise: &'m Exercise,
}

/// Why a name given by a person leads to no single thing in the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindError {
    /// Nothing is called that.
    Unknown {
        /// What was looked for: "exercise" or "learning path".
        what: &'static str,
        /// The name that was given.
        name: String,
        /// Names that come near it, nearest first; may be empty.
        suggestions: Vec<String>,
    },
    /// Several exercises begin with it.
    Ambiguous {
        /// The name that was given.
        name: String,
        /// What it could mean, in the course's order.
        candidates: Vec<String>,
    },
}

impl Manifest {
    /// Reads and checks an `info.toml`.
    ///
    /// # Errors
    /// Every problem found, each with its line; see [`ManifestError`].
    pub fn read(file: &Path) -> Result<Self, ManifestError> {
        todo!("{file:?}")
    }

    /// Checks the text of an `info.toml`; `file` only names it in errors.
    ///
    /// # Errors
    /// Every problem found, each with its line; see [`ManifestError`].
    pub fn parse(text: &str, file: &Path) -> Result<Self, ManifestError> {
        todo!("{text} {file:?}")
    }

    /// All exercises in the course's order.
    pub fn exercises(&self) -> impl Iterator<Item = Entry<'_>> {
        self.spirals
            .iter()
            .flat_map(|spiral| spiral.stages.iter().map(move |stage| (spiral, stage)))
            .flat_map(|(spiral, stage)| {
                stage
                    .exercises
                    .iter()
                    .map(move |exercise| (spiral, stage, exercise))
            })
            .enumerate()
            .map(|(index, (spiral, stage, exercise))| Entry {
                index,
                spiral,
                stage,
                exercise,
            })
    }

    /// The exercise whose id or alias is exactly `name`.
    pub fn get(&self, name: &str) -> Option<Entry<'_>> {
        self.exercises()
            .find(|entry| entry.exercise.answers_to(name))
    }

    /// The exercise that a person means by `name`: an id, an alias, or the beginning of
    /// exactly one id.
    ///
    /// # Errors
    /// [`FindError`], with what else could be meant.
    pub fn find(&self, name: &str) -> Result<Entry<'_>, FindError> {
        todo!("{name}")
    }

    /// The learning path called `id`.
    ///
    /// # Errors
    /// [`FindError::Unknown`], with paths that come near.
    pub fn path(&self, id: &str) -> Result<&LearningPath, FindError> {
        todo!("{id}")
    }

    /// The exercises of a learning path in its order.
    pub fn path_exercises<'m>(&'m self, path: &'m LearningPath) -> impl Iterator<Item = Entry<'m>> {
        path.exercises.iter().filter_map(|id| self.get(id))
    }
}

impl Exercise {
    /// Whether `name` is its id or one of its earlier ids.
    pub fn answers_to(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias == name)
    }
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for FindError {}
