//! A child process that cannot outstay its welcome.

use process_wrap::std::{ChildWrapper, CommandWrap};
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// What a child may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time from the start of the run.
    pub time: Duration,
    /// Bytes of output, on stdout and stderr together.
    pub output: usize,
    /// Bytes allocated at once; enforced by the check program's own allocator.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            output: 1 << 20,
            memory: 2 << 30,
        }
    }
}

/// A wish, shared between threads, that the work be given up.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Makes the wish; it cannot be taken back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether it was made.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How a child ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with this status.
    Exited(i32),
    /// By this signal, which nobody here sent.
    Signalled(i32),
    /// We ended it: its time was over.
    OutOfTime,
    /// We ended it: it wrote without end.
    OutOfOutput,
    /// We ended it: nobody wants to know any more.
    Cancelled,
}

/// A child that has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How.
    pub ending: Ending,
    /// What it wrote, cut at the limit; bytes that are no UTF-8 replaced.
    pub stdout: String,
    /// Likewise.
    pub stderr: String,
}

/// How long a descendant that kept the pipes open is listened to after its parent's end.
const STRAGGLER: Duration = Duration::from_millis(100);

/// A wish to cancel is granted this late: the next run waits for it.
const LONGEST_NAP: Duration = Duration::from_millis(3);

/// Runs `command` to its end or to a limit. Afterwards nothing of its process group is
/// left. Where `growing` is given, the bytes of that file count as output too.
///
/// # Errors
/// If the command cannot be started.
pub fn run(
    mut command: Command,
    limits: &Limits,
    cancel: &Cancel,
    growing: Option<&PathBuf>,
) -> io::Result<Ended> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let start = Instant::now();
    let mut group = Group::spawn(command)?;
    let output = group.listen();
    let (mut texts, mut total) = ([Vec::new(), Vec::new()], 0);
    let mut open = 2;
    let mut ending = None;
    let mut nap = Duration::from_micros(500);
    while ending.is_none() {
        // While the pipes are open a read wakes us; a closed pair means the end is near.
        match output.recv_timeout(nap) {
            Ok((which, bytes)) => {
                total += bytes.len();
                open -= usize::from(bytes.is_empty());
                texts[which].extend_from_slice(&bytes);
            }
            Err(RecvTimeoutError::Timeout) => nap = (nap * 2).min(LONGEST_NAP),
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_micros(200)),
        }
        let told = growing
            .and_then(|file| std::fs::metadata(file).ok())
            .map_or(0, |m| m.len());
        // The events of the checks are ours and may be long; what the answer prints is not.
        let flooded = total > limits.output || told > 64 * limits.output as u64;
        ending = if flooded {
            Some(Ending::OutOfOutput)
        } else if let Some(status) = group.0.try_wait()? {
            Some(how(status))
        } else if start.elapsed() >= limits.time {
            Some(Ending::OutOfTime)
        } else if cancel.is_cancelled() {
            Some(Ending::Cancelled)
        } else {
            None
        };
    }
    group.end();
    let deadline = Instant::now() + STRAGGLER;
    while open > 0 && total <= limits.output {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok((which, bytes)) = output.recv_timeout(left) else {
            break;
        };
        total += bytes.len();
        open -= usize::from(bytes.is_empty());
        texts[which].extend_from_slice(&bytes);
    }
    let [stdout, stderr] = texts.map(|mut bytes| {
        bytes.truncate(limits.output);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let ending = ending.unwrap_or(Ending::Cancelled);
    Ok(Ended {
        ending,
        stdout,
        stderr,
    })
}

fn how(status: ExitStatus) -> Ending {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Ending::Signalled(signal);
    }
    Ending::Exited(status.code().unwrap_or(-1))
}

/// A child with all its descendants; ended when dropped.
#[derive(Debug)]
pub(super) struct Group(Box<dyn ChildWrapper>);

impl Group {
    pub(super) fn spawn(command: Command) -> io::Result<Self> {
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        Ok(Self(command.spawn()?))
    }

    /// Two threads that read what the child writes. They end when the pipes close, which a
    /// descendant may delay: nobody waits for them.
    pub(super) fn listen(&mut self) -> Receiver<(usize, Vec<u8>)> {
        let (sender, receiver) = channel();
        if let Some(stdout) = self.0.stdout().take() {
            forward(0, stdout, sender.clone());
        }
        if let Some(stderr) = self.0.stderr().take() {
            forward(1, stderr, sender);
        }
        receiver
    }

    /// Waits for the end.
    pub(super) fn wait(&mut self) -> io::Result<ExitStatus> {
        self.0.wait()
    }

    /// Stops everything in it, where that can be done: on Unix.
    pub(super) fn stop(&self) {
        #[cfg(unix)]
        self.signal(nix::sys::signal::Signal::SIGSTOP);
    }

    /// Lets what was stopped go on.
    pub(super) fn go_on(&self) {
        #[cfg(unix)]
        self.signal(nix::sys::signal::Signal::SIGCONT);
    }

    #[cfg(unix)]
    fn signal(&self, signal: nix::sys::signal::Signal) {
        // Fails when everything has ended already.
        let _ = self.0.signal(signal as i32);
    }

    fn end(&mut self) {
        // Fails when everything has ended already.
        let _ = self.0.start_kill();
        let _ = self.0.wait();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// Sends what `pipe` yields; an empty message at its end.
fn forward(which: usize, mut pipe: impl Read + Send + 'static, sender: Sender<(usize, Vec<u8>)>) {
    std::thread::spawn(move || {
        let mut buffer = [0; 1 << 16];
        loop {
            let read = pipe.read(&mut buffer).unwrap_or(0);
            let sent = sender.send((which, buffer[..read].to_vec()));
            if read == 0 || sent.is_err() {
                return;
            }
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, seconds: u64) -> Ended {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let time = Duration::from_secs(seconds);
        let limits = Limits {
            time,
            output: 1 << 16,
            ..Limits::default()
        };
        run(command, &limits, &Cancel::default(), None).unwrap()
    }

    #[test]
    fn output_and_status_arrive() {
        let ended = shell("echo out; echo err >&2; exit 3", 10);
        assert_eq!(ended.ending, Ending::Exited(3));
        assert_eq!(
            (ended.stdout.as_str(), ended.stderr.as_str()),
            ("out\n", "err\n")
        );
    }

    #[test]
    fn a_child_that_ignores_polite_signals_is_ended() {
        let ended = shell("trap '' TERM INT HUP; while :; do :; done", 1);
        assert_eq!(ended.ending, Ending::OutOfTime);
    }

    #[test]
    fn an_endless_writer_is_cut_off() {
        let ended = shell("yes", 10);
        assert_eq!(ended.ending, Ending::OutOfOutput);
        assert!(ended.stdout.len() <= 1 << 16);
    }

    #[test]
    fn a_descendant_that_holds_the_pipe_delays_nothing() {
        let start = Instant::now();
        let ended = shell("sleep 30 & echo started", 10);
        assert_eq!(ended.stdout, "started\n");
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_signal_is_told_by_number() {
        assert_eq!(shell("kill -SEGV $$", 10).ending, Ending::Signalled(11));
    }
}
