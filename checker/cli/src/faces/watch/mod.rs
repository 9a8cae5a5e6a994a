//! `llmlings watch`: check the current exercise at every save.
//!
//! Three parts: what happens becomes an [`Input`](state::Input) of a pure
//! [`State`](state::State), what that asks for is done here, and [`view`] draws it.

mod ahead;
mod files;
mod notifications;
mod pages;
mod runs;
#[cfg(all(test, unix))]
mod scripts;
pub mod state;
mod terminal;
pub mod view;

use crate::checking::Checked;
use crate::course::{ContentHash, Entry, starter};
use crate::exit::Exit;
use crate::faces::list;
use crate::faces::screen::{self, Screen};
use crate::runner::{Ahead, Cancel, Report, Runner, Verdict};
use crate::workbook::{Refusal, Workbook};
use files::News;
use runs::{Preparation, Unrecorded};
use state::{Effect, Facts, Goodbye, Input, Overlay, Phase, State};
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// What reaches the one thread that owns everything.
enum Message {
    Input(Input),
    /// The libraries are built, or cannot be, in a preparation that ends by this wish.
    Prepared(Cancel, Result<Runner, Verdict>),
    /// Something worth a line under the verdict.
    Notice(String),
    /// A page has more to show.
    Page(String),
    /// All exercises were judged.
    Checked(Vec<Checked>),
}

/// Watches until told to stop. With `prebuild`, what later exercises are compiled with is
/// built meanwhile.
///
/// # Errors
/// If the course has no exercises, or the terminal cannot be used.
pub fn watch(
    book: Workbook,
    prebuild: bool,
    screen: &mut Screen,
    interrupted: &Cancel,
) -> Result<Exit, Refusal> {
    let (sender, messages) = channel();
    let mut desk = Desk::open(book, sender.clone())?;
    desk.prebuild = prebuild;
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

/// Everything that watch works with.
struct Desk {
    book: Workbook,
    /// Ids in the order in which they are done.
    itinerary: Vec<String>,
    state: State,
    files: files::Watch,
    sender: Sender<Message>,
    runner: Option<Arc<Runner>>,
    /// The last time that libraries were made ready, or are being.
    preparation: Option<Preparation>,
    /// Whether to build for later exercises as soon as there is time.
    prebuild: bool,
    /// What is built for later exercises.
    ahead: Option<Ahead>,
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
            preparation: None,
            prebuild: false,
            ahead: None,
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

    fn take(&mut self, message: Message) -> Option<Goodbye> {
        let input = match message {
            Message::Input(input) => input,
            // Somebody went to an exercise that needs something else.
            Message::Prepared(cancel, _) if cancel.is_cancelled() => Input::Redraw,
            Message::Prepared(_, Ok(runner)) => {
                self.runner = Some(Arc::new(runner));
                Input::Prepared
            }
            Message::Prepared(_, Err(verdict)) => {
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
        if let Input::Key(_) = input {
            self.mend();
        }
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
                self.build_ahead();
            }
            Effect::Advise(run) => self.advise(run),
            Effect::Suspend => {
                let _held = self.ahead.as_ref().map(Ahead::hold);
                if let Err(e) = terminal::suspend() {
                    self.notices.push(format!("the terminal: {e}"));
                }
                // What the shell wrote meanwhile is kept.
                self.drawn = false;
            }
            Effect::Quit(_) => {}
        }
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
        self.prepare_for_another();
    }

    /// Brings back what the current exercise lacks. Whoever presses a key is not saving at
    /// this moment; an editor that is must find nothing in its way.
    fn mend(&mut self) {
        let files = self.book.files(self.entry());
        let needed = [files.answer(), files.checks(), files.cargo_manifest()];
        if needed.iter().any(|file| !file.exists()) {
            self.book.mend();
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
