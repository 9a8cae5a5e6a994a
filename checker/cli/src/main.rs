//! The program: reads the command line, does what it says, ends with a code that tells.

use clap::Parser as _;
use llmlings::{args::Cli, commands};
use std::process::ExitCode;

fn main() -> ExitCode {
    commands::main(Cli::parse()).into()
}
