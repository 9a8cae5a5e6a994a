//! `book` and `report`: what is made to be read in a browser.

use super::judging::{Progression, prepare};
use super::{Session, drawn};
use crate::args::MakingArgs;
use crate::checking::{self, Checked};
use crate::course::{Status, plain_path};
use crate::exit::Exit;
use crate::faces::book::{self, Book};
use crate::faces::screen::Screen;
use crate::faces::{href, list, report};
use crate::runner::{Plot, Task};
use crate::side_by_side;
use crate::workbook::{Refusal, Workbook};
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

impl Session {
    pub(super) fn make_book(&self, args: MakingArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut course = self.book()?;
        let notes = notes(&course)?;
        // What is wrong is said before anybody has to wait.
        book_files(&course, &notes, "", &HashMap::new())?;
        let tasks: Vec<Task> = course
            .manifest
            .exercises()
            .map(|entry| course.reference_task(entry))
            .collect();
        let checked = self.run_all(&mut course, &tasks, screen)?;
        let plots = checked.into_iter().map(|c| (c.id, c.report.plots));
        let plots = plots.collect();
        let folder = args.out.unwrap_or_else(|| made_in(&course, "book"));
        let folder = made_folder(&folder)?;
        let root = book::way(&folder, course.layout.root());
        for file in book_files(&course, &notes, &root, &plots)? {
            write(&folder.join(&file.name), &file.contents)?;
        }
        tell(&folder.join("index.html"), args.open, screen)
    }

    pub(super) fn make_report(
        &self,
        args: MakingArgs,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let mut course = self.book()?;
        let file = args.out.unwrap_or_else(|| made_in(&course, "report.html"));
        let folder = made_folder(file.parent().unwrap_or(Path::new("")))?;
        let name = file.file_name().ok_or_else(|| {
            Refusal::Plain(Exit::Usage, format!("{} names no file", file.display()))
        })?;
        let file = folder.join(name);
        // Runs are not kept: what an answer shows is what it shows now.
        let solved = |entry| course.status(entry) != Status::Pending;
        let tasks = course.manifest.exercises().filter(|entry| solved(*entry));
        let tasks: Vec<Task> = tasks.map(|entry| course.learners_task(entry)).collect();
        let checked = match tasks.is_empty() {
            true => Vec::new(),
            false => self.run_all(&mut course, &tasks, screen)?,
        };
        let root = book::way(&folder, course.layout.root());
        let page = report::draw(&told(&course, &checked, &root));
        write(&file, page.as_bytes())?;
        tell(&file, args.open, screen)
    }

    /// Runs exercises for what they show; records nothing. Without a compiler there is
    /// nothing to be seen of them, which is said.
    fn run_all(
        &self,
        course: &mut Workbook,
        tasks: &[Task],
        screen: &Screen,
    ) -> Result<Vec<Checked>, Refusal> {
        let libraries = tasks.iter().map(|task| task.libraries).max();
        let runner = match prepare(course, libraries.unwrap_or_default(), &self.interrupted) {
            Ok(runner) => runner,
            Err(verdict) => {
                let summary = verdict.summary();
                let _ = writeln!(std::io::stderr(), "note: no pictures of runs: {summary}");
                return Ok(Vec::new());
            }
        };
        let progress = Progression::new(screen.interactive, tasks.len());
        let done = |checked: &Checked| progress.tell(checked);
        let jobs = side_by_side::processors();
        let checked = checking::check_all(&runner, tasks, jobs, &self.interrupted, &done);
        progress.end();
        match self.interrupted.is_cancelled() {
            true => Err(Refusal::Plain(Exit::Interrupted, "interrupted".into())),
            false => Ok(checked),
        }
    }
}

fn book_files(
    course: &Workbook,
    notes: &HashMap<String, String>,
    root: &str,
    plots: &HashMap<String, Vec<Plot>>,
) -> Result<Vec<book::File>, Refusal> {
    let manifest = &course.manifest;
    let files = book::files(&Book {
        manifest,
        notes,
        plots,
        root,
    });
    files.map_err(|e| Refusal::Plain(Exit::BrokenCourse, e.to_string()))
}

/// What a report tells of a course.
fn told<'a>(course: &'a Workbook, checked: &'a [Checked], root: &str) -> report::Report<'a> {
    let progress = course.progress();
    let rows = list::rows(&course.manifest, progress, |entry| {
        course.answer_hash(entry)
    });
    let line = |row: list::Row<'a>| {
        let id = &row.entry.exercise.id;
        let answer = course.answer_path(row.entry);
        let answer = answer.to_string_lossy().replace('\\', "/");
        report::Line {
            row,
            record: progress.record(row.entry),
            run: checked.iter().find(|c| c.id == *id).map(|c| &c.report),
            answer: (answer.clone(), format!("{root}/{}", href(&answer))),
        }
    };
    report::Report {
        manifest: &course.manifest,
        path: progress
            .path
            .as_deref()
            .and_then(|id| course.manifest.path(id).ok()),
        lines: rows.into_iter().map(line).collect(),
    }
}

/// Where what is made lies if nobody says otherwise: with all that can be made again.
fn made_in(course: &Workbook, name: &str) -> PathBuf {
    course.layout.root().join("target").join(name)
}

/// A folder, made if it is not there, by its whole name.
fn made_folder(folder: &Path) -> Result<PathBuf, Refusal> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    fs::create_dir_all(folder).map_err(|e| Refusal::file(folder, &e))?;
    let whole = fs::canonicalize(folder).map_err(|e| Refusal::file(folder, &e))?;
    Ok(plain_path(whole))
}

fn write(file: &Path, contents: &[u8]) -> Result<(), Refusal> {
    fs::write(file, contents).map_err(|e| Refusal::file(file, &e))
}

/// Says where a page is, and shows it if that was asked for.
fn tell(page: &Path, open: bool, screen: &mut Screen) -> Result<Exit, Refusal> {
    drawn(writeln!(screen, "{}", page.display()))?;
    if open && !opened(page) {
        let _ = writeln!(std::io::stderr(), "note: no browser can be started here");
    }
    Ok(Exit::Fine)
}

/// Asks the system to show a page.
fn opened(page: &Path) -> bool {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    let command = command.arg(page).stdin(Stdio::null());
    // Some of these stay as long as the browser does: nobody waits for them.
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// The notes of all stages, by folder.
fn notes(course: &Workbook) -> Result<HashMap<String, String>, Refusal> {
    let stages = course
        .manifest
        .spirals
        .iter()
        .flat_map(|spiral| &spiral.stages);
    let read = |folder: &String| {
        let file = course.layout.notes(folder);
        let text = fs::read(&file).map_err(|e| Refusal::file(&file, &e))?;
        Ok((folder.clone(), String::from_utf8_lossy(&text).into_owned()))
    };
    stages.map(|stage| read(&stage.folder)).collect()
}
