//! The main function of a `checks.rs`: which checks, in which mode, told to whom.

use crate::check::Against;
use crate::event::{self, Event};
use crate::options::{Mode, Options};
use crate::panics::{self, Place};
use crate::{Check, plain};
use std::fs::File;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::exit;
use std::sync::OnceLock;
use transcript::{CheckRecord, End, Transcript, known_mistakes, recognise};

/// A check: it is given its seeded inputs and observes what the answer makes of them.
pub type CheckFn = fn(&mut Check);

/// Where events go; without one the program speaks to a person.
static EVENTS: OnceLock<File> = OnceLock::new();

/// From now on events go into `file`, and this program ends with the one that reads it.
pub(crate) fn tell_in(file: File) {
    end_with_parent();
    let _ = EVENTS.set(file);
}

fn send(line: &str) {
    if let Some(mut events) = EVENTS.get() {
        // The reader may be gone: then nobody is left to be told.
        let _ = events.write_all(line.as_bytes());
    }
}

/// Ends the program because the course is broken; never the learner's failure.
pub(crate) fn fault(message: &str) -> ! {
    send(&Event::new("fault").text("message", message).line());
    eprintln!("the course is broken: {message}");
    exit(4)
}

/// The main function of a `checks.rs`.
///
/// Options: `--events FILE` (write JSON events there instead of text to stdout), `--emit`,
/// `--inputs`, `--judge FILE` (modes; learn is the default), `--seeds A,B,…`, `--snapshots
/// DIR`, `--corpus FILE`, `--memory BYTES`. As every test program it also takes filters,
/// `--exact`, `--list` and `--ignored`, so that `cargo test` and nextest can run it.
///
/// Exits with 0 if everything passed, 1 if not, 4 if the course itself is broken.
pub fn checks(list: &[(&'static str, CheckFn)]) {
    let options = Options::read();
    let kept = |name: &&str| {
        let exact = |filter: &String| name == filter;
        let part = |filter: &String| name.contains(filter.as_str());
        options.filters.is_empty()
            || options
                .filters
                .iter()
                .any(|f| if options.exact { exact(f) } else { part(f) })
    };
    let list: Vec<_> = list
        .iter()
        .copied()
        .filter(|(name, _)| kept(name))
        .collect();
    if options.list {
        if !options.ignored {
            list.iter().for_each(|(name, _)| println!("{name}: test"));
        }
        return;
    }
    panics::watch();
    let mut failed = 0;
    for &seed in &options.seeds {
        let names = list.iter().map(|(name, _)| *name);
        send(
            &Event::new("start")
                .count("seed", seed)
                .texts("checks", names)
                .line(),
        );
        failed += options.run(&list, seed);
    }
    let passed = (list.len() * options.seeds.len() - failed) as u64;
    send(
        &Event::new("finish")
            .count("passed", passed)
            .count("failed", failed as u64)
            .line(),
    );
    if EVENTS.get().is_none() {
        plain::summary(failed);
    }
    exit(i32::from(failed > 0));
}

impl Options {
    /// Runs the checks on one seed; returns how many failed.
    fn run(&self, list: &[(&'static str, CheckFn)], seed: u64) -> usize {
        let reference = match self.mode {
            Mode::Learn => self.reference(),
            _ => Transcript::default(),
        };
        let mut failed = 0;
        for (name, check) in list {
            send(&Event::of("begin", name).line());
            let against = self.against(&reference, name, seed);
            let submitted = match &against {
                Against::Submitted(record) => Some(record.clone()),
                _ => None,
            };
            let ran = run_check(Check::new(name, seed, against), *check);
            let passes = match &self.mode {
                Mode::Learn => ran.check.mismatches.is_empty() && ran.is_clean(),
                Mode::Judge(_) => {
                    ran.check.mismatches.is_empty() && submitted_is_clean(submitted.as_ref())
                }
                Mode::Emit | Mode::Inputs => true,
            };
            self.tell(&ran, submitted.as_ref(), passes);
            failed += usize::from(!passes);
            if !passes && matches!(self.mode, Mode::Learn) {
                self.name_mistake(&ran.check.record, &reference);
                break;
            }
        }
        failed
    }

    fn against(&self, reference: &Transcript, name: &str, seed: u64) -> Against {
        match &self.mode {
            Mode::Emit | Mode::Inputs => Against::Nothing,
            Mode::Learn => Against::Snapshot(reference.check(name).cloned().unwrap_or_default()),
            Mode::Judge(session) => {
                let submitted = session.on(seed).and_then(|t| t.check(name));
                Against::Submitted(submitted.cloned().unwrap_or_default())
            }
        }
    }

    fn tell(&self, ran: &Ran, submitted: Option<&CheckRecord>, passes: bool) {
        let check = &ran.check;
        let name = check.record.name.as_str();
        if EVENTS.get().is_none() {
            return plain::check(&check.record, &check.mismatches, passes);
        }
        match self.mode {
            Mode::Inputs => check
                .given
                .iter()
                .for_each(|o| send(&event::observed("given", name, o))),
            Mode::Emit => {
                let observations = &check.record.observations;
                observations
                    .iter()
                    .for_each(|o| send(&event::observed("observe", name, o)));
            }
            Mode::Learn | Mode::Judge(_) => {
                check
                    .mismatches
                    .iter()
                    .for_each(|m| send(&event::mismatch(name, m)));
            }
        }
        for (what, value, unit) in &check.numbers {
            send(
                &Event::of("number", name)
                    .text("name", what)
                    .number("value", *value)
                    .text("unit", unit)
                    .line(),
            );
        }
        if let Some(value) = check.measured {
            send(&Event::of("measure", name).number("value", value).line());
        }
        check
            .plots
            .iter()
            .for_each(|plot| send(&event::plot(name, plot)));
        // In judgement the reference runs here; how the answer ended stands in its record.
        let record = submitted.unwrap_or(&check.record);
        if !passes {
            let told = check
                .inputs()
                .iter()
                .filter(|input| input.values.len() <= event::WHOLE);
            told.for_each(|input| send(&event::observed("given", name, input)));
        }
        for law in &record.broken {
            send(&Event::of("broken", name).text("law", law).line());
        }
        send(&ran.end_event(record, passes));
    }

    fn name_mistake(&self, failed: &CheckRecord, reference: &Transcript) {
        let folder = self.snapshot_folder();
        let known = folder.parent().map(known_mistakes);
        let Some(Ok(known)) = known else { return };
        if let Some(mistake) = recognise(&known, failed, reference) {
            send(
                &Event::new("mistake")
                    .text("name", &mistake.name)
                    .text("lesson", &mistake.lesson)
                    .line(),
            );
            if EVENTS.get().is_none() {
                plain::mistake(mistake);
            }
        }
    }

    fn reference(&self) -> Transcript {
        let path = self.snapshot_folder().join("reference.snap");
        let read = std::fs::read_to_string(&path).map_err(|e| e.to_string());
        let parsed =
            read.and_then(|text| Transcript::parse_snapshot(&text).map_err(|e| e.to_string()));
        parsed.unwrap_or_else(|e| fault(&format!("{}: {e}", path.display())))
    }

    /// Told by llmlings; under `cargo test` found beside the exercises.
    fn snapshot_folder(&self) -> PathBuf {
        if let Some(folder) = &self.snapshots {
            return folder.clone();
        }
        let Ok(package) = std::env::var("CARGO_MANIFEST_DIR") else {
            fault("run this by `llmlings run` or `cargo test`")
        };
        let mut solutions = package.replace("exercises", "solutions");
        if !PathBuf::from(&solutions).exists() {
            solutions = package.replace("exercises", ".llmlings/course/solutions");
        }
        PathBuf::from(solutions).join("snapshots")
    }
}

/// Ends this program soon after the one that started it is gone, however that ended: nobody
/// would be left to enforce the limits, and an endless loop would run for ever. (On Windows
/// the job object sees to it.)
fn end_with_parent() {
    #[cfg(unix)]
    {
        let parent = std::os::unix::process::parent_id();
        let watch = move || {
            while std::os::unix::process::parent_id() == parent {
                std::thread::sleep(std::time::Duration::from_millis(500));
            }
            exit(4)
        };
        // Without this thread only a rare misfortune would go on for too long.
        let _ = std::thread::Builder::new().spawn(watch);
    }
}

fn submitted_is_clean(record: Option<&CheckRecord>) -> bool {
    record.is_some_and(|r| r.end == End::Done && r.broken.is_empty())
}

/// A check that is over.
struct Ran {
    check: Check,
    place: Option<Place>,
}

impl Ran {
    fn is_clean(&self) -> bool {
        submitted_is_clean(Some(&self.check.record))
    }

    fn end_event(&self, record: &CheckRecord, passes: bool) -> String {
        let (outcome, message) = match &record.end {
            End::Todo => ("todo", ""),
            End::Unfinished => ("unfinished", ""),
            End::Panicked(message) => ("panicked", message.as_str()),
            End::Done => (if passes { "passed" } else { "failed" }, ""),
        };
        let event = Event::of("end", &record.name)
            .text("outcome", outcome)
            .text("message", message);
        match &self.place {
            Some((file, line)) => event.text("file", file).count("line", u64::from(*line)),
            None => event,
        }
        .line()
    }
}

fn run_check(mut check: Check, f: CheckFn) -> Ran {
    let outcome = catch_unwind(AssertUnwindSafe(|| f(&mut check)));
    let mut place = None;
    check.record.end = match outcome {
        Ok(()) => End::Done,
        Err(_) if panics::is_todo() => {
            place = panics::take().and_then(|(_, place)| place);
            End::Todo
        }
        Err(_) => {
            let (message, at) = panics::take().unwrap_or_default();
            place = at;
            End::Panicked(message)
        }
    };
    Ran { check, place }
}
