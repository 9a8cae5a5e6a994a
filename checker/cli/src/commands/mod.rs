//! What the command line asks for: each command opens what it needs, has it done, and
//! draws what came of it.

mod dev;
mod doctor;
mod judging;
mod keeping;
mod making;
mod reading;

use crate::args::{Cli, Command};
use crate::exit::Exit;
use crate::faces::screen::Screen;
use crate::faces::watch;
use crate::runner::Cancel;
use crate::workbook::{Refusal, Workbook};
use clap::CommandFactory as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Carries out a command line; says how it went.
pub fn main(cli: Cli) -> Exit {
    let mut screen = Screen::stdout(cli.color);
    let interrupted = Cancel::default();
    let cancel = interrupted.clone();
    // Without a handler a running check would outlive us: it has a process group of its own.
    let handled = ctrlc::set_handler(move || cancel.cancel());
    let session = Session {
        start: cli.course.unwrap_or_else(|| PathBuf::from(".")),
        interrupted,
    };
    let exit = match cli.command {
        _ if handled.is_err() => Err(Refusal::Plain(
            Exit::Fault,
            "Ctrl-C cannot be handled here: nothing would end a running check".into(),
        )),
        Some(command) => session.carry_out(command, &mut screen),
        None => session.begin(&mut screen),
    };
    // A reader that went away (`llmlings list | head`) is no failure.
    let _ = screen.flush();
    exit.unwrap_or_else(|refusal| {
        // Not through `eprintln!`, which panics when nobody reads any more.
        let _ = writeln!(io::stderr(), "llmlings: {refusal}");
        refusal.exit()
    })
}

/// What every command needs to know.
struct Session {
    /// Where the course is looked for.
    start: PathBuf,
    /// Whether Ctrl-C or a signal asks to end.
    interrupted: Cancel,
}

impl Session {
    fn book(&self) -> Result<Workbook, Refusal> {
        Workbook::open(&self.start)
    }

    /// Without a command: watch where a person sits, one verdict where none does.
    fn begin(&self, screen: &mut Screen) -> Result<Exit, Refusal> {
        if screen.interactive {
            return self.carry_out(Command::Watch(Default::default()), screen);
        }
        self.carry_out(Command::Run(Default::default()), screen)
    }

    fn carry_out(&self, command: Command, screen: &mut Screen) -> Result<Exit, Refusal> {
        match command {
            Command::Watch(args) => self.watch(args, screen),
            Command::Run(args) => self.run(args, screen),
            Command::Check(args) => self.check(args, screen),
            Command::Hint { name, all } => self.hint(name.as_deref(), all, screen),
            Command::List(args) => self.list(args, screen),
            Command::Notes { name } => self.notes(name.as_deref(), screen),
            Command::Book(args) => self.make_book(args, screen),
            Command::Report(args) => self.make_report(args, screen),
            Command::Solution { name } => self.solution(name.as_deref(), screen),
            Command::Reset { name, undo } => self.reset(&name, undo, screen),
            Command::Init { dir, update } => keeping::init(&dir, update, screen),
            Command::Doctor => self.doctor(screen),
            Command::Completions { shell } => {
                let mut command = Cli::command();
                clap_complete::generate(shell, &mut command, "llmlings", screen);
                Ok(Exit::Fine)
            }
            Command::Dev(command) => self.dev(command, screen),
        }
    }

    fn watch(&self, args: crate::args::WatchArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        if let Some(path) = &args.path {
            let id = match path.as_str() {
                "all" => None,
                path => Some(book.manifest.path(path)?.id.clone()),
            };
            book.update(|progress, _| {
                progress.path = id;
                progress.current = None;
            });
        }
        if let Some(name) = &args.name {
            let id = book.entry(Some(name))?.exercise.id.clone();
            book.update(|progress, manifest| {
                if let Some(entry) = manifest.get(&id) {
                    progress.set_current(entry);
                }
            });
        }
        if !screen.interactive {
            let help = "`watch` needs a terminal; `llmlings run` checks once, \
                        `llmlings check` checks everything";
            return Err(Refusal::Plain(Exit::Usage, help.into()));
        }
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let prebuild = !args.no_prebuild && !set("LLMLINGS_NO_PREBUILD") && !set("CI");
        watch::watch(book, prebuild, screen, &self.interrupted)
    }
}

/// What cannot be drawn, because its reader is gone, is nobody's loss.
fn drawn(result: io::Result<()>) -> Result<(), Refusal> {
    match result {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Refusal::Plain(Exit::Fault, format!("the output: {e}"))),
        Ok(()) => Ok(()),
    }
}
