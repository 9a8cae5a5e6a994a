//! What authors of exercises need: proofs that an exercise is finished, generated files,
//! skeletons, outside values.
//!
//! Everything here returns data. [`check::check_exercise`] is the heart: it tries every
//! answer of an exercise and says what is not as it should be. The proof of the whole
//! course under `cargo test` asks the same functions.

pub mod answers;
pub mod check;
pub mod files;
pub mod finding;
pub mod generate;
pub mod inputs;
pub mod mutants;
pub mod oracle;
pub mod rules;
pub mod separation;
pub mod skeleton;
pub mod snapshots;
pub mod starters;
mod style;
pub mod text;
pub mod trial;

pub use answers::{Answer, Role};
pub use check::{ExerciseCheck, Options, check_course, check_exercise};
pub use finding::Finding;
pub use mutants::{Fate, Mutation};
pub use separation::{Clarity, Separation};
pub use trial::{Trial, Trials, try_answers};

use crate::course::{Entry, ExerciseFiles, Layout, Manifest};
use crate::runner::{Cancel, Runner};
use crate::side_by_side;

/// How many answers are tried at once.
fn at_once() -> usize {
    side_by_side::processors().min(4)
}

/// What authors work with: a course, and the means to compile and run its answers.
#[derive(Clone, Copy, Debug)]
pub struct Workshop<'a> {
    /// Where the files are.
    pub layout: &'a Layout,
    /// What the course consists of.
    pub manifest: &'a Manifest,
    /// Compiles and runs.
    pub runner: &'a Runner,
    /// The wish that the work be given up.
    pub cancel: &'a Cancel,
}

impl Workshop<'_> {
    /// The files of one exercise.
    pub fn files(&self, entry: Entry<'_>) -> ExerciseFiles {
        self.layout.exercise(entry)
    }
}
