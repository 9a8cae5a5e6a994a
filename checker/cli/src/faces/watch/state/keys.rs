//! What keys do.

use super::{Effect, Goodbye, Key, List, Overlay, Page, Phase, State};

impl State {
    /// What a key does that watch takes itself.
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        self.message = None;
        if let Some(overlay) = self.overlay.take() {
            return self.overlay_key(overlay, key);
        }
        match (&mut self.phase, key) {
            (Phase::Guessing(typed), Key::Char(c)) if c.is_ascii_digit() || ".-+".contains(c) => {
                typed.push(c);
                Vec::new()
            }
            (Phase::Guessing(typed), Key::Backspace) => {
                typed.pop();
                Vec::new()
            }
            (Phase::Guessing(_), Key::Enter) => self.seal(),
            (Phase::Preparing(_) | Phase::Guessing(_), Key::Char('r')) => Vec::new(),
            (_, Key::Char(c)) => self.command(c),
            _ => Vec::new(),
        }
    }

    fn command(&mut self, key: char) -> Vec<Effect> {
        match key {
            'n' => self.next(),
            'N' => self.skip(),
            'p' => self.previous(),
            'h' => self.hint(),
            'r' => self.judge(),
            'x' => {
                self.overlay = Some(Overlay::ConfirmReset);
                Vec::new()
            }
            'l' => {
                let cursor = self.current;
                let list = List {
                    cursor,
                    ..List::default()
                };
                self.overlay = Some(Overlay::List(list));
                Vec::new()
            }
            'e' => self.open(Page::Notes),
            'v' if matches!(self.phase, Phase::Judged(_)) => self.open(Page::Verdict),
            'c' if matches!(self.phase, Phase::Preparing(_)) => {
                self.say("The libraries are still being built; press c again then.")
            }
            'c' => self.open(Page::CheckAll),
            's' if self.here().passed => self.open(Page::Solution),
            's' => self.say("The solution is shown once yours passes; h gives a hint."),
            'q' => vec![Effect::Quit(Goodbye::Asked)],
            _ => Vec::new(),
        }
    }

    fn open(&mut self, page: Page) -> Vec<Effect> {
        self.overlay = Some(Overlay::Pager(page, 0));
        vec![Effect::Open(page)]
    }

    fn say(&mut self, words: &str) -> Vec<Effect> {
        self.message = Some(words.into());
        Vec::new()
    }

    fn hint(&mut self) -> Vec<Effect> {
        let facts = &mut self.exercises[self.current];
        self.hints_visible = true;
        if facts.hints_shown == facts.hints {
            return self.say("That was the last hint; e opens the stage's notes.");
        }
        facts.hints_shown += 1;
        vec![Effect::RevealHint]
    }

    fn seal(&mut self) -> Vec<Effect> {
        let Phase::Guessing(typed) = &self.phase else {
            return Vec::new();
        };
        match typed.parse::<f64>() {
            Ok(guess) if guess.is_finite() => {
                self.exercises[self.current].wants_guess = false;
                let mut effects = vec![Effect::SealGuess(guess)];
                effects.extend(self.judge());
                effects
            }
            _ => self.say("A guess is one number, such as 0.25 or 12000."),
        }
    }

    fn next(&mut self) -> Vec<Effect> {
        if !self.here().passed {
            return self.say("Not solved yet. N goes on all the same, h gives a hint.");
        }
        let count = self.exercises.len();
        let mut others = (self.current + 1..count).chain(0..self.current);
        match others.find(|&place| !self.exercises[place].passed) {
            Some(place) => self.goto(place),
            None => self.say("Nothing is left to solve; l lists what you did."),
        }
    }

    fn skip(&mut self) -> Vec<Effect> {
        if self.current + 1 < self.exercises.len() {
            return self.goto(self.current + 1);
        }
        self.say("This is the last exercise.")
    }

    fn previous(&mut self) -> Vec<Effect> {
        match self.current.checked_sub(1) {
            Some(place) => self.goto(place),
            None => self.say("This is the first exercise."),
        }
    }

    fn overlay_key(&mut self, overlay: Overlay, key: Key) -> Vec<Effect> {
        match overlay {
            Overlay::ConfirmReset if key == Key::Char('y') => vec![Effect::Reset(self.current)],
            Overlay::ConfirmReset => self.say("Nothing was reset."),
            Overlay::Pager(page, top) => {
                self.overlay = page_key(page, top, key);
                Vec::new()
            }
            Overlay::List(list) => self.list_key(list, key),
        }
    }
}

fn page_key(page: Page, top: usize, key: Key) -> Option<Overlay> {
    const SCREENFUL: usize = 20;
    let top = match key {
        Key::Char('j') | Key::Down | Key::Enter => top.saturating_add(1),
        Key::Char('k') | Key::Up => top.saturating_sub(1),
        Key::Char(' ') | Key::PageDown => top.saturating_add(SCREENFUL),
        Key::Char('b') | Key::PageUp => top.saturating_sub(SCREENFUL),
        Key::Char('g') | Key::Home => 0,
        Key::Char('G') | Key::End => usize::MAX,
        Key::Char('q' | 'e' | 's' | 'c' | 'v') | Key::Escape => return None,
        _ => top,
    };
    Some(Overlay::Pager(page, top))
}
