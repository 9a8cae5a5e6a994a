//! A course of a test's own, in a temporary folder, that builds against this repository.

use super::{repository, sample};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A course under construction, and then on disk until it is dropped.
///
/// ```ignore
/// let course = TestCourse::new()
///     .exercise("twice") // a finished exercise …
///     .answer("pub fn double() {}") // … in which something is replaced
///     .build();
/// Command::new(env!("CARGO_BIN_EXE_llmlings")).current_dir(course.root());
/// ```
///
/// The folder has the shape of a clone. Its crates find the kit, ndarray and the course's
/// library in the repository, and all test courses build them into one folder below the
/// repository's `target/`, so that this costs its time once.
pub struct TestCourse {
    folder: TempDir,
    exercises: Vec<Exercise>,
    /// Written last, over whatever is there; `None` removes.
    files: Vec<(String, Option<String>)>,
}

struct Exercise {
    name: String,
    info: Vec<(String, String)>,
}

/// The stage of all exercises of a test course.
pub const STAGE: &str = "01_sums";

impl TestCourse {
    /// A course without exercises.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            exercises: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Adds a finished exercise (see [`sample`]). The methods below that are about one
    /// exercise are about the one added last.
    pub fn exercise(mut self, name: &str) -> Self {
        let info = [
            ("id", format!("{name:?}")),
            ("title", r#""Twice as much""#.into()),
            ("kind", r#""todo""#.into()),
            ("difficulty", "1".into()),
            ("minutes", "5".into()),
            ("points", "10".into()),
            (
                "hints",
                r#"["Where?", "Which idea?", "Nearly how."]"#.into(),
            ),
        ];
        self.exercises.push(Exercise {
            name: name.into(),
            info: info.map(|(key, value)| (key.into(), value)).into(),
        });
        let mut course = self
            .starter(sample::STARTER)
            .solution(sample::SOLUTION)
            .checks(sample::CHECKS);
        for (mistake, source) in sample::MISTAKES {
            course = course.mistake(mistake, source);
        }
        for (who, source) in sample::ACCEPTED {
            course = course.accepted(who, source);
        }
        for (snapshot, text) in sample::snapshots() {
            course = course.snapshot(snapshot, &text);
        }
        course
            .oracle_script(sample::ORACLE_SCRIPT)
            .oracle_values(sample::ORACLE_VALUES)
            .in_exercise("Cargo.toml", MANIFEST)
    }

    /// Sets a key of the exercise in info.toml; `value` is TOML, such as `2` or `"bug"`
    /// with its quotes.
    pub fn info(mut self, key: &str, value: &str) -> Self {
        let info = &mut self.last().info;
        info.retain(|(known, _)| known != key);
        info.push((key.into(), value.into()));
        self
    }

    /// The pristine starter, and with it the learner's answer.
    pub fn starter(self, source: &str) -> Self {
        self.in_solution("starter.rs", source).answer(source)
    }

    /// The learner's answer alone.
    pub fn answer(self, source: &str) -> Self {
        self.in_exercise("src/lib.rs", source)
    }

    /// The checks; `NAME` in them becomes the exercise's name, as in all its files.
    pub fn checks(self, source: &str) -> Self {
        self.in_exercise("checks.rs", source)
    }

    /// The reference.
    pub fn solution(self, source: &str) -> Self {
        self.in_solution("solution.rs", source)
    }

    /// A classic wrong answer.
    pub fn mistake(self, name: &str, source: &str) -> Self {
        self.in_solution(&format!("mistakes/{name}.rs"), source)
    }

    /// A right answer by somebody else.
    pub fn accepted(self, who: &str, source: &str) -> Self {
        self.in_solution(&format!("accepted/{who}.rs"), source)
    }

    /// A recorded transcript: `reference` or `mistake@…`.
    pub fn snapshot(self, name: &str, text: &str) -> Self {
        self.in_solution(&format!("snapshots/{name}.snap"), text)
    }

    /// The script that computes the outside values.
    pub fn oracle_script(self, source: &str) -> Self {
        let file = format!("solutions/oracles/{}.py", self.name());
        self.file(&file, source)
    }

    /// The values that it gave.
    pub fn oracle_values(self, json: &str) -> Self {
        let file = format!("solutions/oracles/values/{}.json", self.name());
        self.file(&file, json)
    }

    /// A file in `exercises/…/<name>/`.
    pub fn in_exercise(self, file: &str, text: &str) -> Self {
        let file = format!("exercises/{STAGE}/{}/{file}", self.name());
        self.file(&file, text)
    }

    /// A file in `solutions/…/<name>/`.
    pub fn in_solution(self, file: &str, text: &str) -> Self {
        let file = format!("solutions/{STAGE}/{}/{file}", self.name());
        self.file(&file, text)
    }

    /// Any file, relative to the course's folder.
    pub fn file(mut self, file: &str, text: &str) -> Self {
        let text = match self.exercises.last() {
            Some(exercise) => text.replace(sample::NAME, &exercise.name),
            None => text.into(),
        };
        self.files.push((file.into(), Some(text)));
        self
    }

    /// Leaves out a file or folder in `solutions/…/<name>/`.
    pub fn without(mut self, file: &str) -> Self {
        let file = format!("solutions/{STAGE}/{}/{file}", self.name());
        self.files.push((file, None));
        self
    }

    /// Leaves out any file or folder, relative to the course's folder.
    pub fn without_file(mut self, file: &str) -> Self {
        self.files.push((file.into(), None));
        self
    }

    /// Writes everything.
    pub fn build(self) -> Self {
        self.write("Cargo.toml", &workspace_manifest());
        self.write("fixture.rs", "");
        let lock = fs::read_to_string(repository().join("Cargo.lock"));
        self.write("Cargo.lock", &lock.expect("the repository's Cargo.lock"));
        self.write(".cargo/config.toml", &cargo_config());
        self.write(".gitignore", "/target/\n/.llmlings/\n*.snap.new\n");
        self.write("info.toml", &self.info_toml());
        self.write("solutions/lib.rs", &self.library());
        let names: Vec<&str> = self.exercises.iter().map(|e| e.name.as_str()).collect();
        let notes: Vec<String> = names
            .iter()
            .map(|name| sample::NOTES.replace(sample::NAME, name))
            .collect();
        self.write(&format!("exercises/{STAGE}/README.md"), &notes.join("\n"));
        for (file, text) in &self.files {
            match text {
                Some(text) => self.write(file, text),
                None => remove(&self.root().join(file)),
            }
        }
        self
    }

    /// The course's folder.
    pub fn root(&self) -> PathBuf {
        // A temporary folder may be reached by a link, which a program in it would see
        // through.
        fs::canonicalize(self.folder.path()).expect("the course's folder")
    }

    /// Any file or folder of the course.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    /// The learner's file of an exercise.
    pub fn answer_file(&self, name: &str) -> PathBuf {
        self.path(&format!("exercises/{STAGE}/{name}/src/lib.rs"))
    }

    fn last(&mut self) -> &mut Exercise {
        let last = self.exercises.last_mut();
        last.expect("call `exercise` first")
    }

    fn name(&self) -> String {
        let last = self.exercises.last();
        last.expect("call `exercise` first").name.clone()
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        let folder = path.parent().expect("a file lies in a folder");
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }

    fn info_toml(&self) -> String {
        let mut info = format!(
            "format_version = 1\ntitle = \"A course for tests\"\n\n\
             [[spirals]]\nid = \"only\"\ntitle = \"Only\"\n\n\
             [[spirals.stages]]\nfolder = {STAGE:?}\ntitle = \"Sums\"\n"
        );
        for exercise in &self.exercises {
            info.push_str("\n[[spirals.stages.exercises]]\n");
            for (key, value) in &exercise.info {
                let _ = writeln!(info, "{key} = {value}");
            }
        }
        info
    }

    fn library(&self) -> String {
        let mut library = String::from(
            "//! The reference solutions, and the library from which later exercises take \
             earlier parts.\n\n// A reference names earlier parts as every answer does: \
             `course::NAME`.\nextern crate self as course;\n\n",
        );
        for Exercise { name, .. } in &self.exercises {
            let path = format!("{STAGE}/{name}/solution.rs");
            let _ = writeln!(library, "#[path = {path:?}]\npub mod {name};");
        }
        library
    }
}

/// What an exercise's `Cargo.toml` says.
const MANIFEST: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
publish = false

[lints]
workspace = true

[lib]
test = false
doctest = false

[dependencies]
ndarray.workspace = true

[dev-dependencies]
kit.workspace = true

[[test]]
name = "checks"
path = "checks.rs"
harness = false
"#;

/// The repository's manifest with members of the test's own: profiles and lints are the
/// same, so the libraries are the same too.
fn workspace_manifest() -> String {
    let root = repository();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("the root Cargo.toml");
    let mut lines = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        let members = line.starts_with("members") || line.starts_with("default-members");
        if line.starts_with("members") {
            lines.push("members = [\"exercises/*/*\"]".to_string());
        }
        if !members && !inside {
            lines.push(line.to_string());
        }
        inside = (members || inside) && !line.contains(']');
    }
    // A literal string of TOML: Windows has backslashes in its paths.
    let path = format!("path = '{}/", root.display());
    let manifest = lines.join("\n");
    let here = manifest.replace("path = \"", &path);
    let closed: Vec<String> = here
        .lines()
        .map(|line| match line.split_once(&path) {
            Some((before, rest)) => format!("{before}{path}{}", rest.replacen('"', "'", 1)),
            None => line.to_string(),
        })
        .collect();
    closed.join("\n")
        + "\n\n[package]\nname = \"fixture\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
           [lib]\npath = \"fixture.rs\"\n\n\
           # What exercises are compiled against: named here, so that `cargo build -p` finds it.\n\
           [dependencies]\ncourse.workspace = true\nkit.workspace = true\nndarray.workspace = true\n"
}

/// One folder of build results for all test courses. Offline: what the repository itself
/// was built with is there.
fn cargo_config() -> String {
    let target = repository().join("target").join("fixtures");
    format!(
        "[build]\ntarget-dir = '{}'\n\n[net]\noffline = true\n",
        target.display()
    )
}

fn remove(path: &Path) {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    removed.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
