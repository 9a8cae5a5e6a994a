//! From an answer and its checks to a program, by one call of the compiler.
//!
//! Answer and checks are compiled as one incremental unit, which takes half the time of a
//! library and a test that links it. Where that fails, the two are compiled as cargo would,
//! for the authoritative messages: an answer that names `crate::helper` is right, though it
//! is no crate's root here.

use super::child::{self, Cancel, Ended, Ending, Limits};
use super::diagnostics::{self, Diagnostic, Level};
use super::reuse::Making;
use super::shared_library::{self, SharedLibrary};
use super::verdict::{Stop, Verdict, When};
use super::{Runner, Task};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Allowed although rustc warns: the parameters of a gap are unused until it is filled. The
/// workspace's manifest says the same for cargo.
const ALLOWED: &str = "-Aunused_variables";

/// A check program, ready to run.
#[derive(Clone, Debug)]
pub struct Built {
    /// The program.
    pub program: PathBuf,
    /// What the compiler warned of in the answer.
    pub warnings: Vec<Diagnostic>,
}

/// What the compiler may use: nobody waits longer for a file of a few screens, unless its
/// run is waited for longer still.
fn limits(task: &Task) -> Limits {
    Limits {
        time: Duration::from_secs(60).max(task.limits.time),
        output: 4 << 20,
        memory: usize::MAX,
    }
}

impl Runner {
    /// Compiles `task`.
    ///
    /// # Errors
    /// A verdict: the answer does not compile, the compiler was stopped, or it is a fault of
    /// ours.
    pub fn compile(&self, task: &Task, cancel: &Cancel) -> Result<Built, Verdict> {
        let fault = |e: std::io::Error| Verdict::Fault(format!("{}: {e}", task.scratch.display()));
        fs::create_dir_all(&task.scratch).map_err(fault)?;
        if let Some(problem) = unreadable(task) {
            return Err(problem);
        }
        if !task.checks.exists() {
            return Err(Verdict::Fault(format!(
                "{} is missing; `llmlings init --update` brings it back, in a clone `git checkout`",
                task.checks.display()
            )));
        }
        if self.dependencies(task.libraries).is_none() {
            let words = "what the exercise is linked with was not prepared";
            return Err(Verdict::Fault(words.into()));
        }
        let compiler = Compiler::new(self, task, cancel).map_err(fault)?;
        match compiler.one_unit()? {
            Ok(warnings) => Ok(compiler.built(warnings)),
            Err(_) => compiler.two_units(),
        }
    }

    /// The very calls that [`Runner::compile`] and [`learn`](super::learn()) make for a right
    /// answer, for whoever measures what the rest costs: the compiler, then the program.
    ///
    /// # Errors
    /// If the scratch folder cannot be written.
    pub fn bare_calls(&self, task: &Task) -> std::io::Result<[Command; 2]> {
        fs::create_dir_all(&task.scratch)?;
        let cancel = &Cancel::default();
        let compiler = Compiler::new(self, task, cancel)?;
        let run = super::learn::command(task, &compiler.program());
        Ok([compiler.one_unit_command()?, run])
    }

    /// What Clippy says of the answer as a library of its own.
    ///
    /// # Errors
    /// A verdict: Clippy is not installed, or was stopped.
    pub fn clippy(&self, task: &Task, cancel: &Cancel) -> Result<Vec<Diagnostic>, Verdict> {
        let fault = |e: std::io::Error| Verdict::Fault(format!("{}: {e}", task.scratch.display()));
        fs::create_dir_all(&task.scratch).map_err(fault)?;
        let driver = self.toolchain.companion("clippy-driver", "clippy");
        let driver = driver.map_err(Verdict::ToolMissing)?;
        let compiler = Compiler::new(self, task, cancel).map_err(fault)?;
        let mut clippy = compiler.calling(&driver, "clippy");
        clippy
            .args(["--crate-type=rlib", "--crate-name", &task.name])
            .args(["--emit=metadata", "-Wclippy::all"])
            .arg(&compiler.source);
        clippy.arg("-o").arg(task.scratch.join("clippy.rmeta"));
        Ok(compiler
            .call(clippy)?
            .unwrap_or_else(|diagnostics| diagnostics))
    }
}

