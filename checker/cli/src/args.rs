//! The command line.

use crate::exit::EXIT_CODES;
use crate::faces::check::Format;
use crate::faces::screen::Color;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Building LLMs from first principles: a course that one does instead of reads.
///
/// Without a command: on a terminal `watch`; in a pipe the current exercise is checked once.
#[derive(Debug, Parser)]
#[command(name = "llmlings", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,

    /// The course's folder, instead of the one that the current folder is in
    #[arg(long, short = 'C', global = true, value_name = "DIR")]
    pub course: Option<PathBuf>,

    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the current exercise at every save (the default)
    Watch(WatchArgs),
    /// Check an exercise once
    Run(RunArgs),
    /// Show one more hint
    Hint {
        /// The exercise; the current one if left out
        name: Option<String>,
        /// The whole ladder
        #[arg(long)]
        all: bool,
    },
    /// Show what there is and how far you are
    List(ListArgs),
    /// Read a stage's notes: every formula derived
    Notes {
        /// A stage (number or name) or an exercise of it; the current one if left out
        name: Option<String>,
    },
    /// Build the notes of all stages as one book for a browser, without a network
    #[command(mut_arg("out", |out| out.value_name("DIR").help(
        "The book's folder; target/book in the course's folder if left out"
    )))]
    Book(MakingArgs),
    /// Write how far you are, and what your answers cost and draw, as one page
    #[command(mut_arg("out", |out| out.value_name("FILE").help(
        "The page; target/report.html in the course's folder if left out"
    )))]
    Report(MakingArgs),
    /// Bring an exercise's starter back; what you wrote is kept in .llmlings/backup
    Reset {
        /// The exercise
        name: String,
        /// Bring back what the last reset replaced
        #[arg(long)]
        undo: bool,
    },
    /// Check many exercises at once, in parallel
    Check(CheckArgs),
    /// Compare your answer with the reference, once it passes
    Solution {
        /// The exercise; the current one if left out
        name: Option<String>,
    },
    /// Say what is installed here, what is missing and how to get it
    Doctor,
    /// Make a folder of your own for the course, from this program alone
    Init {
        /// The folder: empty, or not there yet
        dir: PathBuf,
        /// Refresh the course's own files in an existing one; your answers stay
        #[arg(long)]
        update: bool,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Tools for those who write exercises
    #[command(subcommand)]
    Dev(DevCommand),
}

/// Options of `watch`.
#[derive(Debug, Default, Args)]
pub struct WatchArgs {
    /// Begin with this exercise
    pub name: Option<String>,
    /// Follow a learning path from now on (`all`: every exercise); `list` names them
    #[arg(long, value_name = "PATH")]
    pub path: Option<String>,
    /// Build what later exercises need only when it is needed, not meanwhile in the background
    /// (also by setting LLMLINGS_NO_PREBUILD)
    #[arg(long)]
    pub no_prebuild: bool,
}

/// Options of `run`.
#[derive(Debug, Default, Args)]
pub struct RunArgs {
    /// The exercise; the current one if left out
    pub name: Option<String>,
    /// Judge on this UTF-8 text instead of the course's tales
    #[arg(long, value_name = "FILE")]
    pub corpus: Option<PathBuf>,
    /// Seal this guess first (exercises of the kind `predict`)
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub guess: Option<f64>,
}

/// Options of `list`.
#[derive(Debug, Default, Args)]
pub struct ListArgs {
    /// Only exercises whose id, title or kind contains this
    pub search: Option<String>,
    /// Only what is still to do
    #[arg(long, conflicts_with = "done")]
    pub pending: bool,
    /// Only what passed
    #[arg(long)]
    pub done: bool,
    /// Only one stage (number or name)
    #[arg(long)]
    pub stage: Option<String>,
    /// Only one learning path, in its order
    #[arg(long)]
    pub path: Option<String>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// Options of what makes pages.
#[derive(Debug, Default, Args)]
pub struct MakingArgs {
    /// Where to
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Show it in the browser
    #[arg(long)]
    pub open: bool,
}

/// How `list` writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A table for people
    #[default]
    Human,
    /// An object with an array `exercises`
    Json,
}

/// Options of `check`.
#[derive(Debug, Default, Args)]
pub struct CheckArgs {
    /// Exercises; all of them if left out
    pub names: Vec<String>,
    /// How to write the verdicts
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// How many run at once; one a processor if left out
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Tools for those who write exercises.
#[derive(Debug, Subcommand)]
pub enum DevCommand {
    /// Prove that an exercise is finished: starter, checks, reference, mistakes, oracle, text
    Check {
        /// The exercise; all of them if left out
        name: Option<String>,
        /// The first of the fresh seeds; a random one if left out
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Write the skeleton of a new exercise
    New {
        /// STAGE/NAME, such as 03_backprop/linear_backward
        place: String,
    },
    /// Print the inputs of an exercise's checks, for the oracle scripts
    Inputs {
        /// The exercise
        name: String,
        /// The seed; recorded values are those of seed 1
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Compute the oracle values anew with the outside libraries
    Oracle {
        /// The exercise; all of them if left out
        name: Option<String>,
        /// The Python to use
        #[arg(long, value_name = "PATH", env = "PYTHON")]
        python: Option<PathBuf>,
    },
    /// Copy the true starters to where learners edit them
    Starters {
        /// Change nothing; fail if one differs
        #[arg(long)]
        check: bool,
        /// Also where the file was edited
        #[arg(long)]
        force: bool,
    },
    /// Write solutions/lib.rs anew from info.toml
    Library,
    /// Change each reference a little, by cargo-mutants, and see whether the checks notice
    Mutants {
        /// Exercises and stages; all of them if left out
        names: Vec<String>,
    },
    /// Measure `check` of the whole course beside cargo-nextest, cold and warm
    BenchCheck {
        /// How many times each
        #[arg(long, default_value_t = 5, value_name = "N")]
        runs: usize,
        /// For people or for programs
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
    /// Measure the time from saving an answer to its verdict in `watch`
    BenchWatch {
        /// How many saves
        #[arg(long, default_value_t = 15, value_name = "N")]
        runs: usize,
        /// The exercise; the course's first for each device if left out
        #[arg(long, value_name = "NAME")]
        exercise: Option<String>,
        /// For people or for programs
        #[arg(long, value_enum, default_value_t)]
        format: ListFormat,
    },
}
