//! What watch looks like.

mod cover;

use super::state::{Ahead, Overlay, Phase, State};
use crate::course::{Entry, Kind};
use crate::faces::fit;
use crate::faces::list::Row;
use crate::faces::progress_bar::{self, Tally};
use crate::faces::verdict;
use crate::runner::{Building, Count, Report, Step, Verdict};
use colored::Colorize as _;
pub use cover::top_of;
use cover::{draw_list, draw_page};
use std::fmt::Write as _;
use std::io::{self, Write};
use textwrap::{Options, wrap};

/// What is drawn beside the state: facts of the course that the state does not hold.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The current exercise.
    pub entry: Entry<'a>,
    /// Its answer, from the root of the course.
    pub answer: String,
    /// Its answer as a link that terminals open.
    pub link: String,
    /// The sealed guess, if there is one.
    pub guess: Option<f64>,
    /// All exercises of the itinerary.
    pub rows: Vec<Row<'a>>,
    /// The text behind a page, line by line.
    pub page: &'a [String],
    /// News about the state file and the like.
    pub notices: &'a [String],
    /// Whether this is the learner's first time here.
    pub newcomer: bool,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// Draws the whole screen.
///
/// # Errors
/// Those of `out`.
pub fn draw(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    match &state.overlay {
        Some(Overlay::List(list)) => draw_list(state, list, scene, out),
        Some(Overlay::Pager(page, top)) => draw_page(*page, *top, scene, out),
        Some(Overlay::ConfirmReset) | None => {
            draw_body(state, scene, out)?;
            draw_foot(state, scene, out)
        }
    }
}

const WELCOME: &str = "\
Welcome! You will build a language model from first principles, piece by piece. Each \
exercise is one file: open it in your editor, read what stands at its top, write the \
missing piece and save. The checks run at every save. When you are stuck, h gives a hint \
and e opens the stage's notes, where every formula is derived. Nothing is lost when you \
leave with q.";

/// The verdict, cut to what the window has room for beside everything else.
fn draw_body(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let (mut before, mut after, mut foot) = (Vec::new(), Vec::new(), Vec::new());
    if scene.newcomer {
        for line in wrap(WELCOME, scene.width.min(78)) {
            writeln!(before, "{line}")?;
        }
        writeln!(before)?;
    }
    if state.is_solved() {
        draw_advice(state, scene, &mut after)?;
        draw_solved(state, scene, &mut after)?;
    } else if state.hints_visible {
        draw_hints(state, scene, &mut after)?;
    }
    draw_foot(state, scene, &mut foot)?;
    let lines = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count();
    let taken = lines(&before) + lines(&after) + lines(&foot) + 1;
    let room = scene.height.saturating_sub(taken).max(6);
    out.write_all(&before)?;
    match &state.phase {
        Phase::Preparing(building) => draw_preparing(building, scene, out)?,
        Phase::Guessing(typed) => draw_guessing(typed, scene, out)?,
        Phase::Running => writeln!(out, "{}", "Checking …".dimmed())?,
        Phase::Judged(report) => {
            let mut whole = Vec::new();
            draw_verdict(report, scene, &mut whole)?;
            let whole = String::from_utf8_lossy(&whole);
            let lines: Vec<String> = whole
                .lines()
                .flat_map(|line| fit::rows(line, scene.width))
                .collect();
            for line in fitted(&lines, room, &report.verdict) {
                writeln!(out, "{line}")?;
            }
        }
    }
    out.write_all(&after)
}

/// The verdict on the current exercise, whole.
///
/// # Errors
/// Those of `out`.
pub fn draw_verdict(report: &Report, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let context = verdict::Context {
        id: scene.entry.exercise.id.clone(),
        title: scene.entry.exercise.title.clone(),
        // The foot names the file.
        answer: String::new(),
        next: Vec::new(),
        guess: scene.guess,
    };
    verdict::draw(report, &context, scene.width, out)
}

/// At most `room` of the lines. What to read first begins the text, but for a failed check:
/// there it ends it, and the check's name goes before.
fn fitted(lines: &[String], room: usize, verdict: &Verdict) -> Vec<String> {
    if lines.len() <= room {
        return lines.to_vec();
    }
    let left_out = |n: usize| {
        format!("  … {n} more lines; v shows all")
            .dimmed()
            .to_string()
    };
    let failed = match verdict {
        Verdict::ChecksFailed(failure) if failure.todo.is_none() => Some(failure),
        _ => None,
    };
    let Some(failure) = failed else {
        let kept = &lines[..room - 1];
        return [kept, &[left_out(lines.len() - kept.len())]].concat();
    };
    let name = format!("  {} {}", "✗".red().bold(), failure.check.bold());
    let tail = &lines[lines.len() - (room - 3)..];
    let head = [
        lines[0].clone(),
        name,
        left_out(lines.len() - tail.len() - 1),
    ];
    [&head[..], tail].concat()
}

/// What is built, in one line; also for commands that wait for it.
pub fn building_line(building: &Building) -> String {
    let what = match &building.step {
        None | Some(Step::Counted(_)) => "looking".into(),
        Some(Step::Waiting) => "waiting for another build to end".into(),
        Some(Step::Fetching(package)) => format!("fetching {package}"),
        Some(Step::Compiling(package)) => format!("compiling {package}"),
        Some(Step::Linking) => "linking what was compiled".into(),
    };
    let count = building
        .count
        .map(|Count { done, of }| format!(", {done} of {of}"));
    let count = count.unwrap_or_default();
    format!("Preparing what exercises are built with (once): {what}{count}")
}

