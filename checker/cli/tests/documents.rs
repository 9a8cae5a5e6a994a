//! What the documents say is so: commands parse, exit codes and keys are those of the
//! program, the failure in the README is what the program writes, and links lead somewhere.

mod support;

#[path = "documents/markdown.rs"]
mod markdown;

use clap::CommandFactory as _;
use clap::error::ErrorKind;
use llmlings::args::Cli;
use llmlings::course::{Layout, Manifest};
use llmlings::exit::EXIT_CODES;
use llmlings::faces::verdict::{self, Context};
use llmlings::faces::watch::state::{Facts, Input, Key, Phase, State};
use llmlings::runner::{Cancel, Libraries, Limits, Report, Runner, Task, Verdict};
use markdown::{commands, links, slugs};
use std::fs;
use std::path::{Path, PathBuf};
use support::repository;

const README: &str = "README.md";
const CONTRIBUTING: &str = ".github/CONTRIBUTING.md";
const SECURITY: &str = ".github/SECURITY.md";

fn read(document: &Path) -> String {
    let text = fs::read_to_string(document);
    text.unwrap_or_else(|e| panic!("{}: {e}", document.display()))
}

fn readme() -> String {
    read(&repository().join(README))
}

/// The documents at the top, and the notes of all stages.
fn documents() -> Vec<PathBuf> {
    let root = repository();
    let layout = Layout::at(&root).unwrap_or_else(|e| panic!("{e}"));
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let stages = manifest.spirals.iter().flat_map(|spiral| &spiral.stages);
    let notes = stages.map(|stage| layout.notes(&stage.folder));
    let top = [README, CONTRIBUTING, SECURITY].map(|file| root.join(file));
    top.into_iter().chain(notes).collect()
}

/// What is wrong with a command line, if anything is.
fn refused(line: &str) -> Option<String> {
    // What stands for the reader's own word, or may be left out, is there.
    let words = line
        .split_whitespace()
        .map(|word| word.trim_matches(['[', ']']));
    match Cli::command().try_get_matches_from(words) {
        Ok(_) => None,
        Err(e) if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => None,
        Err(e) => Some(e.to_string()),
    }
}

#[test]
fn commands_are_those_of_the_program() {
    for document in documents() {
        for line in commands(&read(&document)) {
            if let Some(words) = refused(&line) {
                panic!("{}: `{line}`\n{words}", document.display());
            }
        }
    }
    assert!(refused("llmlings wtach").is_some());
    assert!(refused("llmlings check --format xml").is_some());
    assert!(refused("llmlings dev chekc").is_some());
}

#[test]
fn no_command_is_left_out() {
    let told = commands(&readme()).join("\n");
    for command in Cli::command().get_subcommands() {
        let line = format!("llmlings {}", command.get_name());
        assert!(told.contains(&line), "README does not speak of `{line}`");
    }
    let told = commands(&read(&repository().join(CONTRIBUTING))).join("\n");
    let cli = Cli::command();
    let dev = cli.find_subcommand("dev").expect("the authors' tools");
    for command in dev.get_subcommands() {
        let line = format!("llmlings dev {}", command.get_name());
        assert!(
            told.contains(&line),
            "CONTRIBUTING does not speak of `{line}`"
        );
    }
}

#[test]
fn exit_codes_are_those_of_the_program() {
    let readme = readme().replace('`', "");
    let mut codes = 0;
    for line in EXIT_CODES.lines().skip(1) {
        // Two columns: a code, two spaces and its meaning, twice.
        let mut words = line
            .split("  ")
            .map(str::trim)
            .filter(|word| !word.is_empty());
        while let (Some(code), Some(meaning)) = (words.next(), words.next()) {
            let meaning = meaning.trim_matches(['(', ')']).replace('`', "");
            let row = format!("| {code} | {meaning} |");
            assert!(readme.contains(&row), "README lacks {row:?}");
            codes += 1;
        }
    }
    let rows = readme.lines().filter(|line| {
        let cell = line.trim_start_matches('|').split('|').next();
        cell.is_some_and(|cell| cell.trim().parse::<u8>().is_ok())
    });
    assert_eq!(rows.count(), codes, "README has codes that there are not");
}

