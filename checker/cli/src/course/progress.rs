//! How far a learner is: a value, and pure functions on it.
//!
//! What is not understood is kept: unknown exercises, unknown fields. So an older
//! program loses nothing that a newer one wrote, and an exercise that left the course
//! keeps its record.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value};

use super::{Entry, Manifest};

/// The newest `format_version` of the state file that this program writes.
pub const FORMAT_VERSION: u64 = 1;

/// A learner's progress.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Progress {
    /// Id of the exercise that the learner is at.
    pub current: Option<String>,
    /// Id of the learning path that the learner follows.
    pub path: Option<String>,
    /// What happened with each exercise, by the id it had then.
    pub records: BTreeMap<String, Record>,
    /// Fields of the file that are not ours.
    rest: Map<String, Value>,
}

/// What happened with one exercise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The last pass.
    pub passed: Option<Pass>,
    /// How often it was judged.
    pub attempts: u64,
    /// The sealed one-number guess: the first one given.
    pub guess: Option<f64>,
    /// How many hints have been shown.
    pub hints_shown: usize,
    /// Fields of the record that are not ours.
    rest: Map<String, Value>,
}

/// A pass: when, and with which answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Seconds since 1970; as wrong as the clock was.
    pub at: u64,
    /// The answer that passed.
    pub answer: ContentHash,
}

/// A fingerprint of an answer: SHA-256 of its bytes with CRLF read as LF.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ContentHash(String);

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

impl ContentHash {
    /// The fingerprint of an answer.
    pub fn of(answer: &[u8]) -> Self {
        todo!("{answer:?}")
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0[..self.0.len().min(12)])
    }
}

impl Progress {
    /// What is known of an exercise, also under its earlier ids. The record under the id
    /// itself comes first; what it lacks is taken from the aliases.
    pub fn record(&self, entry: Entry<'_>) -> Record {
        todo!("{entry:?}")
    }

    /// Notes that an answer was judged, whatever came out.
    pub fn record_attempt(&mut self, entry: Entry<'_>) {
        todo!("{entry:?}")
    }

    /// Notes that an answer passed at `now` (seconds since 1970).
    pub fn record_pass(&mut self, entry: Entry<'_>, answer: ContentHash, now: u64) {
        todo!("{entry:?} {answer:?} {now}")
    }

    /// Seals a guess. The first one stays; returns the one that counts.
    pub fn record_guess(&mut self, entry: Entry<'_>, guess: f64) -> f64 {
        todo!("{entry:?} {guess}")
    }

    /// Climbs one rung of the hint ladder, if there is one left; returns how many are
    /// shown now.
    pub fn reveal_hint(&mut self, entry: Entry<'_>) -> usize {
        todo!("{entry:?}")
    }

    /// Goes to an exercise.
    pub fn set_current(&mut self, entry: Entry<'_>) {
        self.current = Some(entry.exercise.id.clone());
    }

    /// The exercise that the learner is at: the one gone to, or else the first one that
    /// has not passed, or else the first. `None` only in an empty course.
    pub fn current<'m>(&self, manifest: &'m Manifest) -> Option<Entry<'m>> {
        todo!("{manifest:?}")
    }

    /// The exercises to do, in order: those of the learner's path, or all.
    pub fn itinerary<'m>(&self, manifest: &'m Manifest) -> Vec<Entry<'m>> {
        todo!("{manifest:?}")
    }

    /// The next exercise of the itinerary that never passed: the first after `after`, or
    /// else the first before it. `None` when everything passed.
    pub fn next_unsolved<'m>(
        &self,
        manifest: &'m Manifest,
        after: Option<Entry<'_>>,
    ) -> Option<Entry<'m>> {
        todo!("{manifest:?} {after:?}")
    }

    /// Where an exercise stands, given the answer that is there now; `None` where the
    /// answer cannot be read.
    pub fn status(&self, entry: Entry<'_>, answer: Option<&ContentHash>) -> Status {
        todo!("{entry:?} {answer:?}")
    }
}
