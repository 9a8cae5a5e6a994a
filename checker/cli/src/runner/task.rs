//! What is to be judged, and with what.

use super::{Libraries, Limits};
use std::path::PathBuf;

/// One answer file and the files that judge it. The runner knows nothing else of an
/// exercise.
#[derive(Clone, Debug)]
pub struct Task {
    /// Name of the exercise's crate.
    pub name: String,
    /// The answer: the learner's `src/lib.rs`, the reference, a mistake, …
    pub answer: PathBuf,
    /// What the answer held when it was read. This is judged, whatever the file holds by the
    /// time that the compiler comes to it; without it the file is read then.
    pub contents: Option<Vec<u8>>,
    /// The exercise's `checks.rs`.
    pub checks: PathBuf,
    /// The folder with `reference.snap`; `mistakes/` lies beside it.
    pub snapshots: PathBuf,
    /// A folder of this task's own for everything that is built; it may hold what an
    /// earlier run left.
    pub scratch: PathBuf,
    /// Root of the workspace: messages name files relative to it.
    pub root: PathBuf,
    /// What answer and checks may use.
    pub libraries: Libraries,
    /// Whether to optimise: worth it only for exercises that compute for seconds.
    pub optimise: bool,
    /// What the run may use.
    pub limits: Limits,
}
