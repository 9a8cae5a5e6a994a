//! A new exercise: every file that it needs, with what is to be written marked.

use super::generate;
use crate::course::{Layout, Manifest, ManifestError, atomic};
use std::path::PathBuf;
use std::{fmt, fs, io};

/// A new exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The files that were written, in the order in which they are best filled.
    pub files: Vec<PathBuf>,
    /// What was added to info.toml.
    pub entry: String,
}

/// Why no exercise was made; nothing was written then.
#[derive(Debug)]
pub enum NewError {
    /// It is not named `NN_stage/name`.
    NotAName {
        /// What was given.
        given: String,
    },
    /// info.toml has no such stage.
    NoStage {
        /// The stage.
        stage: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// There is such an exercise, or at least its folder.
    Exists {
        /// What is there.
        what: PathBuf,
    },
    /// With the new entry, info.toml would not be right.
    Manifest(ManifestError),
    /// A file could not be read or written.
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Makes the exercise `given`, which is `NN_stage/name`, at the end of its stage: adds it to
/// info.toml and to the library's modules, and writes its files.
///
/// # Errors
/// [`NewError`].
pub fn create(layout: &Layout, given: &str) -> Result<Created, NewError> {
    let named = given.split_once('/').filter(|(_, id)| !id.contains('/'));
    let (stage, id) = named.ok_or_else(|| NewError::NotAName {
        given: given.into(),
    })?;
    let file = layout.manifest();
    let failed = |file: &PathBuf| {
        let file = file.clone();
        move |source| NewError::Io { file, source }
    };
    let text = fs::read_to_string(&file).map_err(failed(&file))?;
    let known = Manifest::parse(&text, &file).map_err(NewError::Manifest)?;
    let entry = entry(id);
    let Some(text) = with_entry(&text, stage, &entry) else {
        let stages = known.spirals.iter().flat_map(|spiral| &spiral.stages);
        return Err(NewError::NoStage {
            stage: stage.into(),
            known: stages.map(|stage| stage.folder.clone()).collect(),
        });
    };
    // Whether the name can be one, and is new, is seen by reading the whole again.
    let manifest = Manifest::parse(&text, &file).map_err(NewError::Manifest)?;
    let files = manifest.get(id).map(|entry| layout.exercise(entry));
    let files = files.ok_or_else(|| NewError::NotAName {
        given: given.into(),
    })?;
    for folder in [files.dir(), files.solution_dir()] {
        if folder.exists() {
            return Err(NewError::Exists { what: folder });
        }
    }
    let mistake = files.mistakes_dir().join("name_it.rs");
    let accepted = files.accepted_dir().join("somebody.rs");
    let mut written = Vec::new();
    for (path, source) in [
        (files.starter(), STARTER),
        (files.checks(), CHECKS),
        (files.solution(), SOLUTION),
        (mistake, MISTAKE),
        (accepted, ACCEPTED),
        (files.oracle_script(), ORACLE),
        (files.answer(), STARTER),
    ] {
        let text = source.replace("NAME", id);
        atomic::create(&path, text.as_bytes()).map_err(failed(&path))?;
        written.push(path);
    }
    let crate_manifest = files.cargo_manifest();
    generate::write_cargo_manifest(&files).map_err(failed(&crate_manifest))?;
    written.push(crate_manifest);
    atomic::replace(&file, text.as_bytes()).map_err(failed(&file))?;
    let library = layout.solutions_dir().join("lib.rs");
    generate::write_library(layout, &manifest).map_err(failed(&library))?;
    written.extend([file, library]);
    Ok(Created {
        files: written,
        entry,
    })
}

/// The starter of a new exercise.
pub(super) fn starter(id: &str) -> String {
    STARTER.replace("NAME", id)
}

fn entry(id: &str) -> String {
    format!(
        "[[spirals.stages.exercises]]\nid = \"{id}\"\ntitle = \"TODO\"\nkind = \"todo\"\n\
         difficulty = 1\nminutes = 15\npoints = 10\n\
         hints = [\"TODO: where to look\", \"TODO: which idea\", \"TODO: nearly how\"]\n"
    )
}

/// The text of an info.toml with an entry at the end of a stage; nothing if it has no such
/// stage. Comments and spacing stay as they are.
fn with_entry(text: &str, stage: &str, entry: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let names_it = |line: &&str| {
        let value = line.trim().strip_prefix("folder").map(str::trim_start);
        let value = value.and_then(|rest| rest.strip_prefix('=')).map(str::trim);
        value.is_some_and(|value| {
            let quoted = value.strip_prefix(['"', '\'']);
            let rest = quoted.and_then(|value| value.strip_prefix(stage));
            rest.is_some_and(|rest| rest.starts_with(['"', '\'']))
        })
    };
    let start = lines.iter().position(names_it)?;
    let is_next = |line: &&str| {
        let line = line.trim();
        line.starts_with("[[") && !line.starts_with("[[spirals.stages.exercises]]")
    };
    let next = lines[start..].iter().position(is_next);
    let end = next.map_or(lines.len(), |next| start + next);
    let before = lines[..end].concat();
    let after = lines[end..].concat();
    let gap = if after.is_empty() { "" } else { "\n" };
    Some(format!("{}\n\n{entry}{gap}{after}", before.trim_end()))
}

impl fmt::Display for NewError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NotAName { given } => write!(
                f,
                "`{given}` names no exercise\n= say stage and name: `llmlings dev new 03_backprop/my_exercise`"
            ),
            Self::NoStage { stage, known } => write!(
                f,
                "info.toml has no stage `{stage}`\n= add the stage there first, or take one of these: {}",
                known.join(", ")
            ),
            Self::Exists { what } => write!(
                f,
                "{} is there already\n= choose another name, or delete the folder",
                what.display()
            ),
            Self::Manifest(error) => error.fmt(f),
            Self::Io { file, source } => write!(f, "{}: {source}", file.display()),
        }
    }
}

