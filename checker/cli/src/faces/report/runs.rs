//! What the learner's own answers showed.

use super::date::date;
use super::{Line, Report};
use crate::course::Status;
use crate::faces::number::{count, grouped, point_aligned};
use crate::faces::page::{escape, phrase};
use crate::faces::plot::axis::typeset;
use crate::faces::svg;
use crate::faces::verdict::comparison;
use crate::runner;
use std::fmt::Write as _;

/// Each sealed guess beside what was measured.
pub(super) fn guesses(report: &Report<'_>) -> String {
    let sealed = report.lines.iter();
    let sealed = sealed.filter_map(|line| Some((line, line.record.guess?)));
    let mut rows = String::new();
    for (line, guess) in sealed {
        let exercise = line.row.entry.exercise;
        let question = exercise.guess.as_deref().unwrap_or(&exercise.title);
        let measured = line.run.and_then(|run| run.measured);
        let remark = measured.and_then(|measured| comparison(guess, measured));
        let _ = writeln!(
            rows,
            "<tr><td>{}{}</td><td>{}</td><td>{}</td></tr>",
            phrase(question),
            remark.map_or_else(String::new, |words| {
                format!(" <span class=\"remark\">{words}</span>")
            }),
            number(guess),
            measured.map_or_else(|| "not yet".into(), number),
        );
    }
    if rows.is_empty() {
        return rows;
    }
    format!(
        "<section>\n<h2>Your guesses</h2>\n<div class=\"wide\"><table class=\"guesses\">\n\
         <thead><tr><th>question</th><th>guess</th><th>measured</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n</section>\n"
    )
}

/// What each answer costs and draws.
pub(super) fn runs(report: &Report<'_>) -> String {
    let mut section = String::new();
    for line in &report.lines {
        if let Some(run) = line.run {
            section += &article(line, run);
        }
    }
    if section.is_empty() {
        return section;
    }
    format!(
        "<section>\n<h2>Your runs</h2>\n<p class=\"facts\">Every answer that ever passed was run \
         again for this page, as it is now.</p>\n{section}</section>\n"
    )
}

fn article(line: &Line<'_>, run: &runner::Report) -> String {
    let exercise = line.row.entry.exercise;
    let (id, title) = (escape(&exercise.id), phrase(&exercise.title));
    let (file, url) = &line.answer;
    let mut article = format!(
        "<article id=\"run-{id}\">\n<h3>{title} <code>{id}</code></h3>\n<p class=\"facts\">{}</p>\n\
         <p class=\"file\"><a href=\"{}\">{}</a></p>\n",
        facts(line),
        escape(url),
        escape(file)
    );
    if !run.verdict.is_pass() {
        // All summaries go on from here: it failed, it does not compile.
        let summary = escape(&run.verdict.summary());
        let _ = writeln!(
            article,
            "<p class=\"broken\">✗ As it is now, it {summary}</p>"
        );
    }
    article += &numbers(&run.numbers);
    for plot in &run.plots {
        article += &svg::figure(plot);
    }
    article + "</article>\n"
}

/// When it passed, and by what way.
fn facts(line: &Line<'_>) -> String {
    let mut facts = Vec::new();
    if let Some(pass) = &line.record.passed {
        facts.push(format!("passed on {}", date(pass.at)));
    }
    if line.row.status == Status::ChangedSincePassed {
        facts.push("changed since".into());
    }
    let runs = usize::try_from(line.record.attempts).unwrap_or(usize::MAX);
    facts.push(count(runs, "run", "runs"));
    if line.row.hints_shown > 0 {
        facts.push(count(line.row.hints_shown, "hint", "hints"));
    }
    facts.join(" · ")
}

/// Names, numbers with their points under one another, units.
fn numbers(numbers: &[(String, f64, String)]) -> String {
    if numbers.is_empty() {
        return String::new();
    }
    let mut values: Vec<String> = numbers.iter().map(|(_, x, _)| grouped(*x)).collect();
    point_aligned(&mut values);
    let mut table = String::from("<div class=\"wide\"><table class=\"numbers\">\n<tbody>\n");
    for ((name, _, unit), value) in numbers.iter().zip(values) {
        let digits = value.trim_end();
        // What is as wide as the digits that this number lacks, unseen.
        let missing = value.len() - digits.len();
        let pad = match (missing, digits.contains('.')) {
            (0, _) => String::new(),
            (missing, true) => "0".repeat(missing),
            (missing, false) => format!(".{}", "0".repeat(missing - 1)),
        };
        let _ = writeln!(
            table,
            "<tr><td>{}</td><td>{}<span class=\"unseen\" aria-hidden=\"true\">{pad}</span></td>\
             <td>{}</td></tr>",
            escape(name),
            escape(&typeset(digits)),
            escape(unit)
        );
    }
    table + "</tbody>\n</table></div>\n"
}

/// A number as it is printed: 6.3×10⁻⁶.
fn number(value: f64) -> String {
    typeset(&grouped(value))
}
