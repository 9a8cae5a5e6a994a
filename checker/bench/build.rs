//! Finds the exercises with kernels, and writes the modules that `main.rs` and `tests/same.rs`
//! include: each exercise's `bench.rs` and `checks.rs`, and the answer that they name.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// `NAME=FILE`: the answer of an exercise that takes the reference's place.
const ANSWER: &str = "LLMLINGS_ANSWER";

/// An exercise with a kernel.
struct Exercise {
    name: String,
    folder: PathBuf,
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed={ANSWER}");
    println!("cargo::rerun-if-changed=build.rs");
    let course = fs::canonicalize("../..")?;
    let exercises = exercises(&course)?;
    let answer = env::var(ANSWER).unwrap_or_default();
    let answer = answer.split_once('=');
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("programs.rs"), programs(&exercises, answer))?;
    fs::write(out.join("checks.rs"), checks(&exercises))
}

/// The exercises whose references are kernels, and where they lie: beside the course's own files
/// in the repository, above them in a learner's folder.
fn exercises(course: &Path) -> io::Result<Vec<Exercise>> {
    let library = course.join("solutions/kernels/lib.rs");
    println!("cargo::rerun-if-changed={}", library.display());
    let library = fs::read_to_string(library)?;
    let places = [course.join("exercises"), course.join("../../exercises")];
    let mut found = Vec::new();
    for name in library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
    {
        for stage in places.iter().filter_map(|place| fs::read_dir(place).ok()) {
            for stage in stage {
                let folder = stage?.path().join(name);
                if folder.join("checks.rs").is_file() {
                    println!("cargo::rerun-if-changed={}", folder.display());
                    let name = name.to_string();
                    found.push(Exercise { name, folder });
                }
            }
        }
    }
    Ok(found)
}

/// A `bench.rs` names its answer as `checks.rs` does, by the exercise's crate: here by a module
/// of that name beside it.
fn programs(exercises: &[Exercise], answer: Option<(&str, &str)>) -> String {
    let (mut modules, mut table) = (String::new(), String::new());
    for Exercise { name, folder } in exercises {
        let file = folder.join("bench.rs");
        if !file.is_file() {
            continue;
        }
        let include = format!("include!({:?});", file.display().to_string());
        let reference = format!("pub mod reference {{ use kernels::{name}; {include} }}");
        let (answer, parts) = match answer.filter(|(of, _)| of == name) {
            Some((_, answer)) => (
                format!(
                    "#[path = {answer:?}] #[allow(dead_code, unused_variables)] mod answer; \
                     pub mod yours {{ use super::answer as {name}; {include} }}"
                ),
                format!(
                    "(Part::Answer, {name}::yours::bench), \
                     (Part::Reference, {name}::reference::bench)"
                ),
            ),
            None => (
                String::new(),
                format!("(Part::ReferenceAlone, {name}::reference::bench)"),
            ),
        };
        modules += &format!("mod {name} {{ {answer} {reference} }}\n");
        table += &format!("    Program {{ name: {name:?}, parts: &[{parts}] }},\n");
    }
    format!("{modules}\nconst PROGRAMS: &[Program] = &[\n{table}];\n")
}

/// The check program of every exercise, with the reference for its answer.
fn checks(exercises: &[Exercise]) -> String {
    let (mut modules, mut table) = (String::new(), String::new());
    for Exercise { name, folder } in exercises {
        let file = folder.join("checks.rs").display().to_string();
        modules += &format!("mod {name} {{ use kernels::{name}; include!({file:?}); }}\n");
        table += &format!("    ({name:?}, {name}::main),\n");
    }
    format!("{modules}\nconst CHECKS: &[(&str, fn())] = &[\n{table}];\n")
}
