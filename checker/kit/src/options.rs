//! What a check program is asked to do.

use crate::program::{fault, tell_in};
use crate::{alloc, corpus};
use std::fs::OpenOptions;
use std::path::PathBuf;
use transcript::Session;

/// The seed of everything that is recorded.
pub const FIXED_SEED: u64 = 1;

/// What the program is asked to do.
pub(crate) enum Mode {
    /// Judge the answer against the snapshot; stop at the first failing check.
    Learn,
    /// Write the answer's transcript; judge nothing.
    Emit,
    /// Write the inputs that the checks make.
    Inputs,
    /// The answer is the reference: judge a submitted session against what it computes.
    Judge(Session),
}

/// The command line, read.
pub(crate) struct Options {
    pub mode: Mode,
    pub seeds: Vec<u64>,
    pub snapshots: Option<PathBuf>,
    pub filters: Vec<String>,
    pub exact: bool,
    pub list: bool,
    pub ignored: bool,
}

impl Options {
    /// Reads the command line.
    pub fn read() -> Self {
        let mut options = Self {
            mode: Mode::Learn,
            seeds: vec![FIXED_SEED],
            snapshots: None,
            filters: Vec::new(),
            exact: false,
            list: false,
            ignored: false,
        };
        let (mut memory, mut events) = (None, None);
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || {
                args.next()
                    .unwrap_or_else(|| fault(&format!("{arg} needs a value")))
            };
            match arg.as_str() {
                "--events" => events = Some(PathBuf::from(value())),
                "--emit" => options.mode = Mode::Emit,
                "--inputs" => options.mode = Mode::Inputs,
                "--judge" => options.mode = Mode::Judge(read_session(&value())),
                "--seeds" => options.seeds = value().split(',').map(number).collect(),
                "--snapshots" => options.snapshots = Some(value().into()),
                "--corpus" => corpus::choose(&value().into()).unwrap_or_else(|e| fault(&e)),
                "--memory" => memory = Some(number(&value()) as usize),
                "--exact" => options.exact = true,
                "--list" => options.list = true,
                "--ignored" => options.ignored = true,
                "--skip" | "--format" | "--color" | "--test-threads" | "-Z" => drop(value()),
                filter if !filter.starts_with('-') => options.filters.push(filter.into()),
                _ => {}
            }
        }
        if let Some(path) = events {
            let open = OpenOptions::new().append(true).create(true).open(&path);
            let file = open.unwrap_or_else(|e| fault(&format!("{}: {e}", path.display())));
            if let (Some(bytes), Ok(copy)) = (memory, file.try_clone()) {
                alloc::limit(bytes, Some(copy));
            }
            tell_in(file);
        }
        options
    }
}

fn number(text: &str) -> u64 {
    text.parse()
        .unwrap_or_else(|_| fault(&format!("{text:?} is no whole number")))
}

fn read_session(path: &str) -> Session {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| fault(&format!("{path}: {e}")));
    Session::parse(&text).unwrap_or_else(|e| fault(&format!("{path}: {e}")))
}
