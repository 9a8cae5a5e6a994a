//! Building what later exercises need, while the learner works on this one.

use super::state::{Ahead, Input};
use super::{Desk, Message};
use crate::runner::{self, Libraries};

impl Desk {
    /// Begins with it, once, after the first verdict: until then somebody waits.
    pub(super) fn build_ahead(&mut self) {
        if !std::mem::take(&mut self.prebuild) {
            return;
        }
        let mut waiting = self.itinerary.iter().zip(&self.state.exercises);
        let needs = waiting.find_map(|(id, facts)| {
            let entry = self.book.manifest.get(id)?;
            let libraries = Libraries::from(entry.exercise.device);
            let later = libraries > Libraries::default() && !facts.passed;
            later.then_some((libraries, entry.stage.number))
        });
        let Some((libraries, stage)) = needs else {
            return;
        };
        let sender = self.sender.clone();
        self.ahead = runner::Ahead::start(self.book.layout.root(), libraries, move |count| {
            let count = count.map(Some);
            let ahead = count.map(|count| Ahead { stage, count });
            let _ = sender.send(Message::Input(Input::Ahead(ahead)));
        });
        if self.ahead.is_some() {
            let count = None;
            self.state.ahead = Some(Ahead { stage, count });
        }
    }
}
