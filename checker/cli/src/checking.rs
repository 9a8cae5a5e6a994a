//! Judging many exercises at once.

use crate::runner::{Cancel, Report, Runner, Task};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// An exercise that was judged.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its id.
    pub id: String,
    /// What came of it.
    pub report: Report,
}

/// Judges all `tasks`, several at a time, and tells each as it is done. One broken exercise
/// hides no other. The result is in the order of the tasks, whatever ended first.
pub fn check_all(
    runner: &Runner,
    tasks: &[Task],
    jobs: usize,
    cancel: &Cancel,
    done: &(dyn Fn(&Checked) + Sync),
) -> Vec<Checked> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<Checked>>> = Mutex::new(vec![None; tasks.len()]);
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, tasks.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(place) else { return };
                    let checked = Checked {
                        id: task.name.clone(),
                        report: runner.learn(task, cancel),
                    };
                    done(&checked);
                    if let Ok(mut results) = results.lock() {
                        results[place] = Some(checked);
                    }
                }
            });
        }
    });
    let results = results.into_inner().unwrap_or_default();
    results.into_iter().flatten().collect()
}

/// How many checks run at once if nobody says otherwise: one a processor.
pub fn default_jobs() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
