//! `init` into real folders, judged by cargo itself.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use insta::assert_snapshot;
use llmlings::course::{InitError, InitReport, Layout, Manifest, Package, Shape, Store, starter};

/// Two exercises, one of them finished, on top of the crates that the program carries.
struct Course(Vec<(&'static str, &'static [u8])>);

const EXERCISE: &[u8] = b"[package]\nname = \"count\"\nversion.workspace = true\n\
    edition.workspace = true\n\n[dependencies]\nkit.workspace = true\n\n\
    [lints]\nworkspace = true\n\n[[test]]\nname = \"count\"\npath = \"checks.rs\"\n";

const INFO: &[u8] = b"format_version = 1\ntitle = \"t\"\n[[spirals]]\nid = \"s\"\ntitle = \"t\"\n\
    [[spirals.stages]]\nfolder = \"01_s\"\ntitle = \"t\"\n[[spirals.stages.exercises]]\n\
    id = \"count\"\ntitle = \"t\"\nkind = \"todo\"\ndifficulty = 1\nminutes = 1\npoints = 1\n\
    hints = [\"h\"]\n";

impl Course {
    fn new() -> Self {
        // The crates of the real course, and none of its exercises.
        let stage = |path: &str| {
            let folder = path
                .strip_prefix("solutions/")
                .and_then(|rest| rest.split_once('/'));
            folder.is_some_and(|(name, _)| name != "kernels")
        };
        let crates = Package::embedded().files().filter(|(path, _)| {
            !path.starts_with("exercises/") && !stage(path) && *path != "info.toml"
        });
        let mut files: Vec<(&str, &[u8])> = crates.collect();
        files.extend([
            ("exercises/01_s/README.md", b"notes".as_slice()),
            ("exercises/01_s/count/Cargo.toml", EXERCISE),
            ("exercises/01_s/count/checks.rs", b"fn main() {}"),
            ("exercises/01_s/unfinished/Cargo.toml", b"[package]"),
            ("info.toml", INFO),
            (
                "solutions/01_s/count/mistakes/off_by_one.rs",
                b"//! Lesson.",
            ),
            ("solutions/01_s/count/solution.rs", b"// The reference."),
            ("solutions/01_s/count/starter.rs", b"// The starter."),
        ]);
        Self(files)
    }

    fn without(mut self, path: &str) -> Self {
        self.0.retain(|(known, _)| *known != path);
        self
    }

    fn with(self, path: &'static str, bytes: &'static [u8]) -> Self {
        let mut course = self.without(path);
        course.0.push((path, bytes));
        course
    }

    fn init(&self, dir: &Path) -> Result<InitReport, InitError> {
        Package::new(&self.0).init(dir)
    }

    fn update(&self, dir: &Path) -> Result<InitReport, InitError> {
        Package::new(&self.0).update(dir)
    }
}

fn cargo(dir: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .current_dir(dir)
        .args(arguments)
        .output()
        .unwrap()
}

