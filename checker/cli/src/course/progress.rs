//! How far a learner is: a value, and pure functions on it.
//!
//! What is not understood is kept: unknown exercises, unknown fields. So an older
//! program loses nothing that a newer one wrote, and an exercise that left the course
//! keeps its record.

mod hash;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Entry, Manifest};

pub use hash::ContentHash;

/// The newest `format_version` of the state file that this program writes.
pub const FORMAT_VERSION: u64 = 1;

/// A learner's progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    format_version: u64,
    /// Id of the exercise that the learner is at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// Id of the learning path that the learner follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What happened with each exercise, by the id it had then.
    #[serde(rename = "exercises")]
    pub records: BTreeMap<String, Record>,
    /// Fields of the file that are not ours.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// What happened with one exercise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The last pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<Pass>,
    /// How often it was judged.
    #[serde(skip_serializing_if = "is_zero")]
    pub attempts: u64,
    /// The sealed one-number guess: the first one given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guess: Option<f64>,
    /// How many hints have been shown.
    #[serde(skip_serializing_if = "is_zero")]
    pub hints_shown: u64,
    /// Fields of the record that are not ours.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// A pass: when, and with which answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pass {
    /// Seconds since 1970; as wrong as the clock was. Only shown, never compared.
    pub at: u64,
    /// The answer that passed.
    #[serde(rename = "sha256")]
    pub answer: ContentHash,
    /// Fields of the pass that are not ours.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Where an exercise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The answer that is there now has passed.
    Passed,
    /// It passed once, with a different answer from the one that is there now.
    ChangedSincePassed,
    /// It has not passed.
    Pending,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            format_version: FORMAT_VERSION,
            current: None,
            path: None,
            records: BTreeMap::new(),
            rest: Map::new(),
        }
    }
}

impl Progress {
    /// What is known of an exercise, also under its earlier ids. The record under the id
    /// itself comes first; what it lacks is taken from the aliases.
    pub fn record(&self, entry: Entry<'_>) -> Record {
        let exercise = entry.exercise;
        let mut record = self.records.get(&exercise.id).cloned().unwrap_or_default();
        for earlier in exercise
            .aliases
            .iter()
            .filter_map(|id| self.records.get(id))
        {
            record.absorb(earlier);
        }
        record
    }

    /// The record under the exercise's present id, with all that is known of it.
    fn record_mut(&mut self, entry: Entry<'_>) -> &mut Record {
        let known = self.record(entry);
        let record = self.records.entry(entry.exercise.id.clone()).or_default();
        *record = known;
        record
    }

    /// Notes that an answer was judged, whatever came out.
    pub fn record_attempt(&mut self, entry: Entry<'_>) {
        let record = self.record_mut(entry);
        record.attempts = record.attempts.saturating_add(1);
    }

    /// Notes that an answer passed at `now` (seconds since 1970).
    pub fn record_pass(&mut self, entry: Entry<'_>, answer: ContentHash, now: u64) {
        self.record_mut(entry).passed = Some(Pass {
            at: now,
            answer,
            rest: Map::new(),
        });
    }

    /// Seals a guess. The first one stays; returns the one that counts. What is not a
    /// finite number seals nothing.
    pub fn record_guess(&mut self, entry: Entry<'_>, guess: f64) -> Option<f64> {
        let record = self.record_mut(entry);
        record.guess = record
            .guess
            .or(Some(guess).filter(|guess| guess.is_finite()));
        record.guess
    }

    /// Climbs one rung of the hint ladder, if there is one left; returns how many are
    /// shown now.
    pub fn reveal_hint(&mut self, entry: Entry<'_>) -> usize {
        let rungs = entry.exercise.hints.len();
        self.reveal_hints(entry, self.hints_shown(entry).saturating_add(1).min(rungs))
    }

