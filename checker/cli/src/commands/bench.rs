//! `bench`: has cargo build the program that times kernels, runs it, and shows what it says.

use super::{Session, drawn};
use crate::args::{BenchArgs, ListFormat};
use crate::course::Entry;
use crate::devices::{Device, Probe};
use crate::exit::Exit;
use crate::faces::bench::{Report, draw};
use crate::faces::screen::Screen;
use crate::runner;
use crate::workbook::{Refusal, Workbook};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

impl Session {
    pub(super) fn bench(&self, args: &BenchArgs, screen: &mut Screen) -> Result<Exit, Refusal> {
        let mut book = self.book()?;
        book.mend();
        let entry = book.entry(Some(&args.name))?;
        if !book.files(entry).dir().join("bench.rs").is_file() {
            return Err(Refusal::Plain(Exit::Usage, nothing_to_time(&book, entry)));
        }
        let device = args.device.on(&Probe::here());
        let text = run(&book, entry, device, args)?;
        let report: Report = serde_json::from_str(&text)
            .map_err(|e| Refusal::Plain(Exit::Fault, format!("what `bench` said: {e}")))?;
        match args.format {
            ListFormat::Json => drawn(writeln!(screen, "{text}"))?,
            ListFormat::Human => drawn(draw(&report, screen.width, screen))?,
        }
        Ok(match report.failed() {
            true => Exit::NotPassed,
            false => Exit::Fine,
        })
    }
}

fn nothing_to_time(book: &Workbook, entry: Entry<'_>) -> String {
    let timed = |entry: &Entry<'_>| book.files(*entry).dir().join("bench.rs").is_file();
    let ids = book.manifest.exercises().filter(timed);
    let ids: Vec<&str> = ids.map(|entry| entry.exercise.id.as_str()).collect();
    format!(
        "{} has nothing that is timed; these have: {}",
        entry.exercise.id,
        ids.join(", ")
    )
}

/// Builds and runs the program; the report that it writes.
fn run(
    book: &Workbook,
    entry: Entry<'_>,
    device: Device,
    args: &BenchArgs,
) -> Result<String, Refusal> {
    let fault = |words: String| Refusal::Plain(Exit::Fault, words);
    let folder = tempfile::tempdir().map_err(|e| fault(e.to_string()))?;
    let out = folder.path().join("report.json");
    let done = |verb: &str| {
        let mut cargo = cargo(book, entry, device, args, verb);
        if verb == "run" {
            // Mesa complains where there is none.
            if std::env::var_os("XDG_RUNTIME_DIR").is_none() {
                cargo.env("XDG_RUNTIME_DIR", folder.path());
            }
            cargo.args([
                "--quiet",
                "--",
                &entry.exercise.id,
                "--device",
                device.name(),
            ]);
            cargo
                .args(["--runs", &args.runs.to_string(), "--out"])
                .arg(&out);
        }
        let status = cargo.status();
        let status = status.map_err(|e| Refusal::Plain(Exit::ToolMissing, format!("cargo: {e}")));
        status.map(|status| status.success())
    };
    if !done("build")? {
        return Err(Refusal::Plain(
            Exit::DoesNotCompile,
            format!("what times {} could not be built", entry.exercise.id),
        ));
    }
    if !done("run")? {
        let hint = "`llmlings doctor` says which devices are there";
        return Err(fault(format!("nothing was timed on {device}; {hint}")));
    }
    fs::read_to_string(&out).map_err(|e| Refusal::file(&out, &e))
}

/// Cargo, about to build or run the program.
fn cargo(
    book: &Workbook,
    entry: Entry<'_>,
    device: Device,
    args: &BenchArgs,
    verb: &str,
) -> Command {
    let mut cargo = Command::new(runner::cargo());
    // In the profile that the checks' libraries are built with: the device is what is timed, and
    // with optimisation everybody would wait for CubeCL to be built a second time.
    cargo.args([verb, "--package", "bench"]);
    // Where the runner has what kernels need built: on the simulator nothing is built twice.
    let folder = runner::kernels_dir(book.layout.root());
    cargo.arg("--target-dir").arg(folder);
    if device != Device::Sim {
        cargo.args(["--features", device.name()]);
    }
    cargo.current_dir(book.layout.root());
    match args.reference {
        true => cargo.env_remove("LLMLINGS_ANSWER"),
        false => {
            let id = &entry.exercise.id;
            let answer = book.files(entry).answer();
            cargo.env("LLMLINGS_ANSWER", format!("{id}={}", answer.display()))
        }
    };
    // What a kernel prints is no part of the report.
    cargo.stdin(Stdio::null()).stdout(std::io::stderr());
    cargo
}
