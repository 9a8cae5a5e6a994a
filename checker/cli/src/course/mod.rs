//! The course as data: what `info.toml` says, where files lie, how far a learner is.
//!
//! Nothing here draws on a terminal or starts a process, so every part can be tested
//! with a temporary folder at most.

pub(crate) mod atomic;
pub mod embedded;
pub mod init;
pub mod layout;
pub mod manifest;
pub mod missing;
mod nearest;
pub mod progress;
pub mod starter;
pub mod store;

pub use embedded::Package;
pub use init::{InitError, InitReport, OuterWorkspace};
pub use layout::{ExerciseFiles, Layout, LayoutError, Shape, plain_path};
pub use manifest::{
    Device, Entry, Exercise, FindError, Kind, LearningPath, Manifest, ManifestError, Problem,
    Spiral, Stage,
};
pub use progress::{ContentHash, Pass, Progress, Record, Status};
pub use starter::{Reset, StarterError, Undone};
pub use store::{Notice, Store, Update};

#[cfg(test)]
pub(crate) mod sample;
