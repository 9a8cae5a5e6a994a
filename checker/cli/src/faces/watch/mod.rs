//! `llmlings watch`: check the current exercise at every save.
//!
//! Three parts: what happens becomes an [`Input`](state::Input) of a pure
//! [`State`](state::State), what that asks for is done here, and [`view`] draws it.

mod files;
mod notifications;
#[cfg(all(test, unix))]
mod scripts;
pub mod state;
mod terminal;
pub mod view;

use crate::checking::{self, Checked};
use crate::course::{ContentHash, Entry, starter};
use crate::exit::Exit;
use crate::faces::check::{self, Place};
use crate::faces::list;
use crate::faces::screen::{self, Screen};
use crate::faces::{fit, notes, solution};
use crate::runner::{Cancel, Diagnostic, Report, Runner, Verdict};
use crate::workbook::{Refusal, Workbook};
use files::News;
use state::{Effect, Facts, Goodbye, Input, Overlay, Page, Phase, State};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// What reaches the one thread that owns everything.
enum Message {
    Input(Input),
    /// The libraries are built, or cannot be.
    Prepared(Result<Runner, Verdict>),
    /// Something worth a line under the verdict.
    Notice(String),
    /// A page has more to show.
    Page(String),
    /// All exercises were judged.
    Checked(Vec<Checked>),
}

/// Watches until told to stop.
///
/// # Errors
/// If the course has no exercises, or the terminal cannot be used.
pub fn watch(book: Workbook, screen: &mut Screen, interrupted: &Cancel) -> Result<Exit, Refusal> {
    let (sender, messages) = channel();
    let mut desk = Desk::open(book, sender.clone())?;
    let io = |e: io::Error| Refusal::Plain(Exit::Fault, format!("the terminal: {e}"));
    let raw = terminal::Raw::enter().map_err(io)?;
    listen(sender.clone());
    relay_interrupt(interrupted.clone(), sender);
    desk.prepare();
    let goodbye = desk.attend(screen, &messages);
    desk.record();
    desk.stop();
    drop(raw);
    let goodbye = goodbye.map_err(io)?;
    let solved = desk.state.solved();
    let words = format!(
        "\nUntil next time! {solved} of {} solved; `llmlings` goes on where you are.",
        desk.state.exercises.len()
    );
    let told = writeln!(screen, "{words}");
    Ok(match goodbye {
        Goodbye::Asked => told.map(|()| Exit::Fine).map_err(io)?,
        // Perhaps by the end of the terminal: then nobody reads this.
        Goodbye::Interrupted => Exit::Interrupted,
    })
}

/// A thread that passes keys on.
fn listen(sender: Sender<Message>) {
    thread::spawn(move || {
        loop {
            let input = match terminal::next() {
                terminal::Told::Key(key) => Input::Key(key),
                terminal::Told::Resized => Input::Redraw,
                terminal::Told::Gone => Input::Terminate,
            };
            let last = input == Input::Terminate;
            if sender.send(Message::Input(input)).is_err() || last {
                return;
            }
        }
    });
}

/// A thread that passes a signal on (Ctrl-C itself comes as a key).
fn relay_interrupt(interrupted: Cancel, sender: Sender<Message>) {
    thread::spawn(move || {
        while !interrupted.is_cancelled() {
            thread::sleep(std::time::Duration::from_millis(50));
        }
        let _ = sender.send(Message::Input(Input::Terminate));
    });
}

/// A verdict on an exercise whose answer had these contents.
struct Unrecorded {
    id: String,
    verdict: Verdict,
    judged: Option<ContentHash>,
}

/// Everything that watch works with.
struct Desk {
    book: Workbook,
    /// Ids in the order in which they are done.
    itinerary: Vec<String>,
    state: State,
    files: files::Watch,
    sender: Sender<Message>,
    runner: Option<Arc<Runner>>,
    /// Cancels what goes on in the background.
    running: Cancel,
    /// What goes on in the background: it ends its children itself, so it is waited for.
    workers: Vec<JoinHandle<()>>,
    /// The contents that the run that goes on judges.
    judging: Option<ContentHash>,
    /// A verdict that is not in the state file yet.
    unrecorded: Option<Unrecorded>,
    /// Whether something was drawn already.
    drawn: bool,
    page: Vec<String>,
    notices: Vec<String>,
    newcomer: bool,
}

