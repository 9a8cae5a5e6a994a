//! How far a learner is, as one page that holds everything it needs.
//!
//! What comes from a learner (names, numbers and pictures of a run, words of a verdict) is
//! escaped wherever it stands.

mod date;
mod runs;
#[cfg(test)]
mod tests;

use super::list::Row;
use super::number::count;
use super::page::{Looks, escape, page, phrase};
use crate::course::{LearningPath, Manifest, Record, Spiral, Stage, Status};
use crate::runner;
use std::fmt::Write as _;

/// What a report tells.
pub struct Report<'a> {
    /// The course in order.
    pub manifest: &'a Manifest,
    /// The learning path that the learner follows.
    pub path: Option<&'a LearningPath>,
    /// All exercises in the course's order.
    pub lines: Vec<Line<'a>>,
}

/// What a report tells of one exercise.
pub struct Line<'a> {
    /// The exercise, and where it stands.
    pub row: Row<'a>,
    /// What happened with it.
    pub record: Record,
    /// What the learner's answer shows when it runs; none where it never passed.
    pub run: Option<&'a runner::Report>,
    /// The answer's file as a person would type it, and as a URL from the report.
    pub answer: (String, String),
}

/// The whole page.
pub fn draw(report: &Report<'_>) -> String {
    let title = escape(&report.manifest.title);
    let mut body = format!(
        "<header>\n<p class=\"where\">{title}</p>\n<h1>How far you are</h1>\n\
         <p class=\"lead\">{}</p>\n</header>\n<main>\n",
        lead(report)
    );
    for spiral in &report.manifest.spirals {
        body += &spiral_table(report, spiral);
    }
    body += &runs::guesses(report);
    body += &runs::runs(report);
    body += "</main>\n";
    let title = format!("How far you are · {}", report.manifest.title);
    page(&title, &Looks::Inside, &body)
}

/// The sums of some lines.
struct Sums {
    passed: usize,
    all: usize,
    points: u32,
    all_points: u32,
}

fn sums<'l>(lines: impl Iterator<Item = &'l Line<'l>>) -> Sums {
    let nothing = Sums {
        passed: 0,
        all: 0,
        points: 0,
        all_points: 0,
    };
    lines.fold(nothing, |sums, line| {
        let points = line.row.entry.exercise.points;
        let passed = line.row.status != Status::Pending;
        Sums {
            passed: sums.passed + usize::from(passed),
            all: sums.all + 1,
            points: sums.points + if passed { points } else { 0 },
            all_points: sums.all_points + points,
        }
    })
}

impl Sums {
    fn words(&self) -> String {
        format!(
            "{} of {} · {} of {} points",
            self.passed, self.all, self.points, self.all_points
        )
    }
}

/// Everything in one sentence.
fn lead(report: &Report<'_>) -> String {
    let Sums {
        passed,
        points,
        all_points,
        ..
    } = sums(report.lines.iter());
    let all = count(report.lines.len(), "exercise", "exercises");
    let mut lead = format!("{passed} of {all} passed, {points} of {all_points} points.");
    let changed = report.lines.iter();
    let changed = changed.filter(|line| line.row.status == Status::ChangedSincePassed);
    match changed.count() {
        0 => {}
        1 => lead += " One was changed since it passed.",
        n => drop(write!(lead, " {n} were changed since they passed.")),
    }
    if let Some(path) = report.path {
        let on_path = |line: &&Line<'_>| path.exercises.contains(&line.row.entry.exercise.id);
        let sums = sums(report.lines.iter().filter(on_path));
        let title = escape(&path.title);
        let _ = write!(lead, " On the path <em>{title}</em>: {}.", sums.words());
    }
    lead
}

fn spiral_table(report: &Report<'_>, spiral: &Spiral) -> String {
    let mut table = format!("<section>\n<h2>{}</h2>\n", escape(&spiral.title));
    if spiral.stages.is_empty() {
        return table + "<p class=\"later\">Still to come.</p>\n</section>\n";
    }
    table += "<div class=\"wide\"><table class=\"progress\">\n<thead><tr><th>exercise</th>\
              <th>status</th><th>points</th><th>runs</th><th>hints</th></tr></thead>\n";
    for stage in &spiral.stages {
        table += &stage_rows(report, stage);
    }
    table + "</table></div>\n</section>\n"
}

fn stage_rows(report: &Report<'_>, stage: &Stage) -> String {
    let lines = || {
        let lines = report.lines.iter();
        lines.filter(|line| line.row.entry.stage.number == stage.number)
    };
    let squares: String = lines().map(|line| square(line.row.status)).collect();
    let mut rows = format!(
        "<tbody>\n<tr class=\"stage\"><th colspan=\"5\"><span class=\"number\">{}</span> {} \
         <span class=\"squares\" aria-hidden=\"true\">{squares}</span> \
         <span class=\"sums\">{}</span></th></tr>\n",
        stage.number,
        phrase(&stage.title),
        sums(lines()).words()
    );
    for line in lines() {
        rows += &exercise_row(line);
    }
    rows + "</tbody>\n"
}

fn exercise_row(line: &Line<'_>) -> String {
    let exercise = line.row.entry.exercise;
    let (id, title) = (escape(&exercise.id), phrase(&exercise.title));
    let name = match line.run {
        Some(_) => format!("<a href=\"#run-{id}\">{title}</a>"),
        None => title,
    };
    let hints = match line.row.hints_shown {
        0 => String::new(),
        shown => format!("{shown} of {}", exercise.hints.len()),
    };
    let runs = match line.record.attempts {
        0 => String::new(),
        runs => runs.to_string(),
    };
    let (class, status) = match line.row.status {
        Status::Passed => ("passed", "✓\u{a0}passed"),
        Status::ChangedSincePassed => ("changed", "✓\u{a0}changed since"),
        Status::Pending => ("pending", "pending"),
    };
    format!(
        "<tr class=\"{class}\"><td>{name} <code>{id}</code></td><td>{status}</td><td>{}</td>\
         <td>{runs}</td><td>{hints}</td></tr>\n",
        exercise.points
    )
}

/// An exercise in a row of squares.
fn square(status: Status) -> char {
    match status {
        Status::Passed => '■',
        Status::ChangedSincePassed => '◧',
        Status::Pending => '□',
    }
}