/// The members of the workspace, as cargo sees them; all are loaded for that.
fn members(dir: &Path) -> Vec<String> {
    let output = cargo(
        dir,
        &["metadata", "--offline", "--no-deps", "--format-version=1"],
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let root = PathBuf::from(metadata["workspace_root"].as_str().unwrap());
    assert_eq!(
        fs::canonicalize(root).unwrap(),
        fs::canonicalize(dir).unwrap()
    );
    let packages = metadata["packages"].as_array().unwrap().iter();
    let mut names: Vec<_> = packages
        .map(|package| package["name"].as_str().unwrap().to_string())
        .collect();
    names.sort();
    names
}

/// All files of a folder with `/`, but what is in the crates.
fn tree(dir: &Path) -> String {
    let mut lines = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(dir)
                .unwrap()
                .display()
                .to_string()
                .replace('\\', "/");
            if path.is_dir() && name.ends_with("course/checker") {
                lines.push(format!("{name}/…"));
            } else if path.is_dir() {
                folders.push(path);
            } else if !name.contains("LICENSE") {
                lines.push(name);
            }
        }
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn a_new_folder_is_a_workspace_that_cargo_takes() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("new/learn");
    let report = Course::new().init(&dir).unwrap();
    assert_eq!((report.starters, report.swallowed_by), (1, None));
    assert_eq!(
        members(&dir),
        [
            "bench",
            "count",
            "course",
            "gpu",
            "kernels",
            "kit",
            "lab",
            "nd",
            "transcript"
        ]
    );
    let ours = |line: &&str| !line.contains("solutions/") || line.contains("/count/");
    let tree = tree(&dir);
    assert_snapshot!(tree.lines().filter(ours).collect::<Vec<_>>().join("\n"), @r"
    .gitignore
    .llmlings/course/checker/…
    .llmlings/course/solutions/01_s/count/mistakes/off_by_one.rs
    .llmlings/course/solutions/01_s/count/solution.rs
    .llmlings/course/solutions/01_s/count/starter.rs
    .vscode/settings.json
    Cargo.lock
    Cargo.toml
    README.md
    exercises/01_s/README.md
    exercises/01_s/count/Cargo.toml
    exercises/01_s/count/checks.rs
    exercises/01_s/count/src/lib.rs
    info.toml
    ");
    assert_eq!(
        fs::read(dir.join("exercises/01_s/count/src/lib.rs")).unwrap(),
        b"// The starter."
    );
}

#[test]
fn a_new_folder_is_a_course_for_the_rest_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    Course::new().init(folder.path()).unwrap();
    let layout = Layout::discover(&folder.path().join("exercises")).unwrap();
    assert_eq!(layout.shape(), Shape::Initialised);
    let manifest = Manifest::read(&layout.manifest()).unwrap();
    let files = layout.exercise(manifest.find("count").unwrap());
    assert!(starter::is_pristine(&files).unwrap());
    assert_eq!(files.mistakes().unwrap().len(), 1);
}

#[test]
fn what_the_program_carries_becomes_a_course() {
    let folder = tempfile::tempdir().unwrap();
    llmlings::course::init::init(folder.path()).unwrap();
    let layout = Layout::at(folder.path()).unwrap();
    Manifest::read(&layout.manifest()).unwrap_or_else(|error| panic!("{error}"));
    let mut files = Package::embedded().files();
    if !files.any(|(path, _)| path.ends_with("/starter.rs")) {
        eprintln!("NOT TESTED: cargo in a new folder, because no exercise has a starter yet");
        return;
    }
    assert!(members(folder.path()).contains(&"course".to_string()));
}

#[test]
fn it_works_in_a_path_with_spaces_and_letters_of_the_world() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("mein Kurs – Übung 学");
    Course::new().init(&dir).unwrap();
    assert_eq!(members(&dir).len(), 9);
}

#[test]
fn it_works_in_another_workspace_and_says_when_that_one_will_not() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("Cargo.toml");
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
    fs::write(&manifest, workspace).unwrap();
    let beside = folder.path().join("learn");
    assert_eq!(Course::new().init(&beside).unwrap().swallowed_by, None);
    assert_eq!(members(&beside).len(), 9);

    let within = folder.path().join("crates/learn");
    let outer = Course::new().init(&within).unwrap().swallowed_by.unwrap();
    assert_eq!(members(&within).len(), 9);
    let said = outer
        .to_string()
        .replace(&outer.manifest.display().to_string(), "OUTER");
    assert_snapshot!(said, @r#"
    the workspace OUTER takes this folder for a member (`crates/*`), and cargo will refuse to work there
    = add to its [workspace]: `exclude = ["crates/learn"]`
    "#);
    let arguments = ["metadata", "--offline", "--no-deps", "--format-version=1"];
    assert!(!cargo(folder.path(), &arguments).status.success());
    fs::write(
        &manifest,
        format!("{workspace}exclude = [\"crates/learn\"]\n"),
    )
    .unwrap();
    assert!(cargo(folder.path(), &arguments).status.success());
    assert_eq!(Course::new().update(&within).unwrap().swallowed_by, None);
}

