//! `llmlings list`: the course as a table, stage by stage.

mod table;

use std::io::{self, Write};

use serde_json::{Value, json};

use super::progress_bar::{self, Tally};
use crate::course::{ContentHash, Entry, FindError, Manifest, Progress, Status};

pub use table::draw_table;

/// One exercise with all that the table tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'m> {
    /// The exercise.
    pub entry: Entry<'m>,
    /// Where it stands.
    pub status: Status,
    /// Whether the learner is at it.
    pub current: bool,
    /// How many of its hints have been shown.
    pub hints_shown: usize,
}

/// Which exercises to list: those for which everything that is set holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what has not passed, or not as it is now.
    pub pending: bool,
    /// Only what has passed, as it is now.
    pub done: bool,
    /// Only this stage: its number, folder or word.
    pub stage: Option<String>,
    /// Only this learning path, in its order.
    pub path: Option<String>,
    /// Only what has this in its id, title or kind.
    pub search: Option<String>,
}

/// The rows of the whole course. `answer` tells what an exercise's answer is now.
pub fn rows<'m>(
    manifest: &'m Manifest,
    progress: &Progress,
    answer: impl Fn(Entry<'m>) -> Option<ContentHash>,
) -> Vec<Row<'m>> {
    let current = progress.current(manifest).map(|entry| entry.index);
    let row = |entry: Entry<'m>| Row {
        entry,
        status: progress.status(entry, answer(entry).as_ref()),
        current: Some(entry.index) == current,
        hints_shown: progress.hints_shown(entry),
    };
    manifest.exercises().map(row).collect()
}

impl Filter {
    /// The rows that pass the filter.
    ///
    /// # Errors
    /// The filter names a stage or a path that there is not.
    pub fn apply<'m>(
        &self,
        manifest: &'m Manifest,
        rows: &[Row<'m>],
    ) -> Result<Vec<Row<'m>>, FindError> {
        let stage = self
            .stage
            .as_deref()
            .map(|name| manifest.stage(name))
            .transpose()?;
        let mut chosen = match &self.path {
            Some(id) => {
                let path = manifest.path_exercises(manifest.path(id)?);
                path.filter_map(|entry| rows.get(entry.index).copied())
                    .collect()
            }
            None => rows.to_vec(),
        };
        let search = self.search.as_deref().unwrap_or_default().to_lowercase();
        chosen.retain(|row| {
            let exercise = row.entry.exercise;
            let passed = row.status == Status::Passed;
            let texts = [
                exercise.id.as_str(),
                &exercise.title,
                exercise.kind.as_str(),
            ];
            (!self.pending || !passed)
                && (!self.done || passed)
                && stage.is_none_or(|stage| stage.folder == row.entry.stage.folder)
                && texts
                    .iter()
                    .any(|text| text.to_lowercase().contains(&search))
        });
        Ok(chosen)
    }
}

/// How many of these passed, as they are now or earlier.
pub fn tally(rows: &[Row<'_>]) -> Tally {
    let passed = rows
        .iter()
        .filter(|row| row.status != Status::Pending)
        .count();
    Tally {
        passed,
        total: rows.len(),
    }
}

/// Draws the chosen rows, and below them how far the whole course is.
///
/// # Errors
/// Those of `out`.
pub fn draw(
    out: &mut dyn Write,
    all: &[Row<'_>],
    chosen: &[Row<'_>],
    width: usize,
) -> io::Result<()> {
    draw_table(out, chosen, width)?;
    writeln!(out)?;
    progress_bar::draw(out, tally(all), width)?;
    writeln!(out)
}

/// The same facts for a program: an object with an array `exercises`.
pub fn to_json(manifest: &Manifest, all: &[Row<'_>], chosen: &[Row<'_>]) -> Value {
    let current = all.iter().find(|row| row.current);
    let tally = tally(all);
    json!({
        "title": manifest.title,
        "current": current.map(|row| &row.entry.exercise.id),
        "passed": tally.passed,
        "total": tally.total,
        "exercises": chosen.iter().map(row_to_json).collect::<Vec<_>>(),
    })
}

fn row_to_json(row: &Row<'_>) -> Value {
    let Entry {
        spiral,
        stage,
        exercise,
        ..
    } = row.entry;
    json!({
        "id": exercise.id,
        "title": exercise.title,
        "spiral": spiral.id,
        "stage": stage.folder,
        "stage_title": stage.title,
        "kind": exercise.kind.as_str(),
        "difficulty": exercise.difficulty,
        "minutes": exercise.minutes,
        "points": exercise.points,
        "device": exercise.device.as_str(),
        "heavy": exercise.heavy,
        "revisits": exercise.revisits,
        "status": status_word(row.status),
        "current": row.current,
        "hints_shown": row.hints_shown,
        "hints": exercise.hints.len(),
        "answer": format!("exercises/{}/{}/src/lib.rs", stage.folder, exercise.id),
    })
}

/// "passed", "changed" or "pending".
fn status_word(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::ChangedSincePassed => "changed",
        Status::Pending => "pending",
    }
}

#[cfg(test)]
mod tests;