/// Watch with two solved exercises, between two verdicts: where every key does something.
fn watch() -> State {
    let solved = Facts {
        passed: true,
        hints: 3,
        ..Facts::default()
    };
    let mut state = State::new(vec![solved; 3], 1);
    state.phase = Phase::Judged(Box::new(Report::of(Verdict::Passed)));
    state
}

fn does_something(key: char) -> bool {
    let mut state = watch();
    let effects = state.update(Input::Key(Key::Char(key)));
    !effects.is_empty() || state != watch()
}

#[test]
fn keys_are_those_of_watch() {
    let readme = readme();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `"));
    let keys: Vec<char> = rows
        .filter(|row| row[1..].starts_with("` |"))
        .filter_map(|row| row.chars().next())
        .collect();
    for key in &keys {
        assert!(does_something(*key), "watch knows no key {key:?}");
    }
    for key in ('a'..='z').filter(|key| does_something(*key)) {
        assert!(
            keys.contains(&key),
            "README does not speak of the key {key:?}"
        );
    }
}

#[test]
fn the_exercises_that_exist_are_named() {
    let layout = Layout::at(&repository()).unwrap_or_else(|e| panic!("{e}"));
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let readme = readme();
    // The table of spirals names them in parentheses, `(`one`, `two`)`.
    let stages = |line: &&str| line.starts_with("| ") && line.contains("(`");
    let table: String = readme.lines().filter(stages).collect();
    for entry in manifest.exercises() {
        let named = format!("`{}`", entry.exercise.id);
        assert!(table.contains(&named), "README does not speak of {named}");
    }
    for path in &manifest.paths {
        assert!(
            readme.contains(&path.id),
            "README lacks the path {}",
            path.id
        );
    }
}

/// The verdict on a mistake, as `run` writes it, without how long it took.
fn failure(exercise: &str, mistake: &str) -> String {
    let layout = Layout::at(&repository()).unwrap_or_else(|e| panic!("{e}"));
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let entry = manifest.get(exercise).expect("an exercise of the course");
    let files = layout.exercise(entry);
    let scratch = tempfile::tempdir().unwrap();
    let task = Task {
        name: exercise.into(),
        answer: files.mistakes_dir().join(mistake),
        contents: None,
        checks: files.checks(),
        snapshots: files.snapshots_dir(),
        scratch: scratch.path().into(),
        root: layout.root().into(),
        libraries: Libraries::Arrays,
        optimise: false,
        limits: Limits::default(),
    };
    let runner = Runner::prepare(layout.root(), Libraries::Arrays, &mut |_| {});
    let runner = runner.unwrap_or_else(|verdict| panic!("{}", verdict.summary()));
    let report = runner.learn(&task, &Cancel::default());
    let context = Context {
        id: exercise.into(),
        title: entry.exercise.title.clone(),
        ..Context::default()
    };
    let mut out = Vec::new();
    colored::control::set_override(false);
    verdict::draw(&report, &context, 76, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("  compiled in"));
    let lines: Vec<&str> = lines.collect();
    lines.join("\n").trim_end().to_string()
}

#[test]
fn the_failure_in_the_readme_is_what_the_program_writes() {
    let shown = failure("softmax_backward", "diagonal-only.rs");
    let block = format!("```text\n{shown}\n```\n");
    assert!(
        readme().contains(&block),
        "README does not show what the program writes:\n{block}"
    );
}

#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let text = read(&document);
        let folder = document.parent().expect("a document lies in a folder");
        for link in links(&text) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => document.clone(),
                file => folder.join(file),
            };
            let here = document.display();
            assert!(target.exists(), "{here}: {link} leads nowhere");
            let known = anchor.is_empty() || slugs(&read(&target)).contains(&anchor.to_string());
            assert!(known, "{here}: {link} names no heading");
        }
    }
}
