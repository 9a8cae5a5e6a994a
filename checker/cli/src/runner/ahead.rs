//! Building what nobody needs yet, so that nobody waits for it later.

use super::brake::{Brake, Held};
use super::child::Cancel;
use super::tool::Manner;
use super::{Count, Libraries, Runner, Step, Verdict, turn};
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Libraries that are built before they are needed: at low priority, by one job, for as long
/// as this lives. Who waits for a build in the same workspace, in this program or another
/// one, comes first: what was built until then is built, and afterwards the rest goes on.
pub struct Ahead {
    cancel: Cancel,
    brake: Brake,
    thread: Option<JoinHandle<()>>,
}

/// How often one looks whether those who came first are done.
const PATIENCE: Duration = Duration::from_millis(200);

impl Ahead {
    /// Begins to build `libraries` in the workspace at `root`; none where they are built, or
    /// where it would get in the way: on one processor, and on systems other than Unix, where
    /// it could not be stopped for a while. `tell` is called with what is done so far, and
    /// with nothing at the end. A failure is not told: whoever needs the libraries will be.
    pub fn start(
        root: &Path,
        libraries: Libraries,
        tell: impl FnMut(Option<Count>) + Send + 'static,
    ) -> Option<Self> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        if !cfg!(unix) || processors < 2 || Runner::ready(root, libraries).is_some() {
            return None;
        }
        let manner = Manner {
            ahead: true,
            ..Manner::default()
        };
        let (cancel, brake) = (manner.cancel.clone(), manner.brake.clone());
        let root = root.to_path_buf();
        let thread = thread::spawn(move || build(&root, libraries, &manner, tell));
        Some(Self {
            cancel,
            brake,
            thread: Some(thread),
        })
    }

    /// Stops it, at once, until what is returned is dropped.
    pub fn hold(&self) -> Held {
        self.brake.hold()
    }
}

/// With every process that it started.
impl Drop for Ahead {
    fn drop(&mut self) {
        self.cancel.cancel();
        // At once: the thread looks only now and then.
        drop(self.brake.take_off());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn build(root: &Path, libraries: Libraries, manner: &Manner, mut tell: impl FnMut(Option<Count>)) {
    let mut last = None;
    let mut count = |step| match step {
        Step::Counted(count) if last != Some(count) => {
            last = Some(count);
            tell(last);
        }
        _ => {}
    };
    while !manner.cancel.is_cancelled() {
        // It gives way before it begins, too.
        if turn::is_awaited(root) {
            thread::sleep(PATIENCE);
            continue;
        }
        match Runner::prepare_by(root, libraries, manner, &mut count) {
            Err(Verdict::Cancelled) => {}
            _ => break,
        }
    }
    tell(None);
}
