//! The built program, as a user starts it.

use super::TestCourse;
use super::screen::Screen;
use portable_pty::CommandBuilder;
use std::path::Path;
use std::process::{Command, Output};

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
    let mut command = Command::new(env!("CARGO_BIN_EXE_llmlings"));
    command.args(arguments).current_dir(folder);
    // What the surroundings of the test say about colours is not what it is about.
    command
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS");
    ran(&mut command)
}

impl Screen {
    /// Starts `llmlings` in `folder`, in a terminal of this size.
    pub fn start(folder: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_llmlings"));
        command.args(arguments);
        command.cwd(folder);
        Self::open(command, size)
    }
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
