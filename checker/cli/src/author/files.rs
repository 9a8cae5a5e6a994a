//! Whether an exercise has its files, and no others.

use super::finding::{Finding, relative};
use super::generate;
use crate::course::{ExerciseFiles, Layout, Manifest};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What is wrong with the files in `solutions/…/<id>/`.
pub fn in_solutions(layout: &Layout, files: &ExerciseFiles) -> Vec<Finding> {
    let lacks = |file: &Path, what: &str, advice: &str| {
        (!file.is_file()).then(|| Finding::at(layout, file, format!("there is no {what}"), advice))
    };
    let mut found: Vec<Finding> = [
        lacks(
            &files.starter(),
            "starter",
            "write what a learner begins with",
        ),
        lacks(&files.solution(), "solution", "write the reference"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let none = |answers: std::io::Result<Vec<PathBuf>>| answers.is_ok_and(|a| a.is_empty());
    if none(files.mistakes()) {
        let advice = "write each classic wrong answer as a whole file, its lesson above the code";
        found.push(Finding::at(
            layout,
            &files.mistakes_dir(),
            "there is no mistake",
            advice,
        ));
    }
    if none(files.accepted()) {
        let message = "there is no accepted answer";
        let advice = "let somebody who has not seen the reference solve the exercise";
        found.push(Finding::at(layout, &files.accepted_dir(), message, advice));
    }
    let belongs = |path: &str| {
        let in_folder = |folder: &str, end: &str| {
            let name = path.strip_prefix(folder);
            name.is_some_and(|name| name.ends_with(end) && !name.contains('/'))
        };
        path == "starter.rs"
            || path == "solution.rs"
            || path == "equivalent.toml"
            || in_folder("mistakes/", ".rs")
            || in_folder("accepted/", ".rs")
            // What the folder of snapshots holds is held against the answers elsewhere.
            || path.starts_with("snapshots/")
    };
    found.extend(strays(layout, &files.solution_dir(), &belongs));
    found
}

/// What is wrong with the files in `exercises/…/<id>/`, beside the learner's own text.
pub fn in_exercises(layout: &Layout, files: &ExerciseFiles) -> Vec<Finding> {
    let belongs =
        |path: &str| matches!(path, "Cargo.toml" | "checks.rs" | "bench.rs" | "src/lib.rs");
    let mut found = strays(layout, &files.dir(), &belongs);
    if !files.checks().is_file() {
        let advice = "write what must hold";
        found.push(Finding::at(
            layout,
            &files.checks(),
            "there are no checks",
            advice,
        ));
    }
    found.extend(cargo_manifest(layout, files));
    found
}

fn cargo_manifest(layout: &Layout, files: &ExerciseFiles) -> Option<Finding> {
    // A missing answer is told elsewhere.
    let wanted = generate::cargo_manifest(files).ok()?;
    let file = files.cargo_manifest();
    let there = fs::read_to_string(&file).unwrap_or_default();
    let advice = "generate it: `llmlings dev library`";
    (!generate::same(&there, &wanted)).then(|| {
        Finding::at(
            layout,
            &file,
            "not the manifest that the answers need",
            advice,
        )
    })
}

/// What is wrong with `solutions/` beyond its single exercises: the list of modules, and
/// whatever belongs to no exercise of info.toml.
pub fn in_course(layout: &Layout, manifest: &Manifest) -> Vec<Finding> {
    let mut found = Vec::new();
    for (library, text) in generate::libraries(layout, manifest) {
        let there = fs::read_to_string(&library).unwrap_or_default();
        if !generate::same(&there, &text) {
            let message = "not the modules that info.toml lists";
            let advice = "generate it: `llmlings dev library`";
            found.push(Finding::at(layout, &library, message, advice));
        }
    }
    found.extend(unknown_folders(layout, manifest, &layout.solutions_dir()));
    found.extend(oracles(layout, manifest));
    found
}

/// The folders in the stages below `top` (`exercises/` or `solutions/`) that are those of no
/// exercise of info.toml.
pub fn unknown_folders(layout: &Layout, manifest: &Manifest, top: &Path) -> Vec<Finding> {
    let known: BTreeSet<String> = manifest
        .exercises()
        .map(|entry| format!("{}/{}", entry.stage.folder, entry.exercise.id))
        .collect();
    let stages = folders(top).into_iter().filter(|stage| {
        // `solutions/oracles/` is no stage.
        relative_to(top, stage).starts_with(|c: char| c.is_ascii_digit())
    });
    let exercises = stages.flat_map(|stage| folders(&stage));
    let unknown = exercises.filter(|folder| !known.contains(&relative_to(top, folder)));
    let told = unknown.map(|folder| {
        let message = "info.toml knows no exercise in this folder";
        let advice = "add it to info.toml, or delete the folder";
        Finding::at(layout, &folder, message, advice)
    });
    told.collect()
}

fn oracles(layout: &Layout, manifest: &Manifest) -> Vec<Finding> {
    let scripts = layout.solutions_dir().join("oracles");
    let imported = imported_modules(&scripts);
    let known = |path: &str| {
        let name = path.strip_prefix("values/").unwrap_or(path);
        let id = name.strip_suffix(".py").or(name.strip_suffix(".json"));
        path == "requirements.txt"
            || path
                .strip_suffix(".py")
                .is_some_and(|module| imported.contains(module))
            || id.is_some_and(|id| manifest.exercises().any(|e| e.exercise.id == id))
    };
    strays(layout, &scripts, &known)
}

/// The modules that scripts in `folder` import: what several of them share lies beside them.
fn imported_modules(folder: &Path) -> BTreeSet<String> {
    let mut scripts = Vec::new();
    walk(folder, &mut scripts);
    let mut modules = BTreeSet::new();
    for script in scripts
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "py"))
    {
        let source = fs::read_to_string(script).unwrap_or_default();
        for line in source.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let ["import" | "from", module, ..] = words[..] {
                modules.insert(module.trim_end_matches(',').to_string());
            }
        }
    }
    modules
}

/// The files below `folder` that do not belong there.
fn strays(layout: &Layout, folder: &Path, belongs: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let mut files = Vec::new();
    walk(folder, &mut files);
    files.sort();
    let stray = files
        .iter()
        .filter(|file| !belongs(&relative_to(folder, file)));
    let told = stray.map(|file| {
        let message = "a stray file: nothing of this name belongs here";
        Finding::at(
            layout,
            file,
            message,
            "delete it, or move it where it belongs",
        )
    });
    told.collect()
}

/// All files below a folder, but for what Python and the file manager leave.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "__pycache__" {
            walk(&path, files);
        } else if path.is_file() && name != ".DS_Store" {
            files.push(path);
        }
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|e| e.path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn relative_to(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file);
    path.display()
        .to_string()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

/// The file's text, or the finding that it cannot be read.
pub(super) fn read(layout: &Layout, file: &Path) -> Result<String, Finding> {
    fs::read_to_string(file).map_err(|e| {
        let message = format!("{} cannot be read: {e}", relative(layout, file));
        Finding::at(layout, file, message, "write it as UTF-8 text")
    })
}
