//! Judging many exercises at once.

use crate::runner::{Cancel, Report, Runner, Task};
use crate::side_by_side;

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
    side_by_side::map(tasks, jobs, |_, task| {
        let checked = Checked {
            id: task.name.clone(),
            report: runner.learn(task, cancel),
        };
        done(&checked);
        checked
    })
}
