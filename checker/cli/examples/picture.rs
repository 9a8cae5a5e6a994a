//! The picture of a session in README.md, drawn by the program itself.
//!
//! `cargo run --example picture` makes a course as `init` does, starts `watch` in it in a
//! pseudo-terminal, saves a wrong answer and then the right one, and writes what stood on
//! the screen each time to `.github/session.svg`.

#[path = "picture/drawing.rs"]
mod drawing;
#[allow(dead_code)]
#[path = "../tests/support/screen.rs"]
mod screen;

use clap::Parser as _;
use llmlings::runner::{Libraries, Runner};
use llmlings::{args::Cli, commands, course};
use portable_pty::CommandBuilder;
use screen::Screen;
use std::path::Path;
use std::process::ExitCode;
use std::{env, error, fs};

/// Says that this program is to be `llmlings`: the same code, so never an older build of it.
const AS_LLMLINGS: &str = "AS_LLMLINGS";

const EXERCISE: &str = "01_markov/char_bigrams";
const WIDTH: u16 = 80;

/// What is saved, what then appears, and how many rows the window has: in each case as many
/// as what the scene is about needs.
const SCENES: [Scene; 3] = [
    Scene {
        caption: "The first start: the exercise waits to be written",
        save: None,
        shows: "not written yet",
        rows: 24,
    },
    Scene {
        caption: "A wrong answer is saved: rows and columns are exchanged",
        save: Some("mistakes/transposed.rs"),
        shows: "This is a known mistake",
        rows: 31,
    },
    Scene {
        caption: "The right one is saved: all checks hold, and the run draws its table",
        save: Some("solution.rs"),
        shows: "n:next",
        rows: 63,
    },
];

struct Scene {
    caption: &'static str,
    save: Option<&'static str>,
    shows: &'static str,
    rows: u16,
}

fn main() -> ExitCode {
    if env::var_os(AS_LLMLINGS).is_some() {
        return commands::main(Cli::parse()).into();
    }
    match play() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("no picture: {error}");
            ExitCode::FAILURE
        }
    }
}

fn play() -> Result<(), Box<dyn error::Error>> {
    let repository = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("course");
    course::init::init(&root).map_err(|e| e.to_string())?;
    let answer = root.join("exercises").join(EXERCISE).join("src/lib.rs");
    // A slow machine builds for longer than anyone would wait in front of a screen.
    Runner::prepare(&root, Libraries::Arrays, &mut |_| {}).map_err(|verdict| verdict.summary())?;

    let mut llmlings = CommandBuilder::new(env::current_exe()?);
    llmlings.env(AS_LLMLINGS, "1");
    llmlings.env("LLMLINGS_NO_PREBUILD", "1");
    llmlings.cwd(&root);
    let mut screen = Screen::open(llmlings, (SCENES[0].rows, WIDTH));
    let mut shown = Vec::new();
    for scene in &SCENES {
        screen.resize((scene.rows, WIDTH));
        if let Some(file) = scene.save {
            let file = repository.join("solutions").join(EXERCISE).join(file);
            fs::copy(&file, &answer).map_err(|e| format!("{}: {e}", file.display()))?;
        }
        screen.wait_for(scene.shows);
        // The last line of a screen is drawn last.
        screen.wait_for("q:quit");
        shown.push((scene.caption, screen.cells()));
    }
    screen.press("q");
    screen.end();
    let picture = repository.join(".github/session.svg");
    fs::write(&picture, drawing::svg(&shown))?;
    println!("{} is drawn anew.", picture.display());
    Ok(())
}
