//! What fills a page of watch: notes, the reference, a whole verdict, all verdicts.

use super::state::{Overlay, Page, Phase};
use super::{Desk, Message, view};
use crate::checking::{self, Checked};
use crate::exit::Exit;
use crate::faces::check::{self, Place};
use crate::faces::{fit, notes, screen, solution};
use crate::runner::{Runner, Task};
use crate::side_by_side;
use crate::workbook::{Refusal, libraries};
use std::io;
use std::sync::{Arc, Mutex};

impl Desk {
    /// A page scrolled beyond its end counts as scrolled to its end.
    pub(super) fn settle_page(&mut self) {
        if let Some(Overlay::Pager(_, top)) = &mut self.state.overlay {
            *top = view::top_of(*top, self.page.len(), screen::height());
        }
    }

    /// Fills the page.
    pub(super) fn open_page(&mut self, page: Page) {
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
        let entries = self
            .itinerary
            .iter()
            .filter_map(|id| self.book.manifest.get(id));
        let needed = libraries(entries.clone());
        let ready = Runner::ready(self.book.layout.root(), needed).map(Arc::new);
        let Some(runner) = ready.or_else(|| self.runner.clone()) else {
            return;
        };
        let tasks = entries.map(|entry| {
            let answer = self.book.files(entry).answer();
            self.book.task(entry, answer, "check-all")
        });
        let is_ready = |task: &Task| runner.dependencies(task.libraries).is_some();
        let (tasks, later): (Vec<_>, Vec<_>) = tasks.partition(is_ready);
        if !later.is_empty() {
            self.page.push(format!(
                "but for {}, for which more must be built first: go to one of them.",
                later.len()
            ));
        }
        self.work(move |cancel, sender| {
            let width = screen::width();
            let lines = Mutex::new(sender.clone());
            let tell = |checked: &Checked| {
                if let Ok(lines) = lines.lock() {
                    let _ = lines.send(Message::Page(check::line(checked, width)));
                }
            };
            let jobs = side_by_side::processors();
            let checked = checking::check_all(&runner, &tasks, jobs, cancel, &tell);
            let _ = sender.send(Message::Checked(checked));
        });
    }

    /// Notes all verdicts, and sums them up at the end of the page.
    pub(super) fn record_all(&mut self, checked: &[Checked]) {
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
}

/// What a view draws, as text.
fn drawn(draw: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<String, Refusal> {
    let mut out = Vec::new();
    draw(&mut out).map_err(|e| Refusal::Plain(Exit::Fault, e.to_string()))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
