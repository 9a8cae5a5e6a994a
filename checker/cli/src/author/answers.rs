//! Every answer that an exercise comes with.

use super::Workshop;
use crate::course::{Entry, ExerciseFiles};
use crate::runner::{Limits, Task};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// What an answer is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It is right, and what others are held against.
    Reference,
    /// It must fail as intended.
    Starter,
    /// It is right, and must pass.
    Accepted,
    /// It is wrong, and must be rejected and recognised.
    Mistake,
}

/// One answer file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is there for.
    pub role: Role,
    /// Its file's name without `.rs`.
    pub name: String,
    /// The file.
    pub file: PathBuf,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.role {
            Role::Reference => write!(f, "reference"),
            Role::Starter => write!(f, "starter"),
            Role::Accepted => write!(f, "accepted {}", self.name),
            Role::Mistake => write!(f, "mistake {}", self.name),
        }
    }
}

impl Answer {
    /// The name of its snapshot's file, of those answers that have one.
    pub fn snapshot(&self) -> Option<String> {
        match self.role {
            Role::Reference => Some("reference.snap".into()),
            Role::Mistake => Some(format!("mistake@{}.snap", self.name)),
            Role::Starter | Role::Accepted => None,
        }
    }

    /// How the runner is asked to compile and run it. What is built lies apart from what a
    /// learner's runs build.
    pub fn task(&self, workshop: &Workshop<'_>, entry: Entry<'_>, seeds: usize) -> Task {
        let files = workshop.files(entry);
        let folder = self.to_string().replace(' ', "-");
        Task {
            name: entry.exercise.id.clone(),
            answer: self.file.clone(),
            contents: None,
            checks: files.checks(),
            snapshots: files.snapshots_dir(),
            scratch: files.scratch_dir().join("author").join(folder),
            root: workshop.layout.root().to_path_buf(),
            libraries: entry.exercise.device.into(),
            optimise: entry.exercise.heavy,
            limits: Limits {
                time: entry.exercise.time_limit
                    * u32::try_from(seeds.max(1)).unwrap_or(u32::MAX)
                    * PATIENCE,
                ..Limits::default()
            },
        }
    }
}

/// Many answers are compiled and run at once, perhaps on a busy machine. What is proved of
/// them must not depend on that, so they get more time than a learner's answer by this.
pub const PATIENCE: u32 = 6;

/// The answers of an exercise: the reference first, then the starter, then those that must
/// pass, then those that must not.
///
/// # Errors
/// If a folder cannot be read.
pub fn answers(files: &ExerciseFiles) -> io::Result<Vec<Answer>> {
    let mut all = vec![
        one(Role::Reference, files.solution()),
        one(Role::Starter, files.starter()),
    ];
    all.extend(
        files
            .accepted()?
            .into_iter()
            .map(|f| one(Role::Accepted, f)),
    );
    all.extend(files.mistakes()?.into_iter().map(|f| one(Role::Mistake, f)));
    Ok(all)
}

/// The answer in a file.
pub fn one(role: Role, file: PathBuf) -> Answer {
    let stem = file.file_stem().unwrap_or_default();
    let name = stem.to_string_lossy().into_owned();
    Answer { role, name, file }
}
