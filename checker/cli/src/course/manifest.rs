//! `info.toml`: the course in order, as typed values.
//!
//! A course is written by hand, so a mistake in it is met with the line it is on and
//! what to do about it, and all mistakes are told at once ([`ManifestError`]).

mod fields;
mod find;
mod names;
mod problem;
mod reading;

use std::{path::Path, time::Duration};

use problem::Findings;
use toml::de::{DeTable, DeValue};

pub use find::FindError;
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

impl Kind {
    /// As in `info.toml`: `todo`, `bug`, `predict`, `perf` or `capstone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Bug => "bug",
            Self::Predict => "predict",
            Self::Perf => "perf",
            Self::Capstone => "capstone",
        }
    }
}

impl Device {
    /// As in `info.toml`: `cpu` or `gpu`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }
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

impl Manifest {
    /// Reads and checks an `info.toml`.
    ///
    /// # Errors
    /// Every problem found, each with its line; see [`ManifestError`].
    pub fn read(file: &Path) -> Result<Self, ManifestError> {
        let text = std::fs::read_to_string(file).map_err(|source| ManifestError::Unreadable {
            file: file.to_path_buf(),
            source,
        })?;
        Self::parse(&text, file)
    }

    /// Checks the text of an `info.toml`; `file` only names it in errors.
    ///
    /// # Errors
    /// Every problem found, each with its line; see [`ManifestError`].
    pub fn parse(text: &str, file: &Path) -> Result<Self, ManifestError> {
        let root = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            ManifestError::Problems {
                file: file.to_path_buf(),
                problems: vec![Problem::at(text, span, error.message().to_string(), None)],
            }
        })?;
        // A newer file may well look wrong to us, so this comes before every complaint.
        if let Some(found) = format_version(root.get_ref()).filter(|found| *found > FORMAT_VERSION)
        {
            let file = file.to_path_buf();
            return Err(ManifestError::Newer { file, found });
        }
        let mut findings = Findings::default();
        let (manifest, names) = reading::manifest(root.get_ref(), &mut findings);
        names.check(&mut findings);
        findings.into_result(text, file)?;
        Ok(manifest)
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
        if let Some(entry) = self.get(name) {
            return Ok(entry);
        }
        let begins = |entry: &Entry<'_>| !name.is_empty() && entry.exercise.id.starts_with(name);
        let mut candidates: Vec<Entry<'_>> = self.exercises().filter(begins).collect();
        match candidates.len() {
            0 => Err(FindError::unknown("exercise", name, self.known_names())),
            1 => Ok(candidates.remove(0)),
            _ => Err(FindError::Ambiguous {
                name: name.to_string(),
                candidates: candidates
                    .iter()
                    .map(|entry| entry.exercise.id.clone())
                    .collect(),
            }),
        }
    }

    fn known_names(&self) -> impl Iterator<Item = &str> {
        self.exercises().flat_map(|Entry { exercise, .. }| {
            std::iter::once(exercise.id.as_str()).chain(exercise.aliases.iter().map(String::as_str))
        })
    }

    /// The learning path called `id`.
    ///
    /// # Errors
    /// [`FindError::Unknown`], with paths that come near.
    pub fn path(&self, id: &str) -> Result<&LearningPath, FindError> {
        let paths = self.paths.iter();
        paths.clone().find(|path| path.id == id).ok_or_else(|| {
            FindError::unknown("learning path", id, paths.map(|path| path.id.as_str()))
        })
    }

    /// The stage that a person means by `name`: its number, its folder, or the word of it.
    ///
    /// # Errors
    /// [`FindError::Unknown`], with stages that come near.
    pub fn stage(&self, name: &str) -> Result<&Stage, FindError> {
        let stages = || self.spirals.iter().flat_map(|spiral| &spiral.stages);
        let word = |stage: &Stage| stage.folder.split_once('_').is_some_and(|(_, w)| w == name);
        stages()
            .find(|stage| name.parse() == Ok(stage.number) || stage.folder == name || word(stage))
            .ok_or_else(|| {
                FindError::unknown("stage", name, stages().map(|stage| stage.folder.as_str()))
            })
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

/// The version of the file's format, if it says one.
fn format_version(root: &DeTable<'_>) -> Option<u64> {
    let version = root.get("format_version").map(|value| value.get_ref());
    let integer = version.and_then(DeValue::as_integer)?;
    u64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

#[cfg(test)]
mod tests;