fn draw_preparing(building: &Building, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(&building_line(building), scene.width) {
        writeln!(out, "{}", line.dimmed())?;
    }
    Ok(())
}

/// What is built for later, in one line.
fn ahead_line(ahead: &Ahead) -> String {
    let count = ahead
        .count
        .map(|Count { done, of }| format!(": {done} of {of}"));
    let count = count.unwrap_or_default();
    format!(
        "Building what stage {} needs, while you work{count}",
        ahead.stage
    )
}

fn draw_guessing(typed: &str, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let question = scene
        .entry
        .exercise
        .guess
        .as_deref()
        .unwrap_or("What will it be?");
    writeln!(out, "{}", "First, a sealed guess".bold())?;
    for line in wrap(question, scene.width) {
        writeln!(out, "{line}")?;
    }
    let rule = "One number, then Enter. It is shown beside the measured one, never graded.";
    for line in wrap(rule, scene.width) {
        writeln!(out, "{}", line.dimmed())?;
    }
    writeln!(out, "> {typed}")
}

fn draw_hints(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let hints = &scene.entry.exercise.hints;
    for (i, hint) in hints.iter().take(state.here().hints_shown).enumerate() {
        writeln!(out)?;
        let head = format!("Hint {} of {}: ", i + 1, hints.len());
        let indent = Options::new(scene.width.min(90)).subsequent_indent("  ");
        for (j, line) in wrap(&format!("{head}{hint}"), indent).iter().enumerate() {
            let line = match line.strip_prefix(&head) {
                Some(rest) if j == 0 => format!("{}{rest}", head.bold()),
                _ => line.to_string(),
            };
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// What Clippy says: worth a look, never in the way of the verdict.
fn draw_advice(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    const MOST: usize = 3;
    for (i, advice) in state.advice.iter().take(MOST).enumerate() {
        if i == 0 {
            writeln!(out)?;
        }
        let indent = Options::new(scene.width.min(90)).subsequent_indent("  ");
        for line in wrap(&format!("Clippy: {advice}"), indent) {
            writeln!(out, "{}", line.dimmed())?;
        }
    }
    match state.advice.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "{}", format!("Clippy: and {more} more").dimmed()),
    }
}

fn draw_solved(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let words = if state.solved() == state.exercises.len() {
        "That was the last one: you have solved everything that exists so far. Look back at \
         it with e (notes) and s (the reference beside yours); new stages come with the next \
         version."
    } else {
        "Look back before you go on: s shows the reference beside yours, e the notes; n goes \
         to the next exercise."
    };
    writeln!(out)?;
    for line in wrap(words, scene.width.min(90)) {
        writeln!(out, "{}", line.green())?;
    }
    Ok(())
}

fn draw_foot(state: &State, scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let width = scene.width;
    writeln!(out)?;
    let waiting = matches!(state.phase, Phase::Preparing(_));
    if let (Some(ahead), false) = (&state.ahead, waiting) {
        for line in wrap(&ahead_line(ahead), width) {
            writeln!(out, "{}", line.dimmed())?;
        }
    }
    for notice in scene.notices {
        for line in wrap(notice, width) {
            writeln!(out, "{}", line.yellow())?;
        }
    }
    let (passed, total) = (state.solved(), state.exercises.len());
    progress_bar::draw(out, Tally { passed, total }, width)?;
    writeln!(out)?;
    let exercise = scene.entry.exercise;
    let task = if state.here().passed {
        "solved"
    } else {
        kind(exercise.kind)
    };
    writeln!(out, "{}: {task}", exercise.id.bold())?;
    // A line of its own: a path broken by the window's edge cannot be copied.
    writeln!(out, "{}", hyperlink(&scene.answer, &scene.link))?;
    for line in keys(state, width) {
        writeln!(out, "{line}")?;
    }
    if matches!(state.overlay, Some(Overlay::ConfirmReset)) {
        let question = format!(
            "Bring back the starter of {}? What you wrote is kept. [y/N]",
            exercise.id
        );
        for line in wrap(&question, width) {
            writeln!(out, "{}", line.bold())?;
        }
    }
    if let Some(message) = &state.message {
        for line in wrap(message, width) {
            writeln!(out, "{}", line.yellow())?;
        }
    }
    Ok(())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Todo => "write the missing piece",
        Kind::Bug => "find what is wrong",
        Kind::Predict => "predict, then measure",
        Kind::Perf => "make it cheap",
        Kind::Capstone => "put it together",
    }
}

/// A text that terminals which know OSC 8 open on a click; others show it as it is.
pub fn hyperlink(text: &str, url: &str) -> String {
    format!(
        "\x1b]8;;{url}\x1b\\{}\x1b]8;;\x1b\\",
        text.cyan().underline()
    )
}

/// The keys that do something now, in as many lines as they need.
fn keys(state: &State, width: usize) -> Vec<String> {
    let mut keys = Vec::new();
    if state.here().passed {
        keys.extend([('n', "next"), ('s', "solution")]);
    }
    keys.extend([
        ('h', "hint"),
        ('e', "notes"),
        ('l', "list"),
        ('p', "previous"),
    ]);
    keys.extend([
        ('r', "run"),
        ('x', "reset"),
        ('c', "check all"),
        ('q', "quit"),
    ]);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for (key, word) in keys {
        let cost = 2 + word.len() + 3;
        if used > 0 && used + cost - 3 > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("never empty");
        let gap = if used > 0 { " / " } else { "" };
        let _ = write!(line, "{gap}{}:{word}", key.to_string().bold());
        used += cost;
    }
    lines
}

#[cfg(test)]
mod tests;
