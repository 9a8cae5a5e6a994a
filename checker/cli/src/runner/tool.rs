//! Calling cargo, or the compiler for what is not an answer: it may take minutes.

use super::brake::Brake;
use super::child::{Cancel, Group};
use super::turn;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// How something is built, and until when.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Ends the build.
    pub cancel: Cancel,
    /// Whether nobody needs it yet: then it is built at low priority, by one job, and ends
    /// when somebody waits for a build.
    pub ahead: bool,
    /// Stops it for a while.
    pub brake: Brake,
}

/// How a call ended.
pub(super) enum Called {
    /// By itself.
    Ended {
        status: ExitStatus,
        stdout: String,
        /// Without what a terminal shows for a moment only.
        stderr: String,
    },
    /// It was cancelled, or gave way.
    Dropped,
}

/// A wish to cancel is granted this late.
const GLANCE: Duration = Duration::from_millis(100);

/// Bytes of what is shown for a moment only.
const LONGEST_LINE: usize = 1 << 16;

impl Manner {
    /// Whether the build in the workspace at `root` is to end now.
    pub(super) fn is_over(&self, root: &Path) -> bool {
        self.cancel.is_cancelled() || self.ahead && turn::is_awaited(root)
    }

    /// A call of `program`, of low priority where nobody waits for it.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        if !self.ahead {
            return Command::new(program);
        }
        // The process becomes the program in the end. What is not to be had is done without.
        let gently = "renice -n 19 -p $$ >/dev/null 2>&1; \
                      ionice -c 3 -p $$ >/dev/null 2>&1; \
                      exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.args(["-c", gently]).arg(program);
        command
    }

    /// Calls a tool that works in the workspace at `root`, and tells each line that it writes
    /// on stderr. Afterwards nothing of its process group is left.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn call(
        &self,
        root: &Path,
        mut command: Command,
        tell: &mut dyn FnMut(&str),
    ) -> io::Result<Called> {
        command
            .current_dir(root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut group = Group::spawn(command)?;
        let output = group.listen();
        self.brake.put_on(group);
        let mut stdout = Vec::new();
        let mut words = Words::default();
        loop {
            match output.recv_timeout(GLANCE) {
                Ok((0, bytes)) => stdout.extend_from_slice(&bytes),
                Ok((_, bytes)) => words.take(&bytes, tell),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.is_over(root) {
                drop(self.brake.take_off());
                return Ok(Called::Dropped);
            }
        }
        let group = self.brake.take_off();
        let mut group = group.ok_or(io::ErrorKind::NotFound)?;
        Ok(Called::Ended {
            status: group.wait()?,
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: words.all,
        })
    }
}

/// What a tool writes for people, line by line.
#[derive(Default)]
struct Words {
    all: String,
    line: Vec<u8>,
}

impl Words {
    fn take(&mut self, bytes: &[u8], tell: &mut dyn FnMut(&str)) {
        for &byte in bytes {
            if !matches!(byte, b'\n' | b'\r') {
                self.line.push(byte);
                if self.line.len() < LONGEST_LINE {
                    continue;
                }
            }
            let line = String::from_utf8_lossy(&self.line).into_owned();
            self.line.clear();
            tell(&line);
            // What ends by going back to the line's beginning is overwritten.
            if byte != b'\r' {
                self.all.push_str(&line);
                self.all.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overwritten_is_told_and_not_kept() {
        let mut words = Words::default();
        let mut told = Vec::new();
        words.take(b"Compiling a\n1/2\rCompi", &mut |line| {
            told.push(line.into())
        });
        words.take(b"ling b\n", &mut |line: &str| told.push(line.into()));
        let told: Vec<String> = told;
        assert_eq!(told, ["Compiling a", "1/2", "Compiling b"]);
        assert_eq!(words.all, "Compiling a\nCompiling b\n");
    }
}
