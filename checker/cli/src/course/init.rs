//! `llmlings init`: a folder of one's own to learn in, made from the program alone.
//!
//! The learner sees `info.toml`, `exercises/` and a workspace; what checks and teaches
//! lies in `.llmlings/course/`. Every file is written by rename, and a mark stands in the
//! folder until all are there, so an interrupted `init` is simply done again.

mod outer;
mod workspace;

use std::{
    collections::BTreeSet,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::{Layout, LayoutError, Package, Shape, atomic, layout::COURSE};

pub use outer::OuterWorkspace;
pub use workspace::WorkspaceError;

/// What making or refreshing a folder did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitReport {
    /// The folder, absolute.
    pub root: PathBuf,
    /// How many files were written; one that was the same already is not.
    pub written: usize,
    /// How many of them are starters for exercises that had no answer.
    pub starters: usize,
    /// A cargo workspace around the folder that takes it for a member of its own.
    pub swallowed_by: Option<OuterWorkspace>,
}

/// Why no folder was made or refreshed.
#[derive(Debug)]
pub enum InitError {
    /// The folder holds something else.
    NotEmpty {
        /// The folder.
        dir: PathBuf,
        /// One of the things in it.
        holds: PathBuf,
    },
    /// The folder is a course already.
    AlreadyACourse {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder is the course's repository, which needs no `init`.
    IsRepository {
        /// The folder.
        dir: PathBuf,
    },
    /// There is no course to refresh.
    NoCourse(LayoutError),
    /// The program was built from a workspace that it cannot adapt.
    Workspace(WorkspaceError),
    /// A file could not be read or written.
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Makes a course in a folder that is empty or not there yet.
///
/// # Errors
/// [`InitError`]. After [`InitError::Io`] the same call may be repeated.
pub fn init(dir: &Path) -> Result<InitReport, InitError> {
    Package::embedded().init(dir)
}

/// Brings the course's own files in `dir` up to date. Answers, progress, and what a learner
/// may have made his own (README.md, .gitignore, .vscode) stay as they are.
///
/// # Errors
/// [`InitError`]. After [`InitError::Io`] the same call may be repeated.
pub fn update(dir: &Path) -> Result<InitReport, InitError> {
    Package::embedded().update(dir)
}

/// Stands in the folder while `init` is at work.
const UNFINISHED: &str = ".llmlings/init-unfinished";

impl Package<'_> {
    /// As [`init`], with the files of this package.
    ///
    /// # Errors
    /// [`InitError`].
    pub fn init(self, dir: &Path) -> Result<InitReport, InitError> {
        refuse_repository(dir)?;
        let unfinished = dir.join(UNFINISHED);
        if !unfinished.exists() {
            refuse_if_used(dir)?;
        }
        atomic::replace(&unfinished, b"").map_err(io_error(&unfinished))?;
        let report = self.write(dir)?;
        fs::remove_file(&unfinished).map_err(io_error(&unfinished))?;
        Ok(report)
    }

    /// As [`update`], with the files of this package.
    ///
    /// # Errors
    /// [`InitError`].
    pub fn update(self, dir: &Path) -> Result<InitReport, InitError> {
        refuse_repository(dir)?;
        match Layout::at(dir) {
            Ok(_) | Err(LayoutError::Incomplete { .. }) => self.write(dir),
            Err(error) => Err(InitError::NoCourse(error)),
        }
    }

    fn write(self, dir: &Path) -> Result<InitReport, InitError> {
        let root = fs::canonicalize(dir).map_err(io_error(dir))?;
        let mut writer = Writer {
            swallowed_by: outer::find(&root),
            root,
            written: 0,
            course: BTreeSet::new(),
        };
        let exercises = writer.root.join("exercises");
        fs::create_dir_all(&exercises).map_err(io_error(&exercises))?;
        writer.write("Cargo.toml", self.workspace_manifest()?.as_bytes())?;
        for (path, bytes) in self.files() {
            if let Some(place) = self.place(path) {
                writer.write(&place, bytes)?;
            }
        }
        writer.remove_what_left_the_course()?;
        let mut starters = 0;
        for (path, starter) in self.files() {
            if let Some(answer) = answer_of_starter(path) {
                starters += usize::from(writer.write_if_missing(&answer, starter)?);
            }
        }
        for (path, text) in OWN_TO_THE_LEARNER {
            writer.write_if_missing(path, text.as_bytes())?;
        }
        Ok(InitReport {
            starters,
            root: writer.root,
            written: writer.written,
            swallowed_by: writer.swallowed_by,
        })
    }

    /// Where a file of the repository goes; `None` if it stays at home.
    fn place(self, path: &str) -> Option<String> {
        match path.split_once('/') {
            None if path == "Cargo.toml" => None,
            None if path.starts_with("LICENSE") => Some(format!("{COURSE}/{path}")),
            None => Some(path.to_string()),
            // An exercise without a starter is not finished: its crate has no answer.
            Some(("exercises", rest)) if !self.has_starter(rest) => None,
            Some(("exercises", _)) => Some(path.to_string()),
            Some(_) => Some(format!("{COURSE}/{path}")),
        }
    }

    /// Whether the exercise that a file (below `exercises/`) belongs to has a starter. The
    /// notes of a stage belong to none.
    fn has_starter(self, path: &str) -> bool {
        let mut parts = path.split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(stage), Some(id), Some(_)) => self
                .file(&format!("solutions/{stage}/{id}/starter.rs"))
                .is_some(),
            _ => true,
        }
    }

    fn workspace_manifest(self) -> Result<String, InitError> {
        let text = self.file("Cargo.toml").unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        workspace::adapt(&text).map_err(InitError::Workspace)
    }
}