    /// Notes that at least the first `shown` hints have been shown; returns how many are.
    pub fn reveal_hints(&mut self, entry: Entry<'_>, shown: usize) -> usize {
        let record = self.record_mut(entry);
        record.hints_shown = record.hints_shown.max(shown as u64);
        self.hints_shown(entry)
    }

    /// How many of the exercise's hints have been shown.
    pub fn hints_shown(&self, entry: Entry<'_>) -> usize {
        let rungs = entry.exercise.hints.len();
        usize::try_from(self.record(entry).hints_shown).map_or(rungs, |shown| shown.min(rungs))
    }

    /// Goes to an exercise.
    pub fn set_current(&mut self, entry: Entry<'_>) {
        self.current = Some(entry.exercise.id.clone());
    }

    /// The exercise that the learner is at: the one gone to, or else the first one that
    /// has not passed, or else the first. `None` only in an empty course.
    pub fn current<'m>(&self, manifest: &'m Manifest) -> Option<Entry<'m>> {
        let gone_to = self.current.as_deref().and_then(|id| manifest.get(id));
        gone_to
            .or_else(|| self.next_unsolved(manifest, None))
            .or_else(|| self.itinerary(manifest).first().copied())
    }

    /// The exercises to do, in order: those of the learner's path, or all.
    pub fn itinerary<'m>(&self, manifest: &'m Manifest) -> Vec<Entry<'m>> {
        match self.path.as_deref().and_then(|id| manifest.path(id).ok()) {
            Some(path) => manifest.path_exercises(path).collect(),
            None => manifest.exercises().collect(),
        }
    }

    /// The next exercise of the itinerary that never passed: the first after `after`, or
    /// else the first before it. `None` when everything passed.
    pub fn next_unsolved<'m>(
        &self,
        manifest: &'m Manifest,
        after: Option<Entry<'_>>,
    ) -> Option<Entry<'m>> {
        let itinerary = self.itinerary(manifest);
        let begin = after.map_or(0, |after| {
            let place = itinerary
                .iter()
                .position(|entry| entry.index == after.index);
            // Away from the path, go on where the path next comes by.
            let beyond = || itinerary.iter().position(|entry| entry.index > after.index);
            place.map(|place| place + 1).or_else(beyond).unwrap_or(0)
        });
        let (before, from) = itinerary.split_at(begin);
        let mut in_order = from.iter().chain(before).copied();
        in_order.find(|entry| self.record(*entry).passed.is_none())
    }

    /// Where an exercise stands, given the answer that is there now; `None` where the
    /// answer cannot be read.
    pub fn status(&self, entry: Entry<'_>, answer: Option<&ContentHash>) -> Status {
        match self.record(entry).passed {
            None => Status::Pending,
            Some(pass) if Some(&pass.answer) == answer => Status::Passed,
            Some(_) => Status::ChangedSincePassed,
        }
    }

    /// Takes from another state what this one lacks, and changes nothing that it has.
    /// Returns the ids of the exercises to which something came.
    pub(super) fn absorb(&mut self, other: &Self) -> Vec<String> {
        self.current = self.current.take().or_else(|| other.current.clone());
        self.path = self.path.take().or_else(|| other.path.clone());
        add_missing(&mut self.rest, &other.rest);
        let mut changed = Vec::new();
        for (id, theirs) in &other.records {
            let ours = self.records.entry(id.clone()).or_default();
            let before = ours.clone();
            ours.absorb(theirs);
            if *ours != before {
                changed.push(id.clone());
            }
        }
        changed
    }
}

impl Record {
    fn absorb(&mut self, other: &Self) {
        self.passed = self.passed.take().or_else(|| other.passed.clone());
        self.attempts = self.attempts.max(other.attempts);
        self.guess = self.guess.or(other.guess);
        self.hints_shown = self.hints_shown.max(other.hints_shown);
        add_missing(&mut self.rest, &other.rest);
    }
}

fn add_missing(fields: &mut Map<String, Value>, others: &Map<String, Value>) {
    for (key, value) in others {
        fields.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests;