/// What keeps the answer from being read at all, in words better than the compiler's.
fn unreadable(task: &Task) -> Option<Verdict> {
    let answer = &task.answer;
    let told = |message: String| {
        Some(Verdict::DoesNotCompile {
            diagnostics: vec![Diagnostic {
                level: Level::Error,
                rendered: format!("error: {message}\n"),
                message,
                file: Some(answer.display().to_string()),
                line: 1,
            }],
            interface: false,
        })
    };
    match task.contents.clone().map_or_else(|| fs::read(answer), Ok) {
        Err(e) => told(format!(
            "{} cannot be read ({e}); `llmlings reset` brings the starter back",
            answer.display()
        )),
        Ok(bytes) => match String::from_utf8(bytes) {
            Err(e) => told(format!(
                "{} is not UTF-8 text ({e}); save it again as UTF-8",
                answer.display()
            )),
            Ok(_) => None,
        },
    }
}

/// Whether nothing lies beside the answer that it may include: then a copy of it is as good.
fn is_alone(answer: &Path) -> bool {
    let Some(entries) = answer.parent().and_then(|folder| fs::read_dir(folder).ok()) else {
        return true;
    };
    let mut names = entries.flatten().map(|entry| entry.file_name());
    let name = answer.file_name().unwrap_or_default();
    // Editors leave drafts and backups.
    let of_editor = |other: &str| other.starts_with('.') || other.ends_with('~');
    names.all(|other| other == name || of_editor(&other.to_string_lossy()))
}

struct Compiler<'a> {
    runner: &'a Runner,
    task: &'a Task,
    cancel: &'a Cancel,
    /// The file that the compiler reads the answer from.
    source: PathBuf,
}

impl<'a> Compiler<'a> {
    fn new(runner: &'a Runner, task: &'a Task, cancel: &'a Cancel) -> std::io::Result<Self> {
        let mut source = task.answer.clone();
        if let Some(contents) = task.contents.as_ref().filter(|_| is_alone(&task.answer)) {
            source = task.scratch.join("answer.rs");
            fs::write(&source, contents)?;
        }
        Ok(Self {
            runner,
            task,
            cancel,
            source,
        })
    }

    fn program(&self) -> PathBuf {
        let name = format!("checks{}", std::env::consts::EXE_SUFFIX);
        self.task.scratch.join(name)
    }

    fn built(&self, warnings: Vec<Diagnostic>) -> Built {
        Built {
            program: self.program(),
            warnings,
        }
    }

    fn one_unit(&self) -> Result<Result<Vec<Diagnostic>, Vec<Diagnostic>>, Verdict> {
        let fault =
            |e: std::io::Error| Verdict::Fault(format!("{}: {e}", self.task.scratch.display()));
        let rustc = self.one_unit_command().map_err(fault)?;
        let main = self.main();
        let sources = [&main, &self.source, &self.task.checks].map(PathBuf::as_path);
        let making = Making::of(self.program(), &rustc, &sources).map_err(fault)?;
        if making.is_done() {
            return Ok(Ok(Vec::new()));
        }
        let made = self.call(rustc)?;
        if made.as_ref().is_ok_and(Vec::is_empty) {
            making.note();
        }
        Ok(made)
    }

    /// The root of the unit that answer and checks are compiled as.
    fn main(&self) -> PathBuf {
        self.task.scratch.join("main.rs")
    }

    /// The call that compiles answer and checks as one unit; writes the unit's root.
    fn one_unit_command(&self) -> std::io::Result<Command> {
        let Task { name, checks, .. } = self.task;
        let answer = &self.source;
        let shared = self.shared_library();
        let linked = shared.map(|_| format!("extern crate {} as _;\n", shared_library::NAME));
        let source = format!(
            "{}extern crate self as {name};\n\
             #[path = {answer:?}]\nmod exercise;\npub use exercise::*;\n\
             #[path = {checks:?}]\nmod checks;\n\
             fn main() {{\n    checks::main()\n}}\n",
            linked.unwrap_or_default()
        );
        let main = self.main();
        fs::write(&main, source)?;
        let mut rustc = self.rustc("one");
        if let Some(library) = shared {
            library.name_to(&mut rustc);
        }
        rustc
            .args(["--crate-name=checks", "--crate-type=bin"])
            .arg(&main);
        // Both become `checks` with an ending, and what the compiler leaves lying about when
        // it is stopped stays with them.
        rustc.args(["--emit=link,dep-info", "--out-dir"]);
        rustc.arg(&self.task.scratch);
        Ok(rustc)
    }

