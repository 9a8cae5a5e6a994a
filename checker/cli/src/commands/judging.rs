//! `run` and `check`.

use super::{Session, drawn};
use crate::args::{CheckArgs, RunArgs};
use crate::checking::{self, Checked};
use crate::course::{Entry, Progress};
use crate::exit::Exit;
use crate::faces::check::{self, Format, Place};
use crate::faces::progress_bar::{self, Tally};
use crate::faces::screen::{self, Screen};
use crate::faces::verdict;
use crate::faces::watch::view::building_line;
use crate::runner::{Building, Cancel, Libraries, Manner, Report, Runner, Step, Verdict};
use crate::side_by_side;
use crate::workbook::{Refusal, Workbook, libraries};
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Mutex;

impl Session {
    pub(super) fn run(&self, args: RunArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        let id = book.entry(args.name.as_deref())?.exercise.id.clone();
        self.seal_guess(&mut book, &id, args.guess)?;
        let libraries = libraries(book.entry(Some(&id)));
        let report = match prepare(&mut book, libraries, &self.interrupted) {
            Err(verdict) => Report::of(verdict),
            Ok(runner) => match &args.corpus {
                None => book.judge(&runner, &id, &self.interrupted)?,
                Some(corpus) => self.run_on(&book, &runner, &id, corpus)?,
            },
        };
        let entry = book.entry(Some(&id))?;
        let context = verdict::Context {
            id: id.clone(),
            title: entry.exercise.title.clone(),
            answer: book.answer_path(entry).display().to_string(),
            next: next_steps(&book, entry, &report.verdict),
            guess: book.progress().record(entry).guess,
        };
        drawn(verdict::draw(&report, &context, screen.width, screen))?;
        tell_notices(&book);
        Ok(Exit::of(&report.verdict))
    }

    /// Judges on another text. A pass there is no pass of the exercise: nothing is recorded.
    fn run_on(
        &self,
        book: &Workbook,
        runner: &Runner,
        id: &str,
        corpus: &Path,
    ) -> Result<Report, Refusal> {
        let corpus = std::fs::canonicalize(corpus).map_err(|e| Refusal::file(corpus, &e))?;
        let entry = book.entry(Some(id))?;
        let (task, reference) = (book.learners_task(entry), book.reference_task(entry));
        Ok(runner.learn_on_corpus(&task, &reference, &corpus, &self.interrupted))
    }

    fn seal_guess(&self, book: &mut Workbook, id: &str, guess: Option<f64>) -> Result<(), Refusal> {
        let entry = book.entry(Some(id))?;
        let Some(question) = &entry.exercise.guess else {
            return match guess {
                None => Ok(()),
                Some(_) => refuse(format!("{id} asks for no guess")),
            };
        };
        let sealed = book.progress().record(entry).guess;
        match (guess, sealed) {
            (None, Some(_)) => Ok(()),
            (None, None) => refuse(format!(
                "{id} wants a sealed guess before it measures: {question}\n\
                 Give it by `llmlings run {id} --guess NUMBER`."
            )),
            (Some(_), Some(sealed)) => refuse(format!("your guess is sealed already: {sealed}")),
            (Some(guess), None) => {
                book.update(|progress: &mut Progress, manifest| {
                    manifest
                        .get(id)
                        .map(|entry| progress.record_guess(entry, guess))
                });
                Ok(())
            }
        }
    }

    pub(super) fn check(&self, args: CheckArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        let entries: Vec<Entry> = match args.names.is_empty() {
            true => book.manifest.exercises().collect(),
            false => {
                let find = |name: &String| book.entry(Some(name));
                args.names.iter().map(find).collect::<Result<_, _>>()?
            }
        };
        if entries.is_empty() {
            return Err(Refusal::Empty);
        }
        let tasks: Vec<_> = entries
            .iter()
            .map(|entry| book.learners_task(*entry))
            .collect();
        let hashes: Vec<_> = entries
            .iter()
            .map(|entry| book.answer_hash(*entry))
            .collect();
        let places: Vec<_> = entries.iter().map(|entry| place(&book, *entry)).collect();
        let libraries = libraries(entries);
        let runner = match prepare(&mut book, libraries, &self.interrupted) {
            Ok(runner) => runner,
            Err(verdict) => {
                return Err(Refusal::Plain(Exit::of(&verdict), verdict.summary()));
            }
        };
        let jobs = args.jobs.unwrap_or_else(side_by_side::processors);
        let shown = args.format == Format::Human && screen.interactive;
        let progress = Progression::new(shown, tasks.len());
        let done = |checked: &Checked| progress.tell(checked);
        let checked = checking::check_all(&runner, &tasks, jobs, &self.interrupted, &done);
        progress.end();
        for (checked, hash) in checked.iter().zip(&hashes) {
            book.record(&checked.id, &checked.report.verdict, hash.as_ref())?;
        }
        let checked: Vec<(Checked, Place)> = checked.into_iter().zip(places).collect();
        if matches!(args.format, Format::Human | Format::Github) {
            for (checked, _) in &checked {
                drawn(writeln!(screen, "{}", check::line(checked, screen.width)))?;
            }
        }
        drawn(check::draw(args.format, &checked, screen.width, screen))?;
        tell_notices(&book);
        Ok(exit_of(&checked))
    }
}

