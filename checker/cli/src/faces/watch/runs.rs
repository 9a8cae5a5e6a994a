//! What watch does beside the thread that draws: preparing, judging, asking Clippy; and
//! noting what came of it.

use super::state::{Input, Phase};
use super::{Desk, Message};
use crate::course::ContentHash;
use crate::runner::{
    Ahead, Building, Cancel, Diagnostic, Libraries, Manner, Report, Runner, Verdict,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

/// A verdict on an exercise whose answer had these contents.
pub(super) struct Unrecorded {
    pub(super) id: String,
    pub(super) verdict: Verdict,
    pub(super) judged: Option<ContentHash>,
}

/// Libraries are being made ready; ends, with every process, when dropped.
pub(super) struct Preparation {
    libraries: Libraries,
    cancel: Cancel,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Preparation {
    fn drop(&mut self) {
        self.cancel.cancel();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Desk {
    /// Builds the libraries in the background.
    pub(super) fn prepare(&mut self) {
        self.state.phase = Phase::Preparing(Building::default());
        let root = self.book.layout.root().to_path_buf();
        let sender = self.sender.clone();
        let libraries = self.needed();
        let manner = Manner::default();
        let cancel = manner.cancel.clone();
        let thread = thread::spawn(move || {
            let tell = sender.clone();
            let prepared = Runner::prepare_by(&root, libraries, &manner, &mut |step| {
                let _ = tell.send(Message::Input(Input::Preparing(step)));
            });
            let _ = sender.send(Message::Prepared(manner.cancel, prepared));
        });
        // The one before is over by now, or ends here.
        self.preparation = Some(Preparation {
            libraries,
            cancel,
            thread: Some(thread),
        });
    }

    /// What the current exercise is compiled with.
    fn needed(&self) -> Libraries {
        self.entry().exercise.device.into()
    }

    /// Begins anew where something else is being prepared than the current exercise needs:
    /// nobody waits for minutes for what another one needs.
    pub(super) fn prepare_for_another(&mut self) {
        let preparing = matches!(self.state.phase, Phase::Preparing(_));
        let needed = self.needed();
        let other = |last: &Preparation| last.libraries != needed;
        if preparing && self.preparation.as_ref().is_some_and(other) {
            self.prepare();
        }
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
        let needed = self.needed();
        let fits = |runner: &Arc<Runner>| runner.serves(needed);
        // What was built meanwhile is there without any preparing.
        let ready = || Runner::ready(self.book.layout.root(), needed).map(Arc::new);
        self.runner = self.runner.take().filter(fits).or_else(ready);
        let Some(runner) = self.runner.clone() else {
            return self.prepare();
        };
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
        // What nobody waits for stands still as long as somebody waits for this.
        let held = self.ahead.as_ref().map(Ahead::hold);
        self.workers.push(thread::spawn(move || {
            // Two runs in one folder would write into each other's files.
            for worker in before {
                let _ = worker.join();
            }
            work(&cancel, &sender);
            drop(held);
        }));
    }

    /// Ends what goes on in the background, with every process that it started.
    pub(super) fn stop(&mut self) {
        self.running.cancel();
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
        self.preparation = None;
        self.ahead = None;
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
