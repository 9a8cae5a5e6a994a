//! What watch shows and does next, as a pure function of what happens.
//!
//! Nothing here draws, reads a key or starts a run: [`State::update`] takes what happened
//! and says what is to be done.

mod keys;
mod list;

use crate::runner::{Building, Count, Report, Step};
pub use list::{Filter, List};

/// Where watch is.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What is known of the exercises, in the order in which they are done.
    pub exercises: Vec<Facts>,
    /// Place of the current one among them.
    pub current: usize,
    /// What goes on.
    pub phase: Phase,
    /// What covers the verdict, if anything does.
    pub overlay: Option<Overlay>,
    /// A line of news about the last key.
    pub message: Option<String>,
    /// Whether the hints that were revealed stand under the verdict.
    pub hints_visible: bool,
    /// What Clippy says of the answer that passes; nothing until it said it.
    pub advice: Vec<String>,
    /// What is built for later exercises meanwhile.
    pub ahead: Option<Ahead>,
    /// Number of the run that counts; the results of older ones are dropped.
    pub run: u64,
}

/// What watch knows of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What a search looks in: id, title, stage.
    pub searchable: String,
    /// Whether it passed, with the answer that is there or an earlier one.
    pub passed: bool,
    /// How many of its hints were revealed …
    pub hints_shown: usize,
    /// … of how many.
    pub hints: usize,
    /// Whether a sealed guess is wanted before it is measured.
    pub wants_guess: bool,
}

/// What goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The libraries that exercises need are being built.
    Preparing(Building),
    /// A guess is being typed.
    Guessing(String),
    /// The current answer is being judged.
    Running,
    /// The current answer was judged.
    Judged(Box<Report>),
}

/// A build of what later exercises need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The first stage that needs it.
    pub stage: u32,
    /// How much is done, once that is known.
    pub count: Option<Count>,
}

/// What covers the verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// The question whether to bring the starter back.
    ConfirmReset,
    /// A text with its first visible line.
    Pager(Page, usize),
    /// The list of exercises with the place of the cursor and the filter.
    List(List),
}

/// A text to page through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The stage's notes.
    Notes,
    /// The reference, beside the learner's answer.
    Solution,
    /// The verdicts on all exercises.
    CheckAll,
    /// The verdict on the current exercise, whole.
    Verdict,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// The current answer has new contents.
    Saved,
    /// A library is being built.
    Preparing(Step),
    /// Exercises can be judged now.
    Prepared,
    /// What later exercises need is being built; nothing, once it is over.
    Ahead(Option<Ahead>),
    /// A run is over.
    Judged {
        /// Its number.
        run: u64,
        /// What came of it.
        report: Box<Report>,
    },
    /// Clippy has looked at the answer of a run that passed.
    Advised {
        /// The run's number.
        run: u64,
        /// What it says, one line each.
        advice: Vec<String>,
    },
    /// The window has another size, or the screen must be drawn again.
    Redraw,
    /// The program is asked to end.
    Terminate,
}

/// A key, as far as watch cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Key {
    Char(char),
    Enter,
    Escape,
    Backspace,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Judge the current exercise under this number; cancel what runs.
    Judge(u64),
    /// The current exercise is another one now: remember it, load its facts.
    Goto(usize),
    /// Show one more hint of the current exercise.
    RevealHint,
    /// Seal this guess for the current exercise.
    SealGuess(f64),
    /// Bring the starter of the exercise at this place back.
    Reset(usize),
    /// Prepare a text to page through.
    Open(Page),
    /// Note the verdict on the current exercise.
    Record,
    /// Ask Clippy about the answer that passed in this run.
    Advise(u64),
    /// Give the terminal to the shell, until it gives it back.
    Suspend,
    /// End watch.
    Quit(Goodbye),
}

/// Why watch ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goodbye {
    /// It was asked to.
    Asked,
    /// It was interrupted.
    Interrupted,
}

impl State {
    /// Watch at its beginning.
    ///
    /// # Panics
    /// If there are no exercises.
    pub fn new(exercises: Vec<Facts>, current: usize) -> Self {
        assert!(current < exercises.len(), "a course without exercises");
        Self {
            exercises,
            current,
            phase: Phase::Preparing(Building::default()),
            overlay: None,
            message: None,
            hints_visible: false,
            advice: Vec::new(),
            ahead: None,
            run: 0,
        }
    }

    /// What is known of the current exercise.
    pub fn here(&self) -> &Facts {
        &self.exercises[self.current]
    }

    /// Whether the verdict on screen is a pass.
    pub fn is_solved(&self) -> bool {
        matches!(&self.phase, Phase::Judged(report) if report.verdict.is_pass())
    }

    /// How many exercises passed.
    pub fn solved(&self) -> usize {
        self.exercises.iter().filter(|facts| facts.passed).count()
    }

    /// Takes what happened; says what is to be done.
    pub fn update(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Terminate | Input::Key(Key::Interrupt) => {
                vec![Effect::Quit(Goodbye::Interrupted)]
            }
            Input::Key(Key::Suspend) => vec![Effect::Suspend],
            Input::Redraw => Vec::new(),
            Input::Preparing(step) => {
                if let Phase::Preparing(building) = &mut self.phase {
                    building.take(step);
                }
                Vec::new()
            }
            Input::Prepared => self.begin(),
            Input::Ahead(ahead) => {
                self.ahead = ahead;
                Vec::new()
            }
            Input::Saved => match self.phase {
                // The first run begins by itself once the libraries are there.
                Phase::Preparing(_) | Phase::Guessing(_) => Vec::new(),
                Phase::Running | Phase::Judged(_) => {
                    self.message = None;
                    self.judge()
                }
            },
            Input::Judged { run, report } if run == self.run => self.judged(report),
            Input::Advised { run, advice } if run == self.run => {
                self.advice = advice;
                Vec::new()
            }
            Input::Judged { .. } | Input::Advised { .. } => Vec::new(),
            Input::Key(key) => self.key(key),
        }
    }

    fn begin(&mut self) -> Vec<Effect> {
        if self.here().wants_guess {
            self.phase = Phase::Guessing(String::new());
            return Vec::new();
        }
        self.judge()
    }

    fn judge(&mut self) -> Vec<Effect> {
        self.run += 1;
        self.advice.clear();
        self.phase = Phase::Running;
        vec![Effect::Judge(self.run)]
    }

    fn judged(&mut self, report: Box<Report>) -> Vec<Effect> {
        let passes = report.verdict.is_pass();
        self.phase = Phase::Judged(report);
        self.exercises[self.current].passed |= passes;
        let mut effects = vec![Effect::Record];
        if passes {
            effects.push(Effect::Advise(self.run));
        }
        effects
    }

    fn goto(&mut self, place: usize) -> Vec<Effect> {
        self.current = place;
        self.overlay = None;
        self.message = None;
        self.hints_visible = false;
        let mut effects = vec![Effect::Goto(place)];
        if !matches!(self.phase, Phase::Preparing(_)) {
            effects.extend(self.begin());
        }
        effects
    }
}

#[cfg(test)]
mod tests;
