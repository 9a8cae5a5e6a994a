//! `dev`: the authors' tools.

use super::judging::prepare;
use super::{Session, drawn};
use crate::args::{DevCommand, ListFormat};
use crate::author::check::{self, fresh_seeds, random_base};
use crate::author::{Options, Workshop, generate, inputs, mutants, oracle, skeleton, starters};
use crate::course::{Device, Entry, Shape};
use crate::exit::Exit;
use crate::faces::screen::Screen;
use crate::faces::{dev, notes};
use crate::runner::{Runner, Verdict, cargo};
use crate::workbook::{Refusal, Workbook, libraries};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

impl Session {
    pub(super) fn dev(&self, command: DevCommand, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        match command {
            DevCommand::Check { name, seed } => self.dev_check(&mut book, name, seed, screen),
            DevCommand::New { place } => new(&book, &place, screen),
            DevCommand::Inputs { name, seed } => self.dev_inputs(&mut book, &name, seed, screen),
            DevCommand::Oracle { name, python } => {
                self.dev_oracle(&mut book, name, python.as_deref(), screen)
            }
            DevCommand::Starters { check: true, .. } => compare_starters(&book, screen),
            DevCommand::Starters { force, .. } => copy_starters(&book, force, screen),
            DevCommand::Library => library(&book, screen),
            DevCommand::Mutants { names } => self.dev_mutants(&mut book, &names, screen),
            DevCommand::BenchWatch {
                runs,
                exercise,
                format,
            } => {
                let exercises = match exercise {
                    Some(name) => book.entry(Some(&name))?.exercise.id.clone(),
                    None => one_for_each_device(&book).join(","),
                };
                bench(&book, "watch", &[exercises, runs.to_string()], format)
            }
            DevCommand::BenchCheck { runs, format } => {
                bench(&book, "check", &[runs.to_string()], format)
            }
        }
    }

    fn workshop<'a>(&'a self, book: &'a Workbook, runner: &'a Runner) -> Workshop<'a> {
        Workshop {
            layout: &book.layout,
            manifest: &book.manifest,
            runner,
            cancel: &self.interrupted,
        }
    }

    fn dev_check(
        &self,
        book: &mut Workbook,
        name: Option<String>,
        seed: Option<u64>,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let libraries = libraries(chosen(book, name.as_deref())?);
        let runner = prepare(book, libraries, &self.interrupted).map_err(refusal)?;
        let workshop = self.workshop(book, &runner);
        let width = screen.width;
        let options = Options {
            seeds: fresh_seeds(seed.unwrap_or_else(random_base)),
            notes_problems: &|text| {
                notes::unrenderable(text)
                    .iter()
                    .map(ToString::to_string)
                    .collect()
            },
        };
        let mut fine = true;
        for entry in chosen(book, name.as_deref())? {
            let checked = check::check_exercise(&workshop, entry, &options);
            drawn(dev::draw_check(&checked, screen, width))?;
            fine &= checked.is_fine();
            if self.interrupted.is_cancelled() {
                return Ok(Exit::Interrupted);
            }
        }
        let findings = check::check_course(&workshop);
        drawn(dev::draw_findings(&findings, screen, width))?;
        Ok(passed(fine && findings.is_empty()))
    }

    fn dev_inputs(
        &self,
        book: &mut Workbook,
        name: &str,
        seed: u64,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let libraries = libraries(chosen(book, Some(name))?);
        let runner = prepare(book, libraries, &self.interrupted).map_err(refusal)?;
        let entry = book.entry(Some(name))?;
        let json = inputs::inputs(&self.workshop(book, &runner), entry, seed).map_err(refusal)?;
        drawn(writeln!(screen, "{}", json.trim_end()))?;
        Ok(Exit::Fine)
    }

    fn dev_mutants(
        &self,
        book: &mut Workbook,
        names: &[String],
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let libraries = libraries(named(book, names)?);
        let runner = prepare(book, libraries, &self.interrupted).map_err(refusal)?;
        let workshop = self.workshop(book, &runner);
        let (mut fine, width) = (true, screen.width);
        for entry in named(book, names)? {
            let mutation = mutants::try_mutants(&workshop, entry).map_err(refusal)?;
            drawn(dev::draw_mutation(&mutation, screen, width))?;
            fine &= mutation.findings.is_empty();
        }
        Ok(passed(fine))
    }

    fn dev_oracle(
        &self,
        book: &mut Workbook,
        name: Option<String>,
        python: Option<&Path>,
        screen: &mut Screen,
    ) -> Result<Exit, Refusal> {
        let libraries = libraries(chosen(book, name.as_deref())?);
        let runner = prepare(book, libraries, &self.interrupted).map_err(refusal)?;
        let workshop = self.workshop(book, &runner);
        let python = oracle::python(python.map(Path::as_os_str));
        let width = screen.width;
        for entry in chosen(book, name.as_deref())? {
            let recomputed = oracle::recompute(&workshop, entry, &python);
            let recomputed =
                recomputed.map_err(|e| Refusal::Plain(Exit::NotPassed, e.to_string()))?;
            drawn(dev::draw_recomputed(
                &entry.exercise.id,
                &recomputed,
                screen,
                width,
            ))?;
        }
        Ok(Exit::Fine)
    }
}

