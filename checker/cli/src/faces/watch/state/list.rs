//! The list of exercises: moving in it, filtering and searching it.

use super::{Effect, Facts, Key, Overlay, State};

/// The list of exercises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Place of the chosen exercise.
    pub cursor: usize,
    /// Which exercises are shown.
    pub filter: Filter,
    /// Only exercises that contain this text; being typed while `typing`.
    pub search: String,
    /// Whether keys go into the search.
    pub typing: bool,
}

/// Which exercises a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that passed.
    Done,
    /// Those that did not.
    Pending,
}

impl State {
    /// The places of the exercises that `list` shows.
    pub fn shown(&self, list: &List) -> Vec<usize> {
        let wanted = list.search.to_lowercase();
        let matches = |facts: &Facts| {
            let kept = match list.filter {
                Filter::All => true,
                Filter::Done => facts.passed,
                Filter::Pending => !facts.passed,
            };
            kept && facts.searchable.to_lowercase().contains(&wanted)
        };
        let places = 0..self.exercises.len();
        places
            .filter(|&place| matches(&self.exercises[place]))
            .collect()
    }

    /// What a key does to the list.
    pub(super) fn list_key(&mut self, mut list: List, key: Key) -> Vec<Effect> {
        let mut effects = Vec::new();
        let shown = self.shown(&list);
        let at = shown.iter().position(|&place| place == list.cursor);
        let nth = |n: usize| shown.get(n.min(shown.len().saturating_sub(1))).copied();
        match key {
            Key::Enter | Key::Escape if list.typing => list.typing = false,
            Key::Backspace if list.typing => drop(list.search.pop()),
            Key::Char(c) if list.typing => list.search.push(c),
            Key::Char('s' | '/') => list.typing = true,
            Key::Char('d') => list.filter = list.filter.toggled(Filter::Done),
            Key::Char('p') => list.filter = list.filter.toggled(Filter::Pending),
            Key::Char('j') | Key::Down => {
                list.cursor = nth(at.map_or(0, |at| at + 1)).unwrap_or(list.cursor);
            }
            Key::Char('k') | Key::Up => {
                list.cursor = nth(at.map_or(0, |at| at.saturating_sub(1))).unwrap_or(list.cursor);
            }
            Key::Char('g') | Key::Home => list.cursor = nth(0).unwrap_or(list.cursor),
            Key::Char('G') | Key::End => list.cursor = nth(usize::MAX).unwrap_or(list.cursor),
            Key::Char('c') | Key::Enter if at.is_some() => return self.goto(list.cursor),
            Key::Char('r') if at.is_some() => effects.push(Effect::Reset(list.cursor)),
            Key::Char('q' | 'l') | Key::Escape => return effects,
            _ => {}
        }
        // A filter may have hidden the chosen exercise: choose the first that is shown.
        let shown = self.shown(&list);
        if !shown.contains(&list.cursor) {
            list.cursor = shown.first().copied().unwrap_or(list.cursor);
        }
        self.overlay = Some(Overlay::List(list));
        effects
    }
}

impl Filter {
    fn toggled(self, other: Self) -> Self {
        if self == other { Self::All } else { other }
    }
}