#[test]
fn it_works_in_a_repository_and_hides_what_is_not_to_be_committed() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        Command::new("git")
            .current_dir(folder.path())
            .args(arguments)
            .output()
    };
    if git(&["init", "--quiet"]).is_err() {
        eprintln!("NOT TESTED: a git repository, because there is no git");
        return;
    }
    Course::new().init(folder.path()).unwrap();
    assert_eq!(members(folder.path()).len(), 9);
    let status = git(&["status", "--porcelain", "--untracked-files=all"]).unwrap();
    let status = String::from_utf8(status.stdout).unwrap();
    assert!(
        status.contains("exercises/01_s/count/src/lib.rs"),
        "{status}"
    );
    assert!(!status.contains(".llmlings/"), "{status}");
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.tex"), "years of work").unwrap();
    let error = Course::new().init(folder.path()).unwrap_err();
    let said = error
        .to_string()
        .replace(&folder.path().display().to_string(), "DIR");
    assert_snapshot!(said, @r"
    DIR is not empty (it holds thesis.tex), and nothing in it is touched
    = choose a folder that is empty or not there yet: `llmlings init DIR/llmlings`
    ");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(matches!(
        Course::new().update(folder.path()),
        Err(InitError::NoCourse(_))
    ));
}

#[test]
fn an_existing_course_is_left_alone_and_the_way_to_update_is_told() {
    let folder = tempfile::tempdir().unwrap();
    Course::new().init(folder.path()).unwrap();
    let error = Course::new().init(folder.path()).unwrap_err();
    let said = error
        .to_string()
        .replace(&folder.path().display().to_string(), "DIR");
    assert_snapshot!(said, @r"
    DIR is a course already
    = go on: `cd DIR`, `llmlings`; or bring it up to date, which keeps your answers and your progress: `llmlings init --update DIR`
    ");
}

#[test]
fn the_repository_needs_no_init() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for result in [
        Course::new().init(&repository),
        Course::new().update(&repository),
    ] {
        assert!(
            matches!(result, Err(InitError::IsRepository { .. })),
            "{result:?}"
        );
    }
}

#[test]
fn an_update_brings_the_course_and_keeps_what_is_the_learners() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    Course::new().init(root).unwrap();
    let mut store = Store::open(&root.join(".llmlings")).value;
    let _ = store.update(|progress| progress.path = Some("mine".to_string()));
    let mine = [
        "exercises/01_s/count/src/lib.rs",
        "README.md",
        ".vscode/settings.json",
    ];
    for file in mine {
        fs::write(root.join(file), "mine").unwrap();
    }
    let state = fs::read(root.join(".llmlings/state.json")).unwrap();

    let report = Course::new()
        .without("solutions/01_s/count/mistakes/off_by_one.rs")
        .with(
            "exercises/01_s/count/checks.rs",
            b"fn main() { /* better */ }",
        )
        .with(
            "solutions/01_s/unfinished/starter.rs",
            b"// Now it is finished.",
        )
        .with(
            "exercises/01_s/unfinished/Cargo.toml",
            b"[package]\nname = \"unfinished\"\n",
        )
        .update(root)
        .unwrap();
    assert_eq!(report.starters, 1);
    assert_eq!(report.written, 4);
    for file in mine {
        assert_eq!(fs::read(root.join(file)).unwrap(), b"mine", "{file}");
    }
    assert_eq!(fs::read(root.join(".llmlings/state.json")).unwrap(), state);
    let checks = fs::read_to_string(root.join("exercises/01_s/count/checks.rs")).unwrap();
    assert!(checks.contains("better"));
    let gone = root.join(".llmlings/course/solutions/01_s/count/mistakes/off_by_one.rs");
    assert!(!gone.exists());
    assert!(members(root).contains(&"unfinished".to_string()));
}

#[test]
fn an_interrupted_init_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("learn");
    // A folder where a file should be stops it in the middle.
    let obstacle = dir.join("exercises/01_s/count/checks.rs");
    fs::create_dir_all(&obstacle).unwrap();
    fs::create_dir_all(dir.join(".llmlings")).unwrap();
    fs::write(dir.join(".llmlings/init-unfinished"), "").unwrap();
    let error = Course::new().init(&dir).unwrap_err();
    assert!(
        error.to_string().contains("the same command goes on"),
        "{error}"
    );
    fs::remove_dir(&obstacle).unwrap();
    Course::new().init(&dir).unwrap();
    assert_eq!(members(&dir).len(), 9);
    assert!(matches!(
        Course::new().init(&dir),
        Err(InitError::AlreadyACourse { .. })
    ));
}
