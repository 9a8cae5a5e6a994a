//! rustlings, where it is installed: from a save to its verdict, in its own course.

use crate::measure::{Result, installed};
use crate::screen::Screen;
use portable_pty::CommandBuilder;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What its watch says of an answer that passes.
const PASSED: &str = "Exercise done";

/// Times of saves of an answer that passes; between them one that does not compile is saved,
/// whose verdict comes sooner. None where rustlings is not installed.
pub fn measure(size: (u16, u16), pause: Duration, runs: usize) -> Result<Option<Vec<Duration>>> {
    if !installed(&mut Command::new("rustlings")) {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let mut init = start(&["init"], folder.path(), size);
    init.wait_for("ENTER");
    init.press("\r");
    if init.wait() != 0 {
        return Err(format!("rustlings init: {}", init.text()).into());
    }
    let course = folder.path().join("rustlings");
    let file = course.join("exercises/00_intro/intro1.rs");
    let right = fs::read_to_string(&file)?;
    let wrong = right.replacen("fn main() {", "fn main() {\n    let _: u32 = \"one\";", 1);
    let mut screen = start(&[], &course, size);
    screen.wait_until("beginning", |text| {
        text.contains("ENTER") || text.contains(PASSED)
    });
    screen.press("\r");
    screen.wait_for(PASSED);
    let mut times = Vec::new();
    for run in 0..2 * runs {
        let passes = run % 2 == 1;
        let text = if passes { &right } else { &wrong };
        std::thread::sleep(pause);
        let start = Instant::now();
        fs::write(&file, format!("{text}\n// Save {run}.\n"))?;
        screen.wait_until("verdict", |text| match passes {
            true => text.contains(PASSED),
            false => text.contains("mismatched types"),
        });
        if passes {
            times.push(start.elapsed());
        }
    }
    screen.press("q");
    screen.end();
    Ok(Some(times))
}

fn start(arguments: &[&str], folder: &Path, size: (u16, u16)) -> Screen {
    let mut command = CommandBuilder::new("rustlings");
    command.args(arguments);
    command.cwd(folder);
    Screen::open(command, size)
}
