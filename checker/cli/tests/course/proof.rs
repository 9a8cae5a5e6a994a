//! Every answer of the course, tried once for all tests.

use crate::support::repository;
use llmlings::author::check::no_reference;
use llmlings::author::{Finding, Trials, Workshop, try_answers};
use llmlings::course::{Entry, ExerciseFiles, Layout, Manifest};
use llmlings::runner::{Cancel, Runner, Verdict};
use llmlings::workbook::libraries;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Seeds that no record was made on, the same each time: a proof must not fail now and then.
/// `dev check` takes more of them, and others each time.
const SEEDS: [u64; 3] = [2, 3, 5];

/// The course, and what its answers showed.
pub struct Proof {
    pub layout: Layout,
    pub manifest: Manifest,
    shown: Vec<Result<Trials, Verdict>>,
    runner: Runner,
    cancel: Cancel,
}

/// One exercise of it.
pub struct Tried<'a> {
    pub entry: Entry<'a>,
    pub files: ExerciseFiles,
    /// What its answers showed; nothing if the reference does not run.
    pub trials: Option<&'a Trials>,
    /// The finding that it does not.
    pub broken: Vec<Finding>,
}

impl Proof {
    /// The proof of the course in this repository, or of the one that `LLMLINGS_COURSE`
    /// names. The first test that asks waits for it; the others find it done.
    pub fn of_the_course() -> &'static Self {
        static PROOF: OnceLock<Proof> = OnceLock::new();
        PROOF.get_or_init(|| {
            let named = std::env::var_os("LLMLINGS_COURSE").map(PathBuf::from);
            Self::of(named.unwrap_or_else(repository))
        })
    }

    fn of(root: PathBuf) -> Self {
        let layout = Layout::at(&root).unwrap_or_else(|e| panic!("{e}"));
        let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
        let runner = Runner::prepare(layout.root(), libraries(manifest.exercises()), &mut |_| {});
        let runner = runner.unwrap_or_else(|verdict| panic!("{}", verdict.summary()));
        let mut proof = Self {
            layout,
            manifest,
            shown: Vec::new(),
            runner,
            cancel: Cancel::default(),
        };
        let entries = proof.entries().into_iter();
        proof.shown = entries
            .map(|entry| try_answers(&proof.workshop(), entry, &SEEDS))
            .collect();
        proof
    }

    fn workshop(&self) -> Workshop<'_> {
        Workshop {
            layout: &self.layout,
            manifest: &self.manifest,
            runner: &self.runner,
            cancel: &self.cancel,
        }
    }

    /// All exercises, or those that `LLMLINGS_EXERCISES` names.
    fn entries(&self) -> Vec<Entry<'_>> {
        let named = std::env::var("LLMLINGS_EXERCISES").unwrap_or_default();
        let asked = |entry: &Entry<'_>| {
            named.is_empty() || named.split(',').any(|id| id == entry.exercise.id)
        };
        self.manifest.exercises().filter(asked).collect()
    }

    /// The exercises in the course's order.
    pub fn exercises(&self) -> Vec<Tried<'_>> {
        let entries = self.entries().into_iter().zip(&self.shown);
        let tried = entries.map(|(entry, shown)| {
            let files = self.layout.exercise(entry);
            let broken = shown.as_ref().err();
            let broken = broken.map(|verdict| no_reference(&self.workshop(), &files, verdict));
            Tried {
                entry,
                trials: shown.as_ref().ok(),
                broken: broken.into_iter().collect(),
                files,
            }
        });
        tried.collect()
    }
}
