//! Every verdict as a learner sees it, at several widths.

mod samples;

use super::{Context, draw, one_line};
use crate::faces::fit;
use crate::runner::Report;
use samples::{context, every, failures, passed, refusals, stops, todo, wrong_numbers};
use std::fmt::Write as _;

fn coloured(report: &Report, context: &Context, width: usize) -> String {
    colored::control::set_override(true);
    let mut out = Vec::new();
    draw(report, context, width, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn plain(report: &Report, context: &Context, width: usize) -> String {
    let plain = anstream::adapter::strip_str(&coloured(report, context, width)).to_string();
    let compilers_own = |line: &str| {
        line.contains(" | ")
            || line.contains(" --> ")
            || line.starts_with("error: ")
            || line.starts_with("warning: ")
    };
    for line in plain.lines().filter(|line| !compilers_own(line)) {
        assert!(
            fit::columns(line) <= width.max(24),
            "{width} columns:\n{plain}"
        );
    }
    plain
}

fn at_all_widths(report: &Report, context: &Context) -> String {
    let mut all = String::new();
    for width in [40, 80, 120] {
        let _ = writeln!(
            all,
            "{}\n{}",
            "·".repeat(width),
            plain(report, context, width)
        );
    }
    all
}

fn each_at_all_widths(reports: Vec<(&str, Report)>) -> String {
    let mut all = String::new();
    for (what, report) in reports {
        let _ = writeln!(all, "# {what}\n{}", at_all_widths(&report, &context()));
    }
    all
}

#[test]
fn verdicts_fit_every_width() {
    let (report, context_of_passed) = passed();
    insta::assert_snapshot!("passed", at_all_widths(&report, &context_of_passed));
    insta::assert_snapshot!("wrong_numbers", at_all_widths(&wrong_numbers(), &context()));
    insta::assert_snapshot!("todo", at_all_widths(&todo(), &context()));
    insta::assert_snapshot!("failures", each_at_all_widths(failures()));
    insta::assert_snapshot!("stops", each_at_all_widths(stops()));
    insta::assert_snapshot!("refusals", each_at_all_widths(refusals()));
}

#[test]
fn marks_are_explained_once() {
    let report = samples::two_wrong_arrays();
    let told = plain(&report, &context(), 80);
    assert_eq!(told.matches("‹ › marks").count(), 1, "{told}");
    let (arrays, explained) = told.split_once("‹ › marks").unwrap();
    assert_eq!(arrays.matches("yours ").count(), 4, "{told}");
    assert!(!explained.contains('‹'), "{told}");
}

#[test]
fn colours_repeat_what_marks_and_words_say() {
    let (report, of_passed) = passed();
    let mut every = vec![("passed", report, of_passed)];
    let others = [("wrong numbers", wrong_numbers()), ("todo", todo())];
    let others = others.into_iter().chain(failures());
    let others = others.chain(stops()).chain(refusals());
    every.extend(others.map(|(what, report)| (what, report, context())));
    let mut all = String::new();
    for (what, report, context) in every {
        for width in [40, 80, 120] {
            let _ = writeln!(
                all,
                "# {what}, {width}\n{}",
                coloured(&report, &context, width)
            );
        }
    }
    insta::assert_snapshot!("coloured", all.replace('\x1b', "␛"));
}

#[test]
fn a_line_says_it_all() {
    let lines = every().into_iter().map(|(_, report)| one_line(&report));
    let lines: Vec<String> = lines.collect();
    insta::assert_snapshot!("one_line", lines.join("\n"));
}

#[test]
fn no_width_is_too_small() {
    for (_, report) in every() {
        for width in [0, 1, 23, 24, 25, 31, 200] {
            plain(&report, &context(), width);
        }
    }
}

#[test]
fn a_fault_of_ours_never_looks_like_the_learners() {
    for (what, report) in every() {
        let failed = !report.verdict.is_ours() && !matches!(what, "passed" | "todo");
        let shown = plain(&report, &context(), 80);
        assert_eq!(shown.contains('✗'), failed, "{shown}");
    }
}