/// What these names mean: exercises, else stages; everything without any.
fn named<'a>(book: &'a Workbook, names: &[String]) -> Result<Vec<Entry<'a>>, Refusal> {
    let mut entries = Vec::new();
    for name in names {
        match book.manifest.stage(name) {
            Ok(stage) => entries.extend(of_stage(book, &stage.folder)),
            Err(_) => entries.push(book.entry(Some(name))?),
        }
    }
    match names {
        [] => chosen(book, None),
        _ => Ok(entries),
    }
}

fn of_stage<'a>(book: &'a Workbook, folder: &str) -> impl Iterator<Item = Entry<'a>> {
    let exercises = book.manifest.exercises();
    exercises.filter(move |entry| entry.stage.folder == folder)
}

/// The first exercise for each device that the course has one for.
fn one_for_each_device(book: &Workbook) -> Vec<&str> {
    let first = |device| {
        let mut all = book.manifest.exercises();
        let found = all.find(|entry| entry.exercise.device == device)?;
        Some(found.exercise.id.as_str())
    };
    [Device::Cpu, Device::Gpu]
        .into_iter()
        .filter_map(first)
        .collect()
}

/// One exercise, or all of them.
fn chosen<'a>(book: &'a Workbook, name: Option<&str>) -> Result<Vec<Entry<'a>>, Refusal> {
    match name {
        Some(_) => Ok(vec![book.entry(name)?]),
        None => Ok(book.manifest.exercises().collect()),
    }
}

fn passed(fine: bool) -> Exit {
    if fine { Exit::Fine } else { Exit::NotPassed }
}

fn refusal(verdict: Verdict) -> Refusal {
    Refusal::Plain(Exit::of(&verdict), verdict.summary())
}

fn fault(error: impl std::fmt::Display) -> Refusal {
    Refusal::Plain(Exit::Fault, error.to_string())
}

fn new(book: &Workbook, place: &str, screen: &mut Screen) -> Result<Exit, Refusal> {
    let created = skeleton::create(&book.layout, place)
        .map_err(|e| Refusal::Plain(Exit::Usage, e.to_string()))?;
    let width = screen.width;
    drawn(dev::draw_created(
        &created,
        book.layout.root(),
        screen,
        width,
    ))?;
    Ok(Exit::Fine)
}

fn compare_starters(book: &Workbook, screen: &mut Screen) -> Result<Exit, Refusal> {
    let mut findings = Vec::new();
    for entry in book.manifest.exercises() {
        findings.extend(starters::differing(&book.layout, entry).map_err(fault)?);
    }
    let width = screen.width;
    drawn(dev::draw_findings(&findings, screen, width))?;
    Ok(passed(findings.is_empty()))
}

fn copy_starters(book: &Workbook, force: bool, screen: &mut Screen) -> Result<Exit, Refusal> {
    let mut copied = Vec::new();
    for entry in book.manifest.exercises() {
        let done = starters::copy_starter(&book.layout, entry, force).map_err(fault)?;
        copied.push((entry.exercise.id.clone(), done));
    }
    let width = screen.width;
    drawn(dev::draw_starters(&copied, screen, width))?;
    Ok(Exit::Fine)
}

fn library(book: &Workbook, screen: &mut Screen) -> Result<Exit, Refusal> {
    let changed = generate::write_library(&book.layout, &book.manifest).map_err(fault)?;
    let words = if changed {
        "written anew"
    } else {
        "as they should be"
    };
    drawn(writeln!(screen, "The libraries' lists are {words}."))?;
    Ok(Exit::Fine)
}

/// Starts the benchmark of `watch` or `check`. It is an example and no part of the program:
/// what it emulates a terminal with would lengthen every newcomer's first build.
fn bench(
    book: &Workbook,
    command: &str,
    arguments: &[String],
    format: ListFormat,
) -> Result<Exit, Refusal> {
    if book.layout.shape() != Shape::Clone {
        let words = format!("`dev bench-{command}` is built from a clone of the repository");
        return Err(Refusal::Plain(Exit::Usage, words));
    }
    let mut example = Command::new(cargo());
    example.args(["run", "--quiet", "-p", "llmlings", "--example"]);
    example.args([&format!("bench_{command}"), "--"]);
    example.arg(std::env::current_exe().map_err(fault)?);
    example.arg(book.layout.root()).args(arguments);
    example.arg(match format {
        ListFormat::Human => "human",
        ListFormat::Json => "json",
    });
    let status = example.current_dir(book.layout.root()).status();
    match status.map_err(fault)?.success() {
        true => Ok(Exit::Fine),
        false => Err(fault("the benchmark did not come to its end")),
    }
}