impl Desk {
    fn open(mut book: Workbook, sender: Sender<Message>) -> Result<Self, Refusal> {
        let current = book.entry(None)?.exercise.id.clone();
        let newcomer = book.progress().records.is_empty();
        let itinerary = book.progress().itinerary(&book.manifest);
        let mut itinerary: Vec<String> = itinerary
            .iter()
            .map(|entry| entry.exercise.id.clone())
            .collect();
        // Who was sent to an exercise away from the path begins there.
        if !itinerary.contains(&current) {
            itinerary.insert(0, current.clone());
        }
        let place = itinerary.iter().position(|id| *id == current).unwrap_or(0);
        let facts = itinerary
            .iter()
            .map(|id| facts(&book, id))
            .collect::<Result<_, _>>()?;
        let tell = sender.clone();
        let files = files::Watch::below(&book.layout.exercises_dir(), move |news| {
            let _ = tell.send(match news {
                News::Saved => Message::Input(Input::Saved),
                News::Degraded(why) => Message::Notice(why),
            });
        });
        book.mend();
        let notices = std::mem::take(&mut book.notices);
        let mut desk = Self {
            state: State::new(facts, place),
            book,
            itinerary,
            files,
            sender,
            runner: None,
            running: Cancel::default(),
            workers: Vec::new(),
            judging: None,
            unrecorded: None,
            drawn: false,
            page: Vec::new(),
            notices,
            newcomer,
        };
        desk.goto(place);
        Ok(desk)
    }

    /// Takes what happens and draws it, until it is time to go.
    fn attend(&mut self, screen: &mut Screen, messages: &Receiver<Message>) -> io::Result<Goodbye> {
        loop {
            self.draw(screen)?;
            // What waits for the disk waits until the verdict is on the screen.
            if self.record() {
                self.draw(screen)?;
            }
            let Ok(message) = messages.recv() else {
                return Ok(Goodbye::Interrupted);
            };
            let mut all = std::iter::once(message).chain(messages.try_iter());
            if let Some(goodbye) = all.find_map(|message| self.take(message)) {
                return Ok(goodbye);
            }
        }
    }