impl std::error::Error for NewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Manifest(error) => Some(error),
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

const STARTER: &str = r#"//! # TODO: what is learned, in a few words
//!
//! ## Understand
//! TODO: what is asked; the shape of every array; a case that can be done by hand.
//!
//! ## Plan
//! TODO: the related problem, the formula, where it stands (paper and equation).
//!
//! ## Carry out
//! TODO: how many gaps, how large, what they may cost.
//!
//! ## Look back
//! TODO: another way to derive it, its cost, where it returns.

use ndarray::{Array1, ArrayRef1};

/// TODO: what it returns, of which shape.
pub fn answer(x: &ArrayRef1<f64>) -> Array1<f64> {
    todo!()
}
"#;

const SOLUTION: &str = r#"//! TODO: what it is, and what it costs.

use ndarray::{Array1, ArrayRef1};

/// TODO: what it returns, of which shape.
pub fn answer(x: &ArrayRef1<f64>) -> Array1<f64> {
    x * 2.0
}
"#;

const ACCEPTED: &str = r#"//! TODO: replace this by an answer of somebody who has not seen the reference.

use ndarray::{Array1, ArrayRef1};

pub fn answer(x: &ArrayRef1<f64>) -> Array1<f64> {
    x + x
}
"#;

const MISTAKE: &str = r#"//! TODO: the symptom, the cause, the cure, in two or three sentences. Name the file after
//! what people do wrong, and write what they write.

use ndarray::{Array1, ArrayRef1};

pub fn answer(x: &ArrayRef1<f64>) -> Array1<f64> {
    x * x
}
"#;

const CHECKS: &str = r#"use NAME::answer;

use kit::prelude::*;

// TODO: from the simplest true thing to the whole; each name is a true sentence.
pub fn main() {
    checks(&[
        ("one, two, three become two, four, six", |c| {
            let x = array![1.0, 2.0, 3.0];
            c.given("x", &x);
            c.observe("y", &answer(&x), T64);
        }),
        ("any numbers are doubled", |c| {
            let x = c.normal(5);
            c.given("x", &x);
            c.observe("y", &answer(&x), T64);
        }),
    ])
}
"#;

const ORACLE: &str = r#""""TODO: which library computes what, and why that proves the reference."""

import numpy as np

from oracle import answer, inputs, versions

checks = {check: {"y": 2 * given["x"]} for check, given in inputs().items()}
tolerance = {"atol": 1e-12, "rtol": 1e-10, "why": "TODO: from the arithmetic"}
answer("NAME", 1, checks, versions("numpy"), tolerance)
"#;

#[cfg(test)]
mod tests;
