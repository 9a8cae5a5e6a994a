//! What rustc and cargo said the last time, for as long as nothing changed that they would
//! answer otherwise for: to ask them takes longer than to compile an answer.
//!
//! What counts is looked at anew each time, which takes a millisecond: the environment, the
//! compiler, every manifest and configuration that cargo reads, every source file that it
//! named, every library that it made. A file counts as unchanged if its length, number and
//! times are: on Unix that includes the time of the last change of state, which no program
//! can set.

use super::{Dependencies, Libraries, Toolchain};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

/// What was answered, and what the answer rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Memory {
    circumstances: Circumstances,
    files: BTreeMap<PathBuf, Option<Stamp>>,
    pub(super) toolchain: Toolchain,
    pub(super) dependencies: Dependencies,
}

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    number: u64,
    /// When its contents and when anything about it changed: nanoseconds since 1970.
    times: [u64; 2],
}

/// What is not in files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Circumstances {
    /// Of this program: another one may ask for other things.
    version: String,
    libraries: Libraries,
    environment: BTreeMap<String, String>,
    /// The compiler, or its proxy, that the path leads to.
    rustc: Option<PathBuf>,
}

/// Variables that change what cargo or rustc do, by their beginnings.
const VARIABLES: &[&str] = &[
    "CARGO_BUILD_",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_HOME",
    "CARGO_INCREMENTAL",
    "CARGO_PROFILE_",
    "CARGO_TARGET_",
    "CARGO_UNSTABLE_",
    "HOME",
    "RUSTC",
    "RUSTFLAGS",
    "RUSTUP_",
];

/// File systems do not tell times that lie closer together than this.
const BLUR: Duration = Duration::from_millis(100);

impl Circumstances {
    fn now(libraries: Libraries) -> Self {
        let counts = |name: &str| VARIABLES.iter().any(|start| name.starts_with(start));
        let text = |value: std::ffi::OsString| value.to_string_lossy().into_owned();
        let environment = env::vars_os().map(|(name, value)| (text(name), text(value)));
        let name = format!("rustc{}", env::consts::EXE_SUFFIX);
        let path = env::var_os("PATH").unwrap_or_default();
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            libraries,
            environment: environment.filter(|(name, _)| counts(name)).collect(),
            rustc: env::split_paths(&path)
                .map(|folder| folder.join(&name))
                .find(|file| file.is_file()),
        }
    }

    /// Where the memory for these circumstances lies: who starts the program now by cargo,
    /// now without, has two.
    fn file(&self, root: &Path) -> io::Result<PathBuf> {
        let digest = Sha256::digest(serde_json::to_vec(self)?);
        let name: String = digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let folder = root.join("target/llmlings/memory");
        Ok(folder.join(format!("{name}.json")))
    }
}

impl Memory {
    /// What is remembered of these libraries of the workspace at `root`, if it still holds.
    pub(super) fn recall(root: &Path, libraries: Libraries) -> Option<Self> {
        let file = Circumstances::now(libraries).file(root).ok()?;
        let memory: Self = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        memory.holds().then_some(memory)
    }

    /// Whether cargo and rustc would still answer the same.
    pub(super) fn holds(&self) -> bool {
        let unchanged = |(file, stamp): (&PathBuf, &Option<Stamp>)| Stamp::of(file) == *stamp;
        self.circumstances == Circumstances::now(self.circumstances.libraries)
            && self.files.iter().all(unchanged)
    }

    /// What cargo and rustc answered about `root` after `start`, with all that the answer
    /// rests on; none if that cannot be known or changed meanwhile. `built` are the files
    /// that cargo made, `manifests` those that it read.
    pub(super) fn of(
        root: &Path,
        start: SystemTime,
        toolchain: &Toolchain,
        dependencies: &Dependencies,
        built: &[PathBuf],
        manifests: &[PathBuf],
    ) -> Option<Self> {
        let circumstances = Circumstances::now(dependencies.libraries);
        let mut inputs = configuration(root);
        inputs.extend(manifests.iter().cloned());
        inputs.extend(circumstances.rustc.clone());
        inputs.extend(compiler(&toolchain.rustc));
        for library in dependencies.documented() {
            let told = fs::read_to_string(library.with_extension("d")).ok()?;
            inputs.extend(sources(&told)?);
        }
        let stamped = |file: PathBuf| (file.clone(), Stamp::of(&file));
        let mut files: BTreeMap<_, _> = inputs.into_iter().map(stamped).collect();
        // What changed while cargo was looking may not be what it saw.
        let begun = nanoseconds(start - BLUR);
        let late = |stamp: &Stamp| stamp.times.iter().any(|&time| time >= begun);
        if files.values().flatten().any(late) {
            return None;
        }
        files.extend(built.iter().cloned().map(stamped));
        Some(Self {
            circumstances,
            files,
            toolchain: toolchain.clone(),
            dependencies: dependencies.clone(),
        })
    }

