//! What exercises are compiled with is asked of cargo once, and again when it changed.

use llmlings::runner::{Dependencies, Libraries, Runner, Step};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

/// Longer than the times of files are blurred.
const A_MOMENT: Duration = Duration::from_millis(200);

/// A workspace with crates of the names that the course's libraries have.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let names = ["ndarray", "nd", "kit", "course"];
    write(
        folder.path(),
        "Cargo.toml",
        &format!("[workspace]\nmembers = {names:?}\nresolver = \"3\"\n"),
    );
    for name in names {
        let uses = match name {
            "nd" => "ndarray = { path = \"../ndarray\" }",
            "kit" => "nd = { path = \"../nd\" }",
            _ => "",
        };
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\n{uses}\n"
        );
        write(folder.path(), &format!("{name}/Cargo.toml"), &manifest);
        write(
            folder.path(),
            &format!("{name}/src/lib.rs"),
            "pub const X: u8 = 1;\n",
        );
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["generate-lockfile", "--offline"]);
    let status = cargo.current_dir(folder.path()).status().unwrap();
    assert!(status.success());
    sleep(A_MOMENT);
    folder
}

fn write(root: &Path, file: &str, text: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The packages that cargo compiled.
fn prepare(root: &Path) -> (Runner, Vec<String>) {
    let mut compiled = Vec::new();
    let runner = Runner::prepare(root, Libraries::Arrays, &mut |step| {
        if let Step::Compiling(package) = step {
            compiled.push(package);
        }
    });
    (runner.unwrap_or_else(|v| panic!("{v:?}")), compiled)
}

fn dependencies(runner: &Runner) -> &Dependencies {
    runner.dependencies(Libraries::Arrays).unwrap()
}

/// The one memory file's time: it is written only when cargo was asked.
fn asked(root: &Path) -> std::time::SystemTime {
    let folder = root.join("target/llmlings/memory");
    let mut files = fs::read_dir(folder).unwrap();
    let file = files.next().unwrap().unwrap();
    assert!(files.next().is_none());
    file.metadata().unwrap().modified().unwrap()
}

#[test]
fn cargo_is_asked_again_only_after_a_change() {
    let folder = workspace();
    let root = fs::canonicalize(folder.path()).unwrap();
    let (runner, compiled) = prepare(&root);
    assert_eq!(compiled.len(), 4, "{compiled:?}");
    assert!(runner.serves(Libraries::Arrays));
    let first = asked(&root);
    assert_eq!(prepare(&root).1, [""; 0]);
    assert_eq!(asked(&root), first);

    // Changed sources are compiled, and only then the answer rests on them.
    write(&root, "nd/src/lib.rs", "pub const X: u8 = 2;\n");
    assert!(!runner.serves(Libraries::Arrays));
    sleep(A_MOMENT);
    let (runner, compiled) = prepare(&root);
    assert_eq!(compiled, ["nd", "kit"]);
    assert!(runner.serves(Libraries::Arrays));

    // So it is with what is gone, and with what appears.
    let library = &dependencies(&runner).externs["kit"];
    fs::remove_file(library).unwrap();
    let (runner, _) = prepare(&root);
    assert!(dependencies(&runner).externs["kit"].exists());
    write(
        &root,
        ".cargo/config.toml",
        "[profile.dev]\nopt-level = 1\n",
    );
    assert!(!runner.serves(Libraries::Arrays));
    sleep(A_MOMENT);
    assert_eq!(prepare(&root).1.len(), 4);
}

#[test]
fn what_changes_while_cargo_looks_is_not_believed() {
    let folder = workspace();
    let root = fs::canonicalize(folder.path()).unwrap();
    let changed = root.clone();
    let runner = Runner::prepare(&root, Libraries::Arrays, &mut |_| {
        write(&changed, "course/src/lib.rs", "pub const X: u8 = 3;\n");
    });
    runner.unwrap_or_else(|v| panic!("{v:?}"));
    assert!(!root.join("target/llmlings/memory").exists());
}
