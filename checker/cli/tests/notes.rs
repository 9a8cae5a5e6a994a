//! The code in the stages' notes compiles and does not panic, so what it asserts is true.

mod support;

use llmlings::runner::{Libraries, Runner};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::program::{Ran, ran};
use support::repository;

fn runner() -> Runner {
    Runner::prepare(&repository(), Libraries::Kernels, &mut |_| {})
        .unwrap_or_else(|v| panic!("{}", v.summary()))
}

/// The notes of all stages.
fn notes() -> Vec<PathBuf> {
    let stages = fs::read_dir(repository().join("exercises")).unwrap();
    let notes = stages.map(|stage| stage.unwrap().path().join("README.md"));
    let mut notes: Vec<PathBuf> = notes.filter(|file| file.is_file()).collect();
    notes.sort();
    notes
}

/// Compiles and runs each block of a document against what exercises are compiled against.
/// Other code than Rust names its language (`text`, `math`): rustdoc takes the rest for Rust.
fn run_blocks(runner: &Runner, document: &Path) -> Ran {
    let rustdoc = runner.toolchain.companion("rustdoc", "rustc");
    let mut rustdoc = Command::new(rustdoc.unwrap_or_else(|missing| panic!("{missing}")));
    rustdoc.args(["--test", "--edition=2024"]).arg(document);
    let dependencies = runner.dependencies(Libraries::Kernels);
    dependencies
        .expect("they were prepared")
        .name_to(&mut rustdoc);
    ran(&mut rustdoc)
}

#[test]
fn code_in_the_notes_runs() {
    let runner = runner();
    assert!(!notes().is_empty(), "no notes");
    for document in notes() {
        let blocks = fs::read_to_string(&document).unwrap();
        let blocks = blocks.lines().filter(|line| *line == "```rust").count();
        let Ran {
            code,
            stdout,
            stderr,
        } = run_blocks(&runner, &document);
        let all_ran = stdout.contains(&format!("{blocks} passed; 0 failed; 0 ignored"));
        assert!(
            code == 0 && all_ran,
            "{}: {blocks} blocks, and rustdoc says\n{stdout}{stderr}",
            document.display()
        );
    }
}

#[test]
fn a_block_that_is_wrong_is_found() {
    let runner = runner();
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("README.md");
    for (block, words) in [
        (
            "use course::char_bigrams::build_vocab;\nassert_eq!(build_vocab(\"aab\").len(), 3);",
            "left: 2\n right: 3",
        ),
        ("use course::no_such_exercise;", "no_such_exercise"),
    ] {
        fs::write(
            &document,
            format!("# Notes\n\nSo it is:\n\n```rust\n{block}\n```\n"),
        )
        .unwrap();
        let Ran {
            code,
            stdout,
            stderr,
        } = run_blocks(&runner, &document);
        assert_ne!(code, 0, "{block} passes");
        let said = stdout + &stderr;
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}
