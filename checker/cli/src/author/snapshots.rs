//! What is recorded of an exercise, held against what its answers show now.

use super::answers::{Answer, Role};
use super::finding::Finding;
use super::trial::Trials;
use crate::course::{ExerciseFiles, Layout};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use transcript::{Transcript, disagreements};

/// A snapshot is read by people: larger arrays are observed by a few of their sums.
pub const LARGEST: u64 = 4096;

/// How a snapshot comes to be.
const RECORD: &str = "record it: `cargo test`, then read what came: `cargo insta review`";

/// The answers whose evidence is recorded, with the file's name and what they show now.
pub fn to_record(trials: &Trials) -> Vec<(&Answer, String, &Transcript)> {
    let recorded = trials.trials.iter().filter_map(|trial| {
        let shown = trial.outcome.as_ref().ok()?;
        Some((&trial.answer, trial.answer.snapshot()?, &shown.transcript))
    });
    recorded.collect()
}

/// What is wrong with the snapshots themselves, and where they are no longer what the
/// answers show.
pub fn findings(layout: &Layout, files: &ExerciseFiles, trials: &Trials) -> Vec<Finding> {
    let folder = files.snapshots_dir();
    let mut there = snapshots_in(&folder);
    let mut found = Vec::new();
    for (answer, name, shown) in to_record(trials) {
        match there.remove(&name) {
            Some(file) => found.extend(of_one(layout, &file, answer, shown)),
            None => found.push(Finding::at(
                layout,
                &folder.join(&name),
                format!("nothing is recorded of the {answer}"),
                RECORD,
            )),
        }
    }
    // A broken answer has shown nothing; its record is no orphan.
    for trial in &trials.trials {
        trial.answer.snapshot().map(|name| there.remove(&name));
    }
    found.extend(there.into_values().map(|file| leftover(layout, &file)));
    found
}

fn of_one(layout: &Layout, file: &Path, answer: &Answer, shown: &Transcript) -> Vec<Finding> {
    let recorded = match read(file) {
        Ok(recorded) => recorded,
        Err(problem) => {
            return vec![Finding::at(
                layout,
                file,
                problem,
                format!("delete it and {RECORD}"),
            )];
        }
    };
    let mut found: Vec<Finding> = disagreements(&recorded, shown)
        .into_iter()
        .take(3)
        .map(|it| {
            let message = format!("no longer what the {answer} shows: {it}");
            let advice = match answer.role {
                Role::Reference => "find out which of the two is right before you record anew",
                _ => RECORD,
            };
            Finding::at(layout, file, message, advice)
        })
        .collect();
    let bytes = fs::metadata(file).map_or(0, |metadata| metadata.len());
    if bytes > LARGEST {
        let message = format!("the snapshot has {bytes} bytes; {LARGEST} are allowed");
        let advice = "observe large arrays with `observe_large`, or on smaller inputs";
        found.push(Finding::at(layout, file, message, advice));
    }
    found
}

/// Reads a snapshot.
///
/// # Errors
/// Says what is wrong with the file.
pub fn read(file: &Path) -> Result<Transcript, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("cannot be read: {e}"))?;
    Transcript::parse_snapshot(&text).map_err(|e| format!("is no snapshot of a transcript: {e}"))
}

fn snapshots_in(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, entry.path())
    };
    entries.map(named).collect()
}

fn leftover(layout: &Layout, file: &Path) -> Finding {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if name.ends_with(".snap.new") {
        let message = "a new snapshot waits to be read";
        return Finding::at(
            layout,
            file,
            message,
            "accept or reject it: `cargo insta review`",
        );
    }
    let message = "an orphan: no answer has this record";
    Finding::at(
        layout,
        file,
        message,
        "delete it, or bring back the mistake of that name",
    )
}
