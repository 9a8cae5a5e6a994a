//! Where views are drawn.

use anstream::StripStream;
use std::io::{self, IsTerminal as _, Write};

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// The standard output, as views need to know it.
///
/// Views always write colours; they are taken out here where they are not wanted.
pub struct Screen {
    out: Box<dyn Write>,
    /// Columns.
    pub width: usize,
    /// Whether a person sits at a terminal that can show and ask.
    pub interactive: bool,
    /// Whether colours are kept.
    pub colour: bool,
}

/// Columns where nobody says otherwise (a pipe).
const PLAIN_WIDTH: usize = 80;

impl Screen {
    /// Anything else that shows what is written to it, colours and all; as wide as the
    /// terminal.
    pub fn on(out: impl Write + 'static) -> Self {
        colored::control::set_override(true);
        Self {
            out: Box::new(out),
            width: width(),
            interactive: true,
            colour: true,
        }
    }

    /// The standard output.
    pub fn stdout(color: Color) -> Self {
        // Windows needs to be asked for escape sequences.
        #[cfg(windows)]
        let capable = crossterm::ansi_support::supports_ansi();
        #[cfg(not(windows))]
        let capable = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let terminal = io::stdout().is_terminal();
        let colour = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && capable && !set("NO_COLOR") || set("CLICOLOR_FORCE"),
        };
        colored::control::set_override(true);
        let stdout = io::stdout();
        let out: Box<dyn Write> = if colour {
            Box::new(stdout)
        } else {
            Box::new(StripStream::new(stdout))
        };
        Self {
            out,
            width: width(),
            interactive: terminal && capable && io::stdin().is_terminal(),
            colour,
        }
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether an environment variable is set to something.
fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Columns of the terminal; the variable `COLUMNS` and 80 stand in where there is none.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = terminal.or_else(told).unwrap_or(PLAIN_WIDTH);
    columns.clamp(20, 200)
}

/// Rows of the terminal.
pub fn height() -> usize {
    let terminal = terminal_size::terminal_size().map(|(_, height)| usize::from(height.0));
    terminal.unwrap_or(24).max(6)
}