    fn entry(&self) -> Entry<'_> {
        let id = &self.itinerary[self.state.current];
        self.book
            .manifest
            .get(id)
            .expect("the itinerary holds exercises of the manifest")
    }

    /// Builds the libraries in the background.
    fn prepare(&mut self) {
        self.state.phase = Phase::Preparing(None);
        let root = self.book.layout.root().to_path_buf();
        let sender = self.sender.clone();
        thread::spawn(move || {
            let tell = sender.clone();
            let prepared = Runner::prepare(&root, &mut |step| {
                let _ = tell.send(Message::Input(Input::Preparing(step)));
            });
            let _ = sender.send(Message::Prepared(prepared));
        });
    }

    fn take(&mut self, message: Message) -> Option<Goodbye> {
        let input = match message {
            Message::Input(input) => input,
            Message::Prepared(Ok(runner)) => {
                self.runner = Some(Arc::new(runner));
                Input::Prepared
            }
            Message::Prepared(Err(verdict)) => {
                self.state.phase = Phase::Judged(Box::new(Report::of(verdict)));
                Input::Redraw
            }
            Message::Notice(line) => {
                self.notices.push(line);
                Input::Redraw
            }
            Message::Page(line) => {
                self.page.push(line);
                Input::Redraw
            }
            Message::Checked(checked) => {
                self.record_all(&checked);
                Input::Redraw
            }
        };
        // A key may ask for what the last verdict changed.
        self.record();
        self.settle_page();
        let typed = matches!(input, Input::Key(_) | Input::Saved);
        for effect in self.state.update(input) {
            if let Effect::Quit(goodbye) = effect {
                return Some(goodbye);
            }
            self.carry_out(effect);
        }
        if typed {
            self.newcomer = false;
        }
        self.notices.append(&mut self.book.notices);
        None
    }

    /// A page scrolled beyond its end counts as scrolled to its end.
    fn settle_page(&mut self) {
        if let Some(Overlay::Pager(_, top)) = &mut self.state.overlay {
            *top = view::top_of(*top, self.page.len(), screen::height());
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        let id = self.itinerary[self.state.current].clone();
        match effect {
            Effect::Judge(run) => self.judge(run),
            Effect::Goto(place) => self.goto(place),
            Effect::RevealHint => {
                self.book.update(|progress, manifest| {
                    manifest.get(&id).map(|entry| progress.reveal_hint(entry))
                });
            }
            Effect::SealGuess(guess) => {
                self.book.update(|progress, manifest| {
                    manifest
                        .get(&id)
                        .map(|entry| progress.record_guess(entry, guess))
                });
            }
            Effect::Reset(place) => self.reset(place),
            Effect::Open(page) => self.open_page(page),
            Effect::Record => {
                let Phase::Judged(report) = &self.state.phase else {
                    return;
                };
                self.unrecorded = Some(Unrecorded {
                    id,
                    verdict: report.verdict.clone(),
                    judged: self.judging.take(),
                });
            }
            Effect::Advise(run) => self.advise(run),
            Effect::Suspend => {
                if let Err(e) = terminal::suspend() {
                    self.notices.push(format!("the terminal: {e}"));
                }
                // What the shell wrote meanwhile is kept.
                self.drawn = false;
            }
            Effect::Quit(_) => {}
        }
    }

    /// Notes the last verdict in the state file; whether there is news about that.
    fn record(&mut self) -> bool {
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

    fn goto(&mut self, place: usize) {
        let id = self.itinerary[place].clone();
        self.running.cancel();
        self.book.update(|progress, manifest| {
            if let Some(entry) = manifest.get(&id) {
                progress.set_current(entry);
            }
        });
        self.files.follow(&self.book.files(self.entry()).answer());
    }

    fn judge(&mut self, run: u64) {
        self.running.cancel();
        let Some(runner) = self.runner.clone() else {
            // The last attempt to prepare failed: this is the next one.
            return self.prepare();
        };
        if runner.is_stale() {
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
    fn advise(&mut self, run: u64) {
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
    fn work(&mut self, work: impl FnOnce(&Cancel, &Sender<Message>) + Send + 'static) {
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
    fn stop(&mut self) {
        self.running.cancel();
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }

    fn reset(&mut self, place: usize) {
        let id = &self.itinerary[place];
        let Some(entry) = self.book.manifest.get(id) else {
            return;
        };
        let files = self.book.files(entry);
        self.state.message = Some(match starter::reset(&files) {
            Ok(starter::Reset::AlreadyPristine) => format!("{id} is the starter already."),
            Ok(starter::Reset::Done { .. }) => {
                format!("{id} is the starter again; `llmlings reset {id} --undo` takes that back.")
            }
            Err(e) => e.to_string(),
        });
    }

    fn open_page(&mut self, page: Page) {
        let text = match page {
            Page::CheckAll => return self.check_all(),
            Page::Notes => self.notes(),
            Page::Solution => self.solution(),
            Page::Verdict => self.verdict(),
        };
        let text = text.unwrap_or_else(|e| e.to_string());
        let rows = text
            .lines()
            .flat_map(|line| fit::rows(line, screen::width()));
        self.page = rows.collect();
    }

    fn notes(&self) -> Result<String, Refusal> {
        let file = self.book.files(self.entry()).notes();
        let text = std::fs::read_to_string(&file).map_err(|e| Refusal::file(&file, &e))?;
        drawn(|out| notes::draw(&text, screen::width().min(100), out))
    }

    fn solution(&self) -> Result<String, Refusal> {
        let files = self.book.files(self.entry());
        let read = |file: std::path::PathBuf| {
            std::fs::read_to_string(&file).map_err(|e| Refusal::file(&file, &e))
        };
        let (answer, reference) = (read(files.answer())?, read(files.solution())?);
        drawn(|out| solution::draw(&answer, &reference, files.id(), out))
    }

    fn verdict(&self) -> Result<String, Refusal> {
        match &self.state.phase {
            Phase::Judged(report) => drawn(|out| view::draw_verdict(report, &self.scene(), out)),
            _ => Ok(String::new()),
        }
    }

    /// Judges every exercise in the background; the page fills line by line.
    fn check_all(&mut self) {
        self.page = vec!["Checking every exercise …".into()];
        let Some(runner) = self.runner.clone() else {
            return;
        };
        let entries = self
            .itinerary
            .iter()
            .filter_map(|id| self.book.manifest.get(id));
        let tasks: Vec<_> = entries
            .map(|entry| {
                let answer = self.book.files(entry).answer();
                self.book.task(entry, answer, "check-all")
            })
            .collect();
        self.work(move |cancel, sender| {
            let width = screen::width();
            let lines = Mutex::new(sender.clone());
            let tell = |checked: &Checked| {
                if let Ok(lines) = lines.lock() {
                    let _ = lines.send(Message::Page(check::line(checked, width)));
                }
            };
            let jobs = checking::default_jobs();
            let checked = checking::check_all(&runner, &tasks, jobs, cancel, &tell);
            let _ = sender.send(Message::Checked(checked));
        });
    }

    fn record_all(&mut self, checked: &[Checked]) {
        for Checked { id, report } in checked {
            let entry = self.book.manifest.get(id);
            let hash = entry.and_then(|entry| self.book.answer_hash(entry));
            let recorded = self.book.record(id, &report.verdict, hash.as_ref());
            self.notices.extend(recorded.err().map(|e| e.to_string()));
            if let Some(place) = self.itinerary.iter().position(|other| other == id) {
                self.state.exercises[place].passed |= report.verdict.is_pass();
            }
        }
        let placed: Vec<(Checked, Place)> = checked
            .iter()
            .map(|c| {
                (
                    c.clone(),
                    Place {
                        stage: String::new(),
                        answer: String::new(),
                    },
                )
            })
            .collect();
        let summary = drawn(|out| check::summary(&placed, screen::width(), out));
        self.page
            .extend(summary.unwrap_or_default().lines().map(String::from));
    }

    /// Everything beside the state that is drawn.
    fn scene(&self) -> view::Scene<'_> {
        let entry = self.entry();
        let answer = self.book.files(entry).answer();
        view::Scene {
            entry,
            answer: self.book.answer_path(entry).display().to_string(),
            link: format!("file://{}", answer.display()),
            guess: self.book.progress().record(entry).guess,
            rows: self.rows(),
            page: &self.page,
            notices: &self.notices,
            newcomer: self.newcomer,
            width: screen::width(),
            height: screen::height(),
        }
    }

    /// The rows of the list, where it is open: they need a look at every answer.
    fn rows(&self) -> Vec<list::Row<'_>> {
        if !matches!(self.state.overlay, Some(Overlay::List(_))) {
            return Vec::new();
        }
        let all = list::rows(&self.book.manifest, self.book.progress(), |entry| {
            self.book.answer_hash(entry)
        });
        let row = |id: &String| all.iter().find(|row| row.entry.exercise.id == *id).copied();
        self.itinerary.iter().filter_map(row).collect()
    }

    fn draw(&mut self, screen: &mut Screen) -> io::Result<()> {
        let scene = self.scene();
        let mut frame = Vec::new();
        view::draw(&self.state, &scene, &mut frame)?;
        let frame = String::from_utf8_lossy(&frame);
        // A newline after the last line would scroll the first one out of the window.
        let frame = frame.trim_end_matches('\n').replace('\n', "\x1b[K\r\n");
        // What stood there before watch scrolls out of the window instead of being wiped.
        // Later frames are drawn over each other, which no eye sees flicker.
        let scroll = if self.drawn { 0 } else { scene.height };
        let scroll = "\r\n".repeat(scroll);
        write!(screen, "{scroll}\x1b[H{frame}\x1b[K\x1b[J")?;
        self.drawn = true;
        screen.flush()
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

fn facts(book: &Workbook, id: &str) -> Result<Facts, Refusal> {
    let entry = book.entry(Some(id))?;
    let exercise = entry.exercise;
    let record = book.progress().record(entry);
    Ok(Facts {
        searchable: format!("{id} {} {}", exercise.title, entry.stage.title),
        passed: record.passed.is_some(),
        hints_shown: book.progress().hints_shown(entry),
        hints: exercise.hints.len(),
        wants_guess: exercise.guess.is_some() && record.guess.is_none(),
    })
}

/// What a view draws, as text.
fn drawn(draw: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, Refusal> {
    let mut out = Vec::new();
    draw(&mut out).map_err(|e| Refusal::Plain(Exit::Fault, e.to_string()))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
