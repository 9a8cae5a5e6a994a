//! Compiling one exercise, running its check program in a bounded child process, and
//! saying what came of it.
//!
//! No terminal here: what happened is a [`Report`] whose [`Verdict`] is a type with causes.
//! `watch`, `run`, `check` and the authors' tools all come through this door.

mod ahead;
mod brake;
pub mod child;
mod compile;
mod dependencies;
mod diagnostics;
mod events;
mod judge;
mod learn;
mod memory;
mod reuse;
mod shared_library;
mod task;
mod tool;
mod toolchain;
mod turn;
mod verdict;

pub use ahead::Ahead;
pub use brake::{Brake, Held};
pub use child::{Cancel, Limits};
pub use compile::Built;
pub use dependencies::{
    Building, Count, Dependencies, DependenciesError, Libraries, Step, kernels_dir,
};
pub use diagnostics::{Diagnostic, Level};
pub use events::{Event, HeatPlot, Number, Plot, PlotLine, SeriesPlot};
pub use judge::{Emitted, Judgement, Rejection, emit, inputs, judge};
pub use learn::learn;
pub use shared_library::SharedLibrary;
pub use task::Task;
pub use tool::Manner;
pub use toolchain::{ToolMissing, Toolchain, cargo};
pub use verdict::{
    CheckState, Crash, Failure, Figure, Mismatch, Place, Report, Stop, Verdict, When,
};

use dependencies::Build;
use memory::Memory;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;
use turn::Waiting;

/// The seed of everything that is recorded.
pub const FIXED_SEED: u64 = 1;

/// The compiler, and what exercises are linked with.
#[derive(Clone, Debug)]
pub struct Runner {
    /// The compiler and its companions.
    pub toolchain: Toolchain,
    /// What exercises are linked with that use no more than each kind of libraries, in order:
    /// one that uses arrays alone is linked the same way wherever kernels are ready, too.
    sets: Vec<Set>,
}

/// Libraries that are ready.
#[derive(Clone, Debug)]
struct Set {
    dependencies: Dependencies,
    /// What they and the toolchain rest on; none if that is not known.
    memory: Option<Arc<Memory>>,
}

impl Runner {
    /// Makes everything ready that exercises of the workspace at `root` are compiled with,
    /// if they use no more than `libraries`; tells each slow step.
    ///
    /// # Errors
    /// A verdict: a tool is missing, or the course's own libraries do not build.
    pub fn prepare(
        root: &Path,
        libraries: Libraries,
        tell: &mut dyn FnMut(Step),
    ) -> Result<Self, Verdict> {
        Self::prepare_by(root, libraries, &Manner::default(), tell)
    }

    /// Likewise, in this manner.
    ///
    /// # Errors
    /// Besides, that it was cancelled or gave way.
    pub fn prepare_by(
        root: &Path,
        libraries: Libraries,
        manner: &Manner,
        tell: &mut dyn FnMut(Step),
    ) -> Result<Self, Verdict> {
        let mut toolchain = None;
        let mut sets = Vec::new();
        for libraries in libraries.and_less() {
            let (found, set) = match Set::recall(root, libraries) {
                Some(recalled) => recalled,
                None => {
                    let _waiting = (!manner.ahead).then(|| Waiting::announce(root));
                    Set::build(root, libraries, manner, tell)?
                }
            };
            toolchain = Some(found);
            sets.push(set);
        }
        let toolchain = toolchain.map_or_else(|| Toolchain::find(root), Ok);
        let toolchain = toolchain.map_err(Verdict::ToolMissing)?;
        Ok(Self { toolchain, sets })
    }

    /// What was made ready earlier, if nothing changed since.
    pub fn ready(root: &Path, libraries: Libraries) -> Option<Self> {
        let recall = |libraries| Set::recall(root, libraries);
        let recalled: Vec<_> = libraries.and_less().map(recall).collect::<Option<_>>()?;
        let (mut toolchains, sets): (Vec<_>, _) = recalled.into_iter().unzip();
        let toolchain = toolchains.pop()?;
        Some(Self { toolchain, sets })
    }

    /// What an exercise is linked with that uses these libraries, if they are ready.
    pub fn dependencies(&self, libraries: Libraries) -> Option<&Dependencies> {
        self.set(libraries).map(|set| &set.dependencies)
    }

    /// Whether exercises that use these libraries can be compiled, and nothing changed that
    /// they are compiled with: otherwise it is time to prepare again.
    pub fn serves(&self, libraries: Libraries) -> bool {
        let holds = |set: &Set| set.memory.as_ref().is_none_or(|memory| memory.holds());
        self.set(libraries).is_some_and(holds)
    }

    fn set(&self, libraries: Libraries) -> Option<&Set> {
        let mut sets = self.sets.iter();
        sets.find(|set| set.dependencies.libraries == libraries)
    }
}

impl Set {
    fn recall(root: &Path, libraries: Libraries) -> Option<(Toolchain, Self)> {
        let memory = Memory::recall(root, libraries)?;
        let set = Self {
            dependencies: memory.dependencies.clone(),
            memory: Some(Arc::new(memory.clone())),
        };
        Some((memory.toolchain, set))
    }

    fn build(
        root: &Path,
        libraries: Libraries,
        manner: &Manner,
        tell: &mut dyn FnMut(Step),
    ) -> Result<(Toolchain, Self), Verdict> {
        let start = SystemTime::now();
        let toolchain = Toolchain::find(root).map_err(Verdict::ToolMissing)?;
        let build = match Dependencies::build(root, &toolchain, libraries, manner, tell) {
            Ok(build) => build,
            Err(DependenciesError::Missing(missing)) => return Err(Verdict::ToolMissing(missing)),
            Err(DependenciesError::Dropped) => return Err(Verdict::Cancelled),
            Err(failed) => return Err(Verdict::Fault(failed.to_string())),
        };
        let Build {
            dependencies,
            files,
            manifests,
        } = build;
        let memory = Memory::of(root, start, &toolchain, &dependencies, &files, &manifests);
        // Without a memory the next start takes a little longer, that is all.
        let _ = memory.as_ref().map(|memory| memory.keep(root));
        let set = Self {
            dependencies,
            memory: memory.map(Arc::new),
        };
        Ok((toolchain, set))
    }
}
