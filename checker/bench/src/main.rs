//! `bench NAME [--device KIND] [--runs N] [--out FILE]`: writes a report as JSON, to the standard
//! output or into a file, which nothing that a kernel prints gets into.
//!
//! Which answer is timed was decided when this was built: `LLMLINGS_ANSWER=NAME=FILE` names it
//! to the build script; without it the reference is.

use bench::{Kind, Launches, Part, open, report};
use std::process::exit;

/// An exercise that has a `bench.rs`.
struct Program {
    name: &'static str,
    /// What it says, called with one answer after another.
    parts: &'static [Launches],
}

include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// How often each kernel is timed if nobody says.
const RUNS: usize = 9;

fn main() {
    if let Err(words) = run() {
        eprintln!("bench: {words}");
        exit(1)
    }
}

fn run() -> Result<(), String> {
    let mut args = std::env::args().skip(1);
    let (mut name, mut out, mut kind, mut runs) = (None, None, Kind::Sim, RUNS);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--device" => kind = value()?.parse()?,
            "--runs" => runs = value()?.parse().map_err(|e| format!("--runs: {e}"))?,
            "--out" => out = Some(value()?),
            _ => name = Some(arg),
        }
    }
    let names: Vec<&str> = PROGRAMS.iter().map(|program| program.name).collect();
    let usage = || format!("which exercise? {}", names.join(", "));
    let name = name.ok_or_else(usage)?;
    let program = PROGRAMS.iter().find(|program| program.name == name);
    let program = program.ok_or_else(usage)?;
    let device = open(kind).map_err(|e| e.to_string())?;
    // What goes wrong is part of the report; it would only be said twice.
    std::panic::set_hook(Box::new(|_| {}));
    let report = report(program.name, &device, program.parts, runs.max(1));
    let written = serde_json::to_string_pretty(&report).map_err(|e| e.to_string())?;
    match out {
        Some(file) => std::fs::write(&file, written).map_err(|e| format!("{file}: {e}")),
        None => {
            println!("{written}");
            Ok(())
        }
    }
}
