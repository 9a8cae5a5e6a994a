//! The built program, as a user starts it.

use super::TestCourse;
use std::path::Path;
use std::process::{Command, Output};

/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_llmlings");

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status.
    pub code: i32,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// Runs `llmlings` with these arguments in a course.
pub fn llmlings(course: &TestCourse, arguments: &[&str]) -> Ran {
    llmlings_in(&course.root(), arguments)
}

/// Runs `llmlings` in any folder.
pub fn llmlings_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder);
    // What the surroundings of the test say about colours is not what it is about.
    command
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS");
    ran(&mut command)
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("it can be started");
    Ran {
        code: status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    }
}
