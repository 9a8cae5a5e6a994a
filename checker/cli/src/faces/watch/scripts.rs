//! Random edits: whatever an editor does, the last verdict is that of the last contents.
//!
//! The watching thread and the state are the real ones; the compiler is a fake that takes a
//! few milliseconds, and whose verdict is what it read. `LLMLINGS_SCRIPTS` asks for more
//! scripts than the usual thousand.

use super::files::{News, Watch};
use super::state::{Effect, Facts, Input, Phase, State};
use crate::runner::{Report, Verdict};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

#[path = "../../../tests/support/edits.rs"]
mod edits;

use edits::{Dice, edit, root_of, write};

/// Watch without a terminal and a compiler.
struct Desk {
    state: State,
    watch: Watch,
    file: PathBuf,
    sender: Sender<Input>,
    inputs: Receiver<Input>,
    dice: Dice,
}

impl Desk {
    fn open(file: &Path, seed: u64) -> Self {
        write(file, "at first");
        let (sender, inputs) = channel();
        let tell = sender.clone();
        let watch = Watch::below(&root_of(file), move |news| {
            if news == News::Saved {
                let _ = tell.send(Input::Saved);
            }
        });
        let mut desk = Self {
            state: State::new(vec![Facts::default()], 0),
            watch,
            file: file.to_path_buf(),
            sender,
            inputs,
            dice: Dice(seed),
        };
        desk.take(Input::Prepared);
        desk
    }

    fn take(&mut self, input: Input) {
        for effect in self.state.update(input) {
            let Effect::Judge(run) = effect else { continue };
            let contents = self.watch.follow(&self.file).unwrap_or_default();
            let (sender, time) = (self.sender.clone(), self.dice.below(12));
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(time));
                let output = String::from_utf8_lossy(&contents).into_owned();
                let report = Box::new(Report {
                    output,
                    ..Report::of(Verdict::Passed)
                });
                let _ = sender.send(Input::Judged { run, report });
            });
        }
    }

    /// Goes on until nothing happens for so long.
    fn go_on(&mut self, quiet: Duration) {
        while let Ok(input) = self.inputs.recv_timeout(quiet) {
            self.take(input);
        }
    }

    /// What the verdict on the screen judged.
    fn judged(&self) -> Option<&str> {
        match &self.state.phase {
            Phase::Judged(report) => Some(&report.output),
            _ => None,
        }
    }

    /// Goes on until the verdict is that of `last`.
    fn reach(&mut self, last: &str) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.judged() != Some(last) {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(input) = self.inputs.recv_timeout(left) else {
                return Err(format!("{:?} instead of {last:?}", self.judged()));
            };
            self.take(input);
        }
        Ok(())
    }
}

/// Plays `count` scripts one after another.
fn play(seed: u64, count: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exercises/one/src/lib.rs");
    let mut desk = Desk::open(&file, seed);
    let mut dice = Dice(seed.wrapping_mul(7919));
    for script in 0..count {
        let mut steps = Vec::new();
        for _ in 0..=dice.below(5) {
            // Few texts, so that some edits bring an earlier one back.
            let text = format!("answer number {}", dice.below(3));
            steps.push(edit(&file, &text, &mut dice));
        }
        let last = fs::read_to_string(&file).unwrap();
        let reached = desk.reach(&last).and_then(|()| {
            // Nothing comes after it, either.
            desk.go_on(Duration::from_millis(50));
            desk.reach(&last)
        });
        if let Err(e) = reached {
            panic!("script {script} of seed {seed}, {steps:?}: {e}");
        }
    }
}

#[test]
fn the_last_verdict_is_that_of_the_last_contents() {
    let asked = std::env::var("LLMLINGS_SCRIPTS").ok();
    let scripts: u64 = asked.and_then(|n| n.parse().ok()).unwrap_or(1000);
    const AT_ONCE: u64 = 16;
    thread::scope(|scope| {
        for seed in 0..AT_ONCE {
            scope.spawn(move || play(seed, scripts.div_ceil(AT_ONCE)));
        }
    });
}