/// Writes below a folder, and remembers what it wrote.
struct Writer {
    root: PathBuf,
    written: usize,
    swallowed_by: Option<OuterWorkspace>,
    /// The files that belong into `.llmlings/course/`.
    course: BTreeSet<PathBuf>,
}

impl Writer {
    /// Writes a file of the course. One that is the same already is left alone, so that
    /// nothing is built anew for it.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), InitError> {
        let file = self.root.join(path);
        if path.starts_with(COURSE) {
            self.course.insert(file.clone());
        }
        if fs::read(&file).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        atomic::replace(&file, bytes).map_err(io_error(&file))?;
        self.written += 1;
        Ok(())
    }

    /// Writes a file that is the learner's from then on. Returns whether it was missing.
    fn write_if_missing(&mut self, path: &str, bytes: &[u8]) -> Result<bool, InitError> {
        let file = self.root.join(path);
        if fs::symlink_metadata(&file).is_ok() {
            return Ok(false);
        }
        atomic::replace(&file, bytes).map_err(io_error(&file))?;
        self.written += 1;
        Ok(true)
    }

    /// Removes from `.llmlings/course/` what an earlier version brought: a file too many
    /// can break a build there.
    fn remove_what_left_the_course(&self) -> Result<(), InitError> {
        let mut folders = vec![self.root.join(COURSE)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(io_error(&folder))? {
                let file = entry.map_err(io_error(&folder))?.path();
                if file.is_dir() {
                    folders.push(file);
                } else if !self.course.contains(&file) {
                    fs::remove_file(&file).map_err(io_error(&file))?;
                }
            }
        }
        Ok(())
    }
}

/// The answer that begins as this file, if the file is a starter.
fn answer_of_starter(path: &str) -> Option<String> {
    let exercise = path
        .strip_prefix("solutions/")?
        .strip_suffix("/starter.rs")?;
    Some(format!("exercises/{exercise}/src/lib.rs"))
}

/// What may be in a folder that counts as empty: a repository was begun there.
const HARMLESS: &[&str] = &[".git", ".jj", ".hg", ".DS_Store"];

/// The repository has everything already, and a second copy within would only confuse.
fn refuse_repository(dir: &Path) -> Result<(), InitError> {
    match Layout::at(dir) {
        Ok(layout) if layout.shape() == Shape::Clone => {
            let dir = dir.to_path_buf();
            Err(InitError::IsRepository { dir })
        }
        _ => Ok(()),
    }
}

fn refuse_if_used(dir: &Path) -> Result<(), InitError> {
    let owned = || dir.to_path_buf();
    if let Ok(_) | Err(LayoutError::Incomplete { .. }) = Layout::at(dir) {
        return Err(InitError::AlreadyACourse { dir: owned() });
    }
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(io_error(dir))?,
    };
    for entry in entries {
        let name = entry.map_err(io_error(dir))?.file_name();
        if !HARMLESS.iter().any(|harmless| name == *harmless) {
            return Err(InitError::NotEmpty {
                dir: owned(),
                holds: name.into(),
            });
        }
    }
    Ok(())
}

fn io_error(file: &Path) -> impl FnOnce(io::Error) -> InitError {
    let file = file.to_path_buf();
    |source| InitError::Io { file, source }
}

impl fmt::Display for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty { dir, holds } => write!(
                f,
                "{} is not empty (it holds {}), and nothing in it is touched\n= choose a folder \
                 that is empty or not there yet: `llmlings init {}`",
                dir.display(),
                holds.display(),
                dir.join("llmlings").display()
            ),
            Self::AlreadyACourse { dir } => write!(
                f,
                "{dir} is a course already\n= go on: `cd {dir}`, `llmlings`; or bring it up to \
                 date, which keeps your answers and your progress: `llmlings init --update {dir}`",
                dir = dir.display()
            ),
            Self::IsRepository { dir } => write!(
                f,
                "{} is the course's own repository\n= work in it as it is; `git pull` brings it \
                 up to date",
                dir.display()
            ),
            Self::NoCourse(error) => write!(f, "nothing to update: {error}"),
            Self::Workspace(error) => write!(f, "this llmlings was built wrongly: {error}"),
            Self::Io { file, source } => write!(
                f,
                "cannot write {}: {source}\n= once that is mended, the same command goes on",
                file.display()
            ),
        }
    }
}

impl std::error::Error for InitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoCourse(error) => Some(error),
            Self::Workspace(error) => Some(error),
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Files that are written once and are the learner's then.
const OWN_TO_THE_LEARNER: &[(&str, &str)] = &[
    (".gitignore", GITIGNORE),
    (".vscode/settings.json", SETTINGS),
    ("README.md", README),
];

const GITIGNORE: &str = "\
/target/
# Your progress, the answers that a reset replaced, and the course itself, which
# `llmlings init --update` brings back.
/.llmlings/
.llmlings-*.tmp
";

const SETTINGS: &str = r#"{
    // A target folder of its own, so that the editor never holds a lock that a check needs.
    "rust-analyzer.cargo.targetDir": true
}
"#;

const README: &str = "\
# Building LLMs from first principles

Run `llmlings` here, and edit the file that it names; on every save it says what holds
and what does not yet.

- `exercises/` is where you work: one folder a stage, one crate an exercise. A stage's
  `README.md` derives what its exercises use.
- `llmlings hint` gives one hint more, `llmlings list` shows the course, `llmlings help`
  everything else.
- `llmlings init --update .` brings a newer course and keeps your answers.

An editor other than VS Code: give rust-analyzer a target folder of its own
(`rust-analyzer.cargo.targetDir = true`), so that it and your checks do not wait for each
other.
";