fn place(book: &Workbook, entry: Entry<'_>) -> Place {
    Place {
        stage: entry.stage.folder.clone(),
        answer: book.answer_path(entry).display().to_string(),
    }
}

/// A fault of ours outweighs failures: then not all was judged.
fn exit_of(checked: &[(Checked, Place)]) -> Exit {
    let verdicts = || checked.iter().map(|(checked, _)| &checked.report.verdict);
    if let Some(ours) = verdicts().find(|verdict| verdict.is_ours()) {
        return Exit::of(ours);
    }
    match verdicts().all(Verdict::is_pass) {
        true => Exit::Fine,
        false => Exit::NotPassed,
    }
}

fn refuse<T>(words: String) -> Result<T, Refusal> {
    Err(Refusal::Plain(Exit::Usage, words))
}

/// Builds the libraries; a person who waits sees what for.
pub(in crate::commands) fn prepare(
    book: &mut Workbook,
    libraries: Libraries,
    interrupted: &Cancel,
) -> Result<Runner, Verdict> {
    let terminal = std::io::stderr().is_terminal();
    let mut told = false;
    let mut building = Building::default();
    let manner = Manner {
        cancel: interrupted.clone(),
        ..Manner::default()
    };
    let prepared = book.prepare(libraries, &manner, &mut |step| {
        // Waiting for another program to build, or having built, is no news for a log.
        if matches!(step, Step::Waiting | Step::Counted(_)) && !terminal {
            return;
        }
        building.take(step);
        let line = building_line(&building);
        // In a log one line is enough; on a terminal it changes in place.
        let text = match (terminal, told) {
            (true, _) => format!("\r\x1b[K{line}"),
            (false, false) => "Preparing what exercises are built with (once)\n".into(),
            (false, true) => String::new(),
        };
        told = true;
        let _ = write!(std::io::stderr(), "{text}");
    });
    if told && terminal {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    prepared
}

/// What a learner may do after a verdict, as commands.
fn next_steps(book: &Workbook, entry: Entry<'_>, verdict: &Verdict) -> Vec<String> {
    let id = &entry.exercise.id;
    if verdict.is_pass() {
        let mut steps = vec![format!(
            "llmlings solution {id}   shows the reference beside yours"
        )];
        match book.progress().next_unsolved(&book.manifest, Some(entry)) {
            Some(next) => {
                let next = &next.exercise.id;
                steps.push(format!("llmlings run {next}   is the next exercise"));
            }
            None => steps.push("You have solved everything that exists so far. Well done!".into()),
        }
        return steps;
    }
    if verdict.is_ours() {
        return vec!["llmlings doctor   says what is amiss here".into()];
    }
    vec![
        format!("llmlings hint {id}   shows one more hint"),
        format!("llmlings notes {id}   derives what it uses"),
        "llmlings   watches: it checks at every save".into(),
    ]
}

fn tell_notices(book: &Workbook) {
    for notice in &book.notices {
        let _ = writeln!(std::io::stderr(), "note: {notice}");
    }
}

/// How far a command is that judges many exercises, as a bar, on a terminal only.
pub(super) struct Progression(Option<Mutex<Tally>>);

impl Progression {
    pub(super) fn new(shown: bool, total: usize) -> Self {
        let tally = Tally { passed: 0, total };
        if shown {
            draw_bar(tally);
        }
        Self(shown.then_some(Mutex::new(tally)))
    }

    /// One more was judged.
    pub(super) fn tell(&self, _: &Checked) {
        let Some(Ok(mut tally)) = self.0.as_ref().map(Mutex::lock) else {
            return;
        };
        tally.passed += 1;
        draw_bar(*tally);
    }

    pub(super) fn end(&self) {
        if self.0.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// Draws the bar over the one before; without colours, which are for the standard output.
fn draw_bar(tally: Tally) {
    let mut bar = Vec::new();
    // In the last column some terminals begin a new line.
    let _ = progress_bar::draw(&mut bar, tally, screen::width() - 1);
    let bar = String::from_utf8_lossy(&bar);
    let bar = anstream::adapter::strip_str(&bar);
    let _ = write!(std::io::stderr(), "\r\x1b[K{bar}");
}
