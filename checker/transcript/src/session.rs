//! Everything that one answer showed.

use crate::Observation;

/// How a check ended in the answer's own process.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum End {
    /// It never came to its end: the process was stopped or left.
    #[default]
    Unfinished,
    /// It ran through.
    Done,
    /// It met a `todo!()`.
    Todo,
    /// It panicked with this message.
    Panicked(String),
}

/// What one check observed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckRecord {
    /// The check's name: a true sentence.
    pub name: String,
    /// Its evidence, in order.
    pub observations: Vec<Observation>,
    /// Properties that did not hold. They teach; only observations are evidence.
    pub broken: Vec<String>,
    /// How it ended.
    pub end: End,
}

impl CheckRecord {
    /// The observation called `name`.
    pub fn find(&self, name: &str) -> Option<&Observation> {
        self.observations.iter().find(|o| o.name == name)
    }
}

/// The records of all checks of an exercise on one seed, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// One record a check.
    pub checks: Vec<CheckRecord>,
}

impl Transcript {
    /// The record of the check called `name`.
    pub fn check(&self, name: &str) -> Option<&CheckRecord> {
        self.checks.iter().find(|c| c.name == name)
    }

    /// The record of `name`, made if there is none.
    pub fn check_mut(&mut self, name: &str) -> &mut CheckRecord {
        let at = self.checks.iter().position(|c| c.name == name);
        let at = at.unwrap_or_else(|| {
            self.checks.push(CheckRecord {
                name: name.into(),
                ..CheckRecord::default()
            });
            self.checks.len() - 1
        });
        &mut self.checks[at]
    }
}

/// Transcripts of one answer on several seeds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Seed and transcript, in the order of running.
    pub runs: Vec<(u64, Transcript)>,
}

impl Session {
    /// The transcript on `seed`.
    pub fn on(&self, seed: u64) -> Option<&Transcript> {
        self.runs.iter().find(|(s, _)| *s == seed).map(|(_, t)| t)
    }
}
