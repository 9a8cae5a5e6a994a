//! What watch does beside the thread that draws: preparing, judging, asking Clippy; and
//! noting what came of it.

use super::state::{Input, Phase};
use super::{Desk, Message};
use crate::course::ContentHash;
use crate::runner::{Cancel, Diagnostic, Libraries, Report, Runner, Verdict};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

/// A verdict on an exercise whose answer had these contents.
pub(super) struct Unrecorded {
    pub(super) id: String,
    pub(super) verdict: Verdict,
    pub(super) judged: Option<ContentHash>,
}

impl Desk {
    /// Builds the libraries in the background.
    pub(super) fn prepare(&mut self) {
        self.state.phase = Phase::Preparing(None);
        let root = self.book.layout.root().to_path_buf();
        let sender = self.sender.clone();
        let libraries: Libraries = self.entry().exercise.device.into();
        thread::spawn(move || {
            let tell = sender.clone();
            let prepared = Runner::prepare(&root, libraries, &mut |step| {
                let _ = tell.send(Message::Input(Input::Preparing(step)));
            });
            let _ = sender.send(Message::Prepared(prepared));
        });
    }

    /// Notes the last verdict in the state file; whether there is news about that.
    pub(super) fn record(&mut self) -> bool {
        let Some(last) = self.unrecorded.take() else {
            return false;
        };
        let before = self.notices.len();
        let recorded = self
            .book
            .record(&last.id, &last.verdict, last.judged.as_ref());
        self.notices.extend(recorded.err().map(|e| e.to_string()));
        self.notices.append(&mut self.book.notices);
        self.notices.len() > before
    }

    pub(super) fn judge(&mut self, run: u64) {
        self.running.cancel();
        let Some(runner) = self.runner.clone() else {
            // The last attempt to prepare failed: this is the next one.
            return self.prepare();
        };
        let libraries: Libraries = self.entry().exercise.device.into();
        if runner.is_stale() || !runner.serves(libraries) {
            self.runner = None;
            return self.prepare();
        }
        let mut task = self.book.learners_task(self.entry());
        // What is judged and what is known to be in the file are the same bytes, so that the
        // last verdict is that of the last save.
        task.contents = self.files.follow(&task.answer);
        self.judging = task.contents.as_deref().map(ContentHash::of);
        self.running = Cancel::default();
        self.work(move |cancel, sender| {
            let learn = AssertUnwindSafe(|| runner.learn(&task, cancel));
            let report = catch_unwind(learn)
                .unwrap_or_else(|_| Report::of(Verdict::Fault("the checker panicked".into())));
            let report = Box::new(report);
            let _ = sender.send(Message::Input(Input::Judged { run, report }));
        });
    }

    /// Has Clippy look at the answer that passed. It is optional, and so is what it says.
    pub(super) fn advise(&mut self, run: u64) {
        let Some(runner) = self.runner.clone() else {
            return;
        };
        let task = self.book.learners_task(self.entry());
        // Clippy repeats what the compiler warned of, which stands under the verdict.
        let told = match &self.state.phase {
            Phase::Judged(report) => report.warnings.clone(),
            _ => Vec::new(),
        };
        self.work(move |cancel, sender| {
            let said = runner.clippy(&task, cancel).unwrap_or_default();
            let new = |it: &&Diagnostic| told.iter().all(|told| told.message != it.message);
            let advice = said.iter().filter(new).map(one_line).collect();
            let _ = sender.send(Message::Input(Input::Advised { run, advice }));
        });
    }

    /// Does something in the background, until it is cancelled.
    pub(super) fn work(&mut self, work: impl FnOnce(&Cancel, &Sender<Message>) + Send + 'static) {
        let (cancel, sender) = (self.running.clone(), self.sender.clone());
        let before = std::mem::take(&mut self.workers);
        self.workers.push(thread::spawn(move || {
            // Two runs in one folder would write into each other's files.
            for worker in before {
                let _ = worker.join();
            }
            work(&cancel, &sender);
        }));
    }

    /// Ends what goes on in the background, with every process that it started.
    pub(super) fn stop(&mut self) {
        self.running.cancel();
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

/// Also a panic leaves no process behind.
impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What Clippy says in one line, with its place.
fn one_line(said: &Diagnostic) -> String {
    match said.line {
        0 => said.message.clone(),
        line => format!("line {line}: {}", said.message),
    }
}
