//! What exercises are compiled against: built once by cargo, which also tells where it is.

use super::Toolchain;
use super::shared_library::SharedLibrary;
use super::tool::{Called, Manner};
use super::toolchain::ToolMissing;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that exercises may use, by the name they use, and their packages.
const ARRAYS: &[(&str, &str)] = &[("ndarray", "nd"), ("kit", "kit"), ("course", "course")];

/// What kernels may use besides.
const KERNELS: &[(&str, &str)] = &[("lab", "lab"), LIBRARY_OF_KERNELS];

/// It depends on all others.
const LIBRARY_OF_KERNELS: (&str, &str) = ("kernels", "kernels");

/// Which of the course's libraries an exercise may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Libraries {
    /// ndarray, the kit, and the course's own library: built in seconds.
    #[default]
    Arrays,
    /// These, CubeCL, and the simulator of a GPU: built in minutes, when first needed.
    Kernels,
}

impl Libraries {
    /// What cargo is asked to build; the rest comes along. Were it asked for all of the kernels'
    /// libraries, it would put those without CubeCL, which it builds otherwise there, in the
    /// place of those that it built without it, and the next time the other way round.
    fn asked_for(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Arrays => ARRAYS,
            Self::Kernels => &[LIBRARY_OF_KERNELS],
        }
    }

    /// Those that use no more, and these.
    pub fn and_less(self) -> impl Iterator<Item = Self> {
        let all = [Self::Arrays, Self::Kernels];
        all.into_iter().filter(move |less| *less <= self)
    }

    /// The name of a folder for them.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Arrays => "arrays",
            Self::Kernels => "kernels",
        }
    }

    /// Names in an exercise's source, and packages.
    fn crates(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let more = match self {
            Self::Arrays => &[],
            Self::Kernels => KERNELS,
        };
        ARRAYS.iter().chain(more).copied()
    }
}

/// The compiled crates that an exercise is linked with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dependencies {
    /// What they were built for.
    pub libraries: Libraries,
    /// Name in the exercise's source, and the library's file.
    pub externs: BTreeMap<String, PathBuf>,
    /// Where the libraries of their own dependencies lie.
    pub search: PathBuf,
    /// All of them as one, for quick linking; none where that is not to be had.
    pub shared: Option<SharedLibrary>,
}

/// A step of a build that takes long enough to be told about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Cargo waits for another build to end.
    Waiting,
    /// A package is being fetched.
    Fetching(String),
    /// A package is being compiled.
    Compiling(String),
    /// So much of it is done.
    Counted(Count),
    /// What was compiled is being linked.
    Linking,
}

/// How many of the parts of a build are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// So many …
    pub done: usize,
    /// … of so many.
    pub of: usize,
}

/// How far a build is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Building {
    /// What is done now; nothing in particular at first.
    pub step: Option<Step>,
    /// How much is done, once that is known.
    pub count: Option<Count>,
}

impl Building {
    /// Takes what is told.
    pub fn take(&mut self, step: Step) {
        match step {
            Step::Counted(count) => self.count = Some(count),
            step => self.step = Some(step),
        }
    }
}

/// Why there are no dependencies.
#[derive(Clone, Debug)]
pub enum DependenciesError {
    /// Cargo is not installed.
    Missing(ToolMissing),
    /// Cargo failed; its own words.
    Failed(String),
    /// The build was cancelled, or gave way.
    Dropped,
}

impl fmt::Display for DependenciesError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Missing(missing) => missing.fmt(f),
            Self::Dropped => f.write_str("the build was broken off"),
            Self::Failed(words) => write!(
                f,
                "the course's own libraries could not be built. If a `Cargo.toml` was changed, \
                 restore it; if the network is down, try again with it.\n{words}"
            ),
        }
    }
}

impl std::error::Error for DependenciesError {}

#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    manifest_path: Option<PathBuf>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// What cargo said of a build.
#[derive(Clone, Debug)]
pub(super) struct Build {
    pub(super) dependencies: Dependencies,
    /// Every file that it made.
    pub(super) files: Vec<PathBuf>,
    /// The manifest of every package.
    pub(super) manifests: Vec<PathBuf>,
}

impl Dependencies {
    /// Has cargo build what exercises need in the workspace at `root`, telling each slow
    /// step. Cargo names the files: they are never guessed by pattern or date.
    ///
    /// # Errors
    /// If cargo cannot be run, or fails.
    pub(super) fn build(
        root: &Path,
        toolchain: &Toolchain,
        libraries: Libraries,
        manner: &Manner,
        tell: &mut dyn FnMut(Step),
    ) -> Result<Build, DependenciesError> {
        let cargo = cargo(root, toolchain, libraries, manner);
        let called = manner.call(root, cargo, &mut |line| {
            step(line).into_iter().for_each(&mut *tell);
        });
        let called = called.map_err(|e| {
            DependenciesError::Missing(ToolMissing {
                tool: "cargo".into(),
                detail: e.to_string(),
                help: "Install Rust from https://rustup.rs and open a new terminal.".into(),
            })
        })?;
        let (messages, words) = match called {
            Called::Dropped => return Err(DependenciesError::Dropped),
            Called::Ended { status, stderr, .. } if !status.success() => {
                return Err(DependenciesError::Failed(stderr));
            }
            Called::Ended { stdout, stderr, .. } => (stdout, stderr),
        };
        let mut build = Self::locate(&messages, libraries).ok_or_else(|| {
            let packages: Vec<&str> = libraries.crates().map(|(_, package)| package).collect();
            let packages = packages.join(", ");
            DependenciesError::Failed(format!(
                "cargo named no library for one of {packages}\n{words}"
            ))
        })?;
        tell(Step::Linking);
        let shared = SharedLibrary::link(root, toolchain, &build.dependencies, manner);
        if manner.is_over(root) {
            return Err(DependenciesError::Dropped);
        }
        build.dependencies.shared = shared;
        let linked = build.dependencies.shared.iter();
        build.files.extend(linked.map(|shared| shared.file.clone()));
        Ok(build)
    }

