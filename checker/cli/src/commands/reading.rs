//! `hint`, `list`, `notes` and `solution`.

use super::{Session, drawn};
use crate::args::{ListArgs, ListFormat};
use crate::course::{Entry, Status};
use crate::exit::Exit;
use crate::faces::hint::{self, Ask};
use crate::faces::screen::Screen;
use crate::faces::{list, notes, solution};
use crate::workbook::{Refusal, Workbook};
use std::io::Write as _;
use std::path::PathBuf;

impl Session {
    pub(super) fn hint(
        &self,
        name: Option<&str>,
        all: bool,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        let id = book.entry(name)?.exercise.id.clone();
        let ask = if all { Ask::All } else { Ask::Next };
        let rungs = book.update(|progress, manifest| {
            manifest
                .get(&id)
                .map(|entry| hint::climb(progress, entry, ask))
        });
        let entry = book.entry(Some(&id))?;
        let width = screen.width;
        if let Some(rungs) = rungs {
            drawn(hint::draw(screen, entry, &rungs, width))?;
        }
        Ok(Exit::Fine)
    }

    pub(super) fn list(&self, args: ListArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let book = self.book()?;
        let filter = list::Filter {
            pending: args.pending,
            done: args.done,
            stage: args.stage,
            path: args.path,
            search: args.search,
        };
        let all = list::rows(&book.manifest, book.progress(), |entry| {
            book.answer_hash(entry)
        });
        let chosen = filter.apply(&book.manifest, &all)?;
        let width = screen.width;
        match args.format {
            ListFormat::Human => drawn(list::draw(screen, &all, &chosen, width))?,
            ListFormat::Json => {
                let json = list::to_json(&book.manifest, &all, &chosen);
                drawn(writeln!(screen, "{json:#}"))?;
            }
        }
        Ok(Exit::Fine)
    }

    pub(super) fn notes(&self, name: Option<&str>, screen: &mut Screen) -> Result<Exit, Refusal> {
        let book = self.book()?;
        let file = notes_file(&book, name)?;
        let text = read(file)?;
        drawn(notes::draw(&text, screen.width.min(100), screen))?;
        Ok(Exit::Fine)
    }

    pub(super) fn solution(
        &self,
        name: Option<&str>,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let book = self.book()?;
        let entry = book.entry(name)?;
        let id = &entry.exercise.id;
        if book.status(entry) == Status::Pending {
            let words = format!(
                "the solution of {id} is shown once your own passes; `llmlings hint {id}` helps"
            );
            return Err(Refusal::Plain(Exit::NotPassed, words));
        }
        let files = book.files(entry);
        let (answer, reference) = (read(files.answer())?, read(files.solution())?);
        drawn(solution::draw(&answer, &reference, id, screen))?;
        Ok(Exit::Fine)
    }
}

/// The notes of a stage, named itself or by one of its exercises.
fn notes_file(book: &Workbook, name: Option<&str>) -> Result<PathBuf, Refusal> {
    let of = |entry: Entry<'_>| book.files(entry).notes();
    let Some(name) = name else {
        return Ok(of(book.entry(None)?));
    };
    match (book.manifest.stage(name), book.manifest.find(name)) {
        (Ok(stage), _) => Ok(book.layout.notes(&stage.folder)),
        (_, Ok(entry)) => Ok(of(entry)),
        (_, Err(e)) => Err(e.into()),
    }
}

fn read(file: PathBuf) -> Result<String, Refusal> {
    let bytes = std::fs::read(&file).map_err(|e| Refusal::file(&file, &e))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
