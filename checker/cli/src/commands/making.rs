//! `book` and `report`: what is made to be read in a browser.

use super::Session;
use super::judging::{Progression, prepare};
use crate::checking::{self, Checked};
use crate::exit::Exit;
use crate::faces::book::{self, Book};
use crate::faces::screen::Screen;
use crate::runner::{Plot, Task};
use crate::workbook::{Refusal, Workbook};
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

impl Session {
    pub(super) fn make_book(
        &self,
        out: Option<PathBuf>,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let mut course = self.book()?;
        let plots = self.reference_plots(&mut course, screen);
        let folder = out.unwrap_or_else(|| course.layout.root().join("target").join("book"));
        fs::create_dir_all(&folder).map_err(|e| Refusal::file(&folder, &e))?;
        let folder = fs::canonicalize(&folder).map_err(|e| Refusal::file(&folder, &e))?;
        let made = Book {
            manifest: &course.manifest,
            notes: &notes(&course)?,
            plots: &plots,
            root: &book::way(&folder, course.layout.root()),
        };
        let files = book::files(&made);
        let files = files.map_err(|e| Refusal::Plain(Exit::BrokenCourse, e.to_string()))?;
        for file in files {
            let path = folder.join(&file.name);
            fs::write(&path, &file.contents).map_err(|e| Refusal::file(&path, &e))?;
        }
        super::drawn(writeln!(screen, "{}", folder.join("index.html").display()))?;
        Ok(Exit::Fine)
    }
    /// What the references show when they run. A book without pictures is better than none.
    fn reference_plots(
        &self,
        course: &mut Workbook,
        screen: &Screen,
    ) -> HashMap<String, Vec<Plot>> {
        let runner = match prepare(course) {
            Ok(runner) => runner,
            Err(verdict) => {
                let _ = writeln!(std::io::stderr(), "no pictures: {}", verdict.summary());
                return HashMap::new();
            }
        };
        let entries = course.manifest.exercises();
        let tasks: Vec<Task> = entries.map(|entry| course.reference_task(entry)).collect();
        let progress = Progression::new(screen.interactive, tasks.len());
        let done = |checked: &Checked| progress.tell(checked);
        let jobs = checking::default_jobs();
        let checked = checking::check_all(&runner, &tasks, jobs, &self.interrupted, &done);
        progress.end();
        let plots = checked
            .into_iter()
            .map(|checked| (checked.id, checked.report.plots));
        plots.collect()
    }
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