    /// The libraries beside which cargo says what they were made of, others included.
    pub(super) fn documented(&self) -> impl Iterator<Item = &PathBuf> {
        let asked_for = self.libraries.asked_for().iter();
        asked_for.filter_map(|(name, _)| self.externs.get(*name))
    }

    /// Names to a compiler, or a companion of it, the libraries that an exercise may use.
    pub fn name_to(&self, compiler: &mut Command) {
        compiler.arg(format!("-Ldependency={}", self.search.display()));
        for (name, file) in &self.externs {
            compiler.arg("--extern");
            compiler.arg(format!("{name}={}", file.display()));
        }
    }

    /// Picks the libraries out of cargo's messages.
    fn locate(messages: &str, for_these: Libraries) -> Option<Build> {
        let mut libraries = BTreeMap::new();
        let (mut files, mut manifests) = (Vec::new(), Vec::new());
        for line in messages.lines() {
            let Ok(message) = serde_json::from_str::<Message>(line) else {
                continue;
            };
            let (true, Some(target)) = (message.reason == "compiler-artifact", message.target)
            else {
                continue;
            };
            let is_library = |file: &&PathBuf| file.extension().is_some_and(|e| e == "rlib");
            if let Some(library) = message.filenames.iter().find(is_library) {
                libraries.insert(target.name, library.clone());
            }
            files.extend(message.filenames);
            manifests.extend(message.manifest_path);
        }
        // A registry crate is never copied beside the workspace's own results, so the
        // folder of this one is the folder of all.
        let search = libraries.get("ndarray")?.parent()?.to_path_buf();
        let externs = for_these
            .crates()
            .map(|(name, package)| Some((name.to_string(), libraries.get(package)?.clone())))
            .collect::<Option<_>>()?;
        Some(Build {
            dependencies: Self {
                libraries: for_these,
                externs,
                search,
                shared: None,
            },
            files,
            manifests,
        })
    }
}

/// Where cargo builds what kernels need, in the workspace at `root`. A folder of its own has a
/// lock of its own: while it is filled, which takes minutes, everything else that cargo is
/// asked for goes on.
pub fn kernels_dir(root: &Path) -> PathBuf {
    root.join("target/kernels")
}

/// The call that has cargo build `libraries` in the workspace at `root`.
fn cargo(root: &Path, toolchain: &Toolchain, libraries: Libraries, manner: &Manner) -> Command {
    let mut cargo = manner.command(&toolchain.cargo);
    cargo.arg("build");
    for (_, package) in libraries.asked_for() {
        cargo.args(["-p", package]);
    }
    cargo.args(["--message-format=json-render-diagnostics", "--color=never"]);
    if libraries == Libraries::Kernels {
        cargo.arg("--target-dir").arg(kernels_dir(root));
    }
    if manner.ahead {
        cargo.arg("--jobs=1");
    }
    // How much is done is told in no other way.
    cargo.env("CARGO_TERM_PROGRESS_WHEN", "always");
    cargo.env("CARGO_TERM_PROGRESS_WIDTH", "80");
    cargo
}

/// What a line of cargo's tells.
fn step(line: &str) -> Option<Step> {
    let line = line.trim();
    let package = |rest: &str| rest.split(' ').next().unwrap_or_default().to_string();
    if line.starts_with("Blocking waiting") {
        return Some(Step::Waiting);
    }
    if let Some(rest) = line.strip_prefix("Downloaded ") {
        return Some(Step::Fetching(package(rest)));
    }
    if let Some(rest) = line.strip_prefix("Building [") {
        // `Building [=====>     ] 43/233: gpu, kit`
        let (count, _) = rest.split_once("] ")?.1.split_once(':')?;
        let (done, of) = count.split_once('/')?;
        let (done, of) = (done.parse().ok()?, of.parse().ok()?);
        return Some(Step::Counted(Count { done, of }));
    }
    line.strip_prefix("Compiling ")
        .map(|rest| Step::Compiling(package(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_tells_how_much_is_done() {
        let told = step("    Building [====>         ] 43/233: gpu, kit        ");
        assert_eq!(told, Some(Step::Counted(Count { done: 43, of: 233 })));
        assert_eq!(step("    Building [=> "), None);
        let told = step("   Compiling nd v0.1.0 (/course/checker/nd)");
        assert_eq!(told, Some(Step::Compiling("nd".into())));
    }
}