    fn shared_library(&self) -> Option<&SharedLibrary> {
        let dependencies = self.runner.dependencies(self.task.libraries)?;
        dependencies.shared.as_ref()
    }

    fn two_units(&self) -> Result<Built, Verdict> {
        let Task { name, checks, .. } = self.task;
        let library = self.task.scratch.join(format!("lib{name}.rlib"));
        let mut rustc = self.rustc("library");
        rustc
            .args(["--crate-type=rlib", "--crate-name", name])
            .arg(&self.source);
        rustc.arg("-o").arg(&library);
        let warnings = self.call(rustc)?.map_err(|diagnostics| {
            let interface = false;
            Verdict::DoesNotCompile {
                diagnostics,
                interface,
            }
        })?;
        let mut rustc = self.rustc("checks");
        rustc
            .args(["--crate-name=checks", "--crate-type=bin"])
            .arg(checks);
        rustc
            .arg("--extern")
            .arg(format!("{name}={}", library.display()));
        rustc.arg("-o").arg(self.program());
        self.call(rustc)?.map_err(|diagnostics| {
            let interface = true;
            Verdict::DoesNotCompile {
                diagnostics,
                interface,
            }
        })?;
        Ok(self.built(warnings))
    }

    /// The compiler with what cargo would give it.
    fn rustc(&self, incremental: &str) -> Command {
        self.calling(&self.runner.toolchain.rustc, incremental)
    }

    /// A `driver` that takes the compiler's arguments, with what cargo would give it.
    fn calling(&self, driver: &Path, incremental: &str) -> Command {
        let mut rustc = Command::new(driver);
        rustc.args([
            "--edition=2024",
            "-Cdebuginfo=0",
            "-Cstrip=debuginfo",
            ALLOWED,
        ]);
        rustc.args(["--error-format=json", "--json=diagnostic-rendered-ansi"]);
        rustc.arg(format!(
            "-Cincremental={}",
            self.task
                .scratch
                .join(format!("incremental-{incremental}"))
                .display()
        ));
        if self.task.optimise {
            rustc.arg("-Copt-level=3");
        }
        rustc.arg(format!(
            "--remap-path-prefix={}{}=",
            self.task.root.display(),
            std::path::MAIN_SEPARATOR
        ));
        if self.source != self.task.answer {
            // Messages speak of the learner's file, not of the copy.
            let answer = &self.task.answer;
            let answer = answer.strip_prefix(&self.task.root).unwrap_or(answer);
            let (copy, answer) = (self.source.display(), answer.display());
            rustc.arg(format!("--remap-path-prefix={copy}={answer}"));
        }
        if let Some(dependencies) = self.runner.dependencies(self.task.libraries) {
            dependencies.name_to(&mut rustc);
        }
        rustc.current_dir(&self.task.root);
        rustc
    }

    /// Calls the compiler: warnings if it succeeds, all messages if not.
    fn call(&self, rustc: Command) -> Result<Result<Vec<Diagnostic>, Vec<Diagnostic>>, Verdict> {
        let limits = limits(self.task);
        let ended = child::run(rustc, &limits, self.cancel, None).map_err(|e| {
            Verdict::Fault(format!("{}: {e}", self.runner.toolchain.rustc.display()))
        })?;
        let diagnostics = diagnostics::parse(&ended.stderr);
        match ended.ending {
            Ending::Exited(0) => Ok(Ok(diagnostics)),
            Ending::Exited(_) if !diagnostics.is_empty() => Ok(Err(diagnostics)),
            ref ending => Err(stopped(ending, &ended, &limits)),
        }
    }
}

fn stopped(ending: &Ending, ended: &Ended, limits: &Limits) -> Verdict {
    match ending {
        Ending::OutOfTime => Verdict::TimedOut(
            Stop {
                check: None,
                when: When::Compiling,
            },
            limits.time,
        ),
        Ending::OutOfOutput => Verdict::TooMuchOutput(
            Stop {
                check: None,
                when: When::Compiling,
            },
            limits.output,
        ),
        Ending::Cancelled => Verdict::Cancelled,
        // A compiler that a program brings down by its nesting is that program's failure,
        // not ours.
        Ending::Signalled(signal) => Verdict::Crashed(
            Stop {
                check: None,
                when: When::Compiling,
            },
            super::Crash::of_signal(*signal, &ended.stderr),
        ),
        Ending::Exited(status) => Verdict::Fault(format!(
            "the compiler ended with status {status} and no message: {}",
            ended.stderr
        )),
    }
}
