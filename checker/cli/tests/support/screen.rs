//! A terminal with somebody in front of it.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long something may take to appear; only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program in a pseudo-terminal.
pub struct Screen {
    drawn: Arc<Drawn>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

/// What the program drew so far, and the news that it drew more.
struct Drawn {
    parser: Mutex<vt100::Parser>,
    more: Condvar,
}

impl Screen {
    /// Starts a program in `folder`, in a terminal of this size.
    pub fn start(program: &Path, folder: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder);
        Self::open(command, size)
    }

    /// Starts a command in a terminal of this size.
    pub fn open(mut command: CommandBuilder, (rows, cols): (u16, u16)) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let keyboard = pair.master.take_writer().expect("a keyboard");
        let mut output = pair.master.try_clone_reader().expect("an output");
        let parser = vt100::Parser::new(nonzero(rows), nonzero(cols), 2000);
        let drawn = Arc::new(Drawn {
            parser: Mutex::new(parser),
            more: Condvar::new(),
        });
        let draw = Arc::clone(&drawn);
        std::thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(read @ 1..) = output.read(&mut buffer) {
                draw.parser.lock().unwrap().process(&buffer[..read]);
                draw.more.notify_all();
            }
        });
        Self {
            drawn,
            keyboard,
            child,
            master: pair.master,
        }
    }

    /// What is on the screen now.
    pub fn text(&self) -> String {
        self.drawn.parser.lock().unwrap().screen().contents()
    }

    /// What is on the screen now, with its colours.
    pub fn cells(&self) -> vt100::Screen {
        self.drawn.parser.lock().unwrap().screen().clone()
    }

    /// Waits until `words` are on the screen; returns all of it.
    #[track_caller]
    pub fn wait_for(&self, words: &str) -> String {
        self.wait_until(words, |text| text.contains(words))
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn wait_until(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut parser = self.drawn.parser.lock().unwrap();
        loop {
            let text = parser.screen().contents();
            if wanted(&text) {
                return text;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {what:?} on the screen:\n{text}");
            // Not everything that is waited for is drawn: look again in any case.
            let look = left.min(Duration::from_millis(100));
            parser = self.drawn.more.wait_timeout(parser, look).unwrap().0;
        }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("keys reach the program");
        self.keyboard.flush().expect("keys reach the program");
    }

    /// Gives the window another size.
    pub fn resize(&self, (rows, cols): (u16, u16)) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("another size");
        self.drawn
            .parser
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(nonzero(rows), nonzero(cols));
    }

    /// Waits for the end of the program; its exit status.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.exit_code();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "still running:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the end of the program without looking at the clock; its exit status.
    pub fn wait(&mut self) -> u32 {
        self.child.wait().expect("a child").exit_code()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.process_id().expect("a process")
    }
}

fn nonzero(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("a window has rows and columns")
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