    /// Keeps this for the next start. A failure costs time only.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn keep(&self, root: &Path) -> io::Result<()> {
        let file = self.circumstances.file(root)?;
        let folder = file.parent().unwrap_or(root);
        fs::create_dir_all(folder)?;
        // Renamed into its place, so that nobody reads half of it.
        let mut whole = tempfile::NamedTempFile::new_in(folder)?;
        whole.write_all(&serde_json::to_vec(self)?)?;
        whole.persist(file)?;
        Ok(())
    }
}

/// What cargo and rustup read besides the packages' own manifests, whether it is there or
/// not: a file that appears counts as well.
fn configuration(root: &Path) -> Vec<PathBuf> {
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    for folder in root.ancestors() {
        for name in [
            ".cargo/config.toml",
            ".cargo/config",
            "rust-toolchain.toml",
            "rust-toolchain",
        ] {
            files.push(folder.join(name));
        }
    }
    let home = env::home_dir().unwrap_or_default();
    let of = |name: &str, usual: &str| env::var_os(name).map_or(home.join(usual), PathBuf::from);
    let (cargo, rustup) = (of("CARGO_HOME", ".cargo"), of("RUSTUP_HOME", ".rustup"));
    files.extend([
        cargo.join("config.toml"),
        cargo.join("config"),
        rustup.join("settings.toml"),
    ]);
    files
}

/// The compiler, and the folder in which an update would exchange its libraries.
fn compiler(rustc: &Path) -> Vec<PathBuf> {
    let sysroot = rustc.ancestors().nth(2);
    let libraries = sysroot.map(|sysroot| sysroot.join("lib"));
    [Some(rustc.to_path_buf()), libraries]
        .into_iter()
        .flatten()
        .collect()
}

/// The sources of a library or a program, from what the `.d` file beside it tells.
pub(super) fn sources(told: &str) -> Option<Vec<PathBuf>> {
    let (_, sources) = told.lines().next()?.split_once(": ")?;
    // A space in a path is written as `\ `.
    let sources = sources.replace("\\ ", "\0");
    let whole = |path: &str| PathBuf::from(path.replace('\0', " "));
    Some(
        sources
            .split(' ')
            .filter(|path| !path.is_empty())
            .map(whole)
            .collect(),
    )
}

impl Stamp {
    pub(super) fn of(file: &Path) -> Option<Self> {
        let metadata = fs::metadata(file).ok()?;
        let modified = metadata.modified().map_or(0, nanoseconds);
        #[cfg(unix)]
        let (number, changed) = {
            use std::os::unix::fs::MetadataExt as _;
            let nanoseconds = metadata.ctime() * 1_000_000_000 + metadata.ctime_nsec();
            (metadata.ino(), nanoseconds.cast_unsigned())
        };
        #[cfg(not(unix))]
        let (number, changed) = (0, modified);
        Some(Self {
            length: metadata.len(),
            number,
            times: [modified, changed],
        })
    }
}

/// Since 1970; enough until 2554.
fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_spaces_are_read_whole() {
        // The target's own space is escaped as well, by cargo.
        let told = "/a b/libkit.rlib: /a\\ b/lib.rs /c/d.rs\n";
        let [one, two] = ["/a b/lib.rs", "/c/d.rs"].map(PathBuf::from);
        assert_eq!(sources(told), Some(vec![one, two]));
        assert_eq!(sources(""), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_an_old_time_is_still_a_changed_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lib.rs");
        fs::write(&file, "one").unwrap();
        let before = Stamp::of(&file);
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        std::thread::sleep(Duration::from_millis(20));
        fs::write(&file, "two").unwrap();
        let opened = fs::File::options().append(true).open(&file).unwrap();
        opened.set_modified(time).unwrap();
        assert_ne!(Stamp::of(&file), before);
    }
}
