//! A learner's session with a course: what it says, how far they are, and how to judge it.
//!
//! Faces draw; this is where the course, the progress and the runner meet.

use crate::course::{
    ContentHash, Device, Entry, ExerciseFiles, FindError, Layout, LayoutError, Manifest,
    ManifestError, Notice, Package, Progress, Status, Store, missing,
};
use crate::exit::Exit;
use crate::runner::{Cancel, Libraries, Limits, Manner, Report, Runner, Step, Task, Verdict};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fmt, fs, io};

/// Why a command cannot be carried out.
#[derive(Debug)]
pub enum Refusal {
    /// There is no course here.
    Layout(LayoutError),
    /// `info.toml` is broken.
    Manifest(ManifestError),
    /// Nothing has that name.
    Find(FindError),
    /// The course has no exercises.
    Empty,
    /// Something else that the learner asked for cannot be had; how to get it.
    Plain(Exit, String),
}

impl Refusal {
    /// The exit code that tells it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Layout(_) | Self::Manifest(_) | Self::Empty => Exit::BrokenCourse,
            Self::Find(_) => Exit::Usage,
            Self::Plain(exit, _) => *exit,
        }
    }

    /// A file that cannot be read or written.
    pub fn file(file: &Path, error: &io::Error) -> Self {
        Self::Plain(Exit::Fault, format!("{}: {error}", file.display()))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Layout(e) => e.fmt(f),
            Self::Manifest(e) => e.fmt(f),
            Self::Find(e) => e.fmt(f),
            Self::Empty => f.write_str("this course has no exercises: info.toml names none"),
            Self::Plain(_, words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<LayoutError> for Refusal {
    fn from(e: LayoutError) -> Self {
        Self::Layout(e)
    }
}

impl From<ManifestError> for Refusal {
    fn from(e: ManifestError) -> Self {
        Self::Manifest(e)
    }
}

impl From<FindError> for Refusal {
    fn from(e: FindError) -> Self {
        Self::Find(e)
    }
}

/// What an exercise for a device is compiled with.
impl From<Device> for Libraries {
    fn from(device: Device) -> Self {
        match device {
            Device::Cpu => Self::Arrays,
            Device::Gpu => Self::Kernels,
        }
    }
}

/// What these exercises together are compiled with.
pub fn libraries<'m>(entries: impl IntoIterator<Item = Entry<'m>>) -> Libraries {
    let needed = entries
        .into_iter()
        .map(|entry| entry.exercise.device.into());
    needed.max().unwrap_or_default()
}

/// A course with a learner's progress in it.
#[derive(Debug)]
pub struct Workbook {
    /// Where its files lie.
    pub layout: Layout,
    /// What it says of itself.
    pub manifest: Manifest,
    store: Store,
    /// What the learner should be told beside the verdicts.
    pub notices: Vec<String>,
}

impl Workbook {
    /// Opens the course in `start` or above it.
    ///
    /// # Errors
    /// If there is none, or it is broken.
    pub fn open(start: &Path) -> Result<Self, Refusal> {
        let layout = Layout::discover(start)?;
        let manifest = Manifest::read(&layout.manifest())?;
        let opened = Store::open(&layout.state_dir());
        Ok(Self {
            layout,
            manifest,
            store: opened.value,
            notices: told(opened.notices),
        })
    }

    /// How far the learner is.
    pub fn progress(&self) -> &Progress {
        self.store.progress()
    }

    /// Changes the progress and saves it at once; what went wrong is kept in `notices`.
    pub fn update<R>(&mut self, change: impl FnOnce(&mut Progress, &Manifest) -> R) -> R {
        let manifest = &self.manifest;
        let update = self.store.update(|progress| change(progress, manifest));
        self.notices.extend(told(update.notices));
        update.value
    }

    /// The exercise called `name`; without a name the one that the learner is at.
    ///
    /// # Errors
    /// If there is no such exercise.
    pub fn entry(&self, name: Option<&str>) -> Result<Entry<'_>, Refusal> {
        match name {
            Some(name) => Ok(self.manifest.find(name)?),
            None => self
                .progress()
                .current(&self.manifest)
                .ok_or(Refusal::Empty),
        }
    }

    /// The files of an exercise.
    pub fn files(&self, entry: Entry<'_>) -> ExerciseFiles {
        self.layout.exercise(entry)
    }

    /// Where an exercise stands, with the answer that is there now.
    pub fn status(&self, entry: Entry<'_>) -> Status {
        self.progress()
            .status(entry, self.answer_hash(entry).as_ref())
    }

    /// A name for the answer's contents; none if it cannot be read.
    pub fn answer_hash(&self, entry: Entry<'_>) -> Option<ContentHash> {
        let bytes = fs::read(self.files(entry).answer()).ok()?;
        Some(ContentHash::of(&bytes))
    }

    /// The answer's path as a person would type it, from the root of the course.
    pub fn answer_path(&self, entry: Entry<'_>) -> PathBuf {
        let answer = self.files(entry).answer();
        let relative = answer
            .strip_prefix(self.layout.root())
            .map(Path::to_path_buf);
        relative.unwrap_or(answer)
    }

    /// The task of judging an answer of an exercise; `tag` tells its scratch folder from
    /// those of other answers.
    pub fn task(&self, entry: Entry<'_>, answer: PathBuf, tag: &str) -> Task {
        let files = self.files(entry);
        Task {
            name: entry.exercise.id.clone(),
            answer,
            contents: None,
            checks: files.checks(),
            snapshots: files.snapshots_dir(),
            scratch: files.scratch_dir().join(tag),
            root: self.layout.root().to_path_buf(),
            libraries: entry.exercise.device.into(),
            optimise: entry.exercise.heavy,
            limits: Limits {
                time: entry.exercise.time_limit,
                ..Limits::default()
            },
        }
    }

    /// The task of judging what the learner wrote.
    pub fn learners_task(&self, entry: Entry<'_>) -> Task {
        self.task(entry, self.files(entry).answer(), "answer")
    }

    /// The task of running the reference.
    pub fn reference_task(&self, entry: Entry<'_>) -> Task {
        self.task(entry, self.files(entry).solution(), "reference")
    }

    /// Brings back files without which no exercise could be judged.
    pub fn mend(&mut self) {
        let written = missing::bring_back(&self.layout, &self.manifest, Package::embedded());
        for file in written {
            let file = file.strip_prefix(self.layout.root()).unwrap_or(&file);
            self.notices.push(format!(
                "{} was missing; it is back as it came.",
                file.display()
            ));
        }
    }

    /// Makes ready what exercises are compiled with that use no more than `libraries`.
    ///
    /// # Errors
    /// A verdict that says what is missing.
    pub fn prepare(
        &mut self,
        libraries: Libraries,
        manner: &Manner,
        tell: &mut dyn FnMut(Step),
    ) -> Result<Runner, Verdict> {
        self.mend();
        Runner::prepare_by(self.layout.root(), libraries, manner, tell)
    }

    /// Judges the learner's answer and records what came of it.
    pub fn judge(
        &mut self,
        runner: &Runner,
        name: &str,
        cancel: &Cancel,
    ) -> Result<Report, Refusal> {
        let entry = self.entry(Some(name))?;
        let before = self.answer_hash(entry);
        let report = runner.learn(&self.learners_task(entry), cancel);
        self.record(name, &report.verdict, before.as_ref())?;
        Ok(report)
    }

    /// Records a verdict on the answer whose contents were `judged`. A pass counts only if
    /// the answer is still the one that was judged.
    ///
    /// # Errors
    /// If there is no such exercise.
    pub fn record(
        &mut self,
        name: &str,
        verdict: &Verdict,
        judged: Option<&ContentHash>,
    ) -> Result<(), Refusal> {
        if verdict.is_ours() {
            return Ok(());
        }
        let entry = self.entry(Some(name))?;
        let unchanged = self.answer_hash(entry).filter(|now| Some(now) == judged);
        self.update(|progress, manifest| {
            let Some(entry) = manifest.get(name) else {
                return;
            };
            progress.record_attempt(entry);
            if let (true, Some(hash)) = (verdict.is_pass(), unchanged) {
                progress.record_pass(entry, hash, now());
            }
        });
        Ok(())
    }
}

fn told(notices: Vec<Notice>) -> Vec<String> {
    notices.iter().map(Notice::to_string).collect()
}

/// Seconds since 1970; 0 where the clock stands before that.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
