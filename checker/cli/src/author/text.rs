//! Whether the words of an exercise are all there.

use super::answers::{Role, answers};
use super::files::read;
use super::finding::Finding;
use crate::course::{Entry, ExerciseFiles, Layout};
use std::path::Path;

/// The four parts of an exercise's text, after Pólya.
pub const PARTS: [&str; 4] = ["Understand", "Plan", "Carry out", "Look back"];

/// A learner sees the code without scrolling for long.
const LAST_LINE_BEFORE_CODE: usize = 60;

/// The rungs of the ladder of hints.
const HINTS: usize = 3;

/// What a skeleton leaves to be written; never part of a finished exercise.
pub(super) const MARKER: &str = "TODO";

/// What is wrong with the text of an exercise: the starter's parts, lessons, hints, and
/// what was left to be written.
pub fn findings(layout: &Layout, entry: Entry<'_>, files: &ExerciseFiles) -> Vec<Finding> {
    let mut found = Vec::new();
    match read(layout, &files.starter()) {
        Ok(starter) => found.extend(of_starter(layout, &files.starter(), &starter)),
        Err(finding) => found.push(finding),
    }
    let hints = entry.exercise.hints.len();
    if hints != HINTS {
        let message = format!("`{}` has {hints} hints, not {HINTS}", entry.exercise.id);
        let advice = "write a ladder: where to look, which idea, nearly how";
        found.push(Finding::at(layout, &layout.manifest(), message, advice));
    }
    let answers = answers(files).unwrap_or_default();
    for mistake in answers.iter().filter(|a| a.role == Role::Mistake) {
        if read(layout, &mistake.file).is_ok_and(|source| transcript::lesson(&source).is_empty()) {
            let message = format!("the {mistake} teaches nothing");
            let advice = "say above its code, in `//!` lines: the symptom, the cause, the cure";
            found.push(Finding::at(layout, &mistake.file, message, advice));
        }
    }
    let mut written: Vec<_> = answers.into_iter().map(|answer| answer.file).collect();
    written.extend([files.checks(), files.oracle_script()]);
    found.extend(written.iter().flat_map(|file| left_to_write(layout, file)));
    found
}

/// What is wrong with the notes of an exercise's stage; `problems` are those that somebody
/// who renders them finds.
pub fn notes(
    layout: &Layout,
    files: &ExerciseFiles,
    problems: &dyn Fn(&str) -> Vec<String>,
) -> Vec<Finding> {
    let file = files.notes();
    let text = match read(layout, &file) {
        Ok(text) => text,
        Err(finding) => return vec![finding],
    };
    let told = |message: String, advice: &str| Finding::at(layout, &file, message, advice);
    let mut found: Vec<Finding> = problems(&text)
        .into_iter()
        .map(|problem| told(problem, "write it so that a terminal can show it"))
        .collect();
    if !text.contains(files.id()) {
        let message = format!("the notes do not speak of `{}`", files.id());
        found.push(told(
            message,
            "derive what the exercise uses, and name it there",
        ));
    }
    found.extend(left_to_write(layout, &file));
    found
}

fn left_to_write(layout: &Layout, file: &Path) -> Option<Finding> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().position(|line| line.contains(MARKER))?;
    let message = format!("a `{MARKER}` is left");
    Some(Finding::at_line(
        layout,
        file,
        line + 1,
        message,
        "write what is missing",
    ))
}

fn of_starter(layout: &Layout, file: &Path, source: &str) -> Vec<Finding> {
    let told = |line: usize, message: &str, advice: &str| {
        Finding::at_line(layout, file, line, message, advice)
    };
    let text: Vec<&str> = source
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    let mut found = Vec::new();
    if !text.first().is_some_and(|line| line.starts_with("# ")) {
        let advice = "begin with `//! # ` and what the exercise is about";
        found.push(told(1, "the text has no title", advice));
    }
    let headings = text.iter().filter_map(|line| line.strip_prefix("## "));
    let headings: Vec<&str> = headings.collect();
    if headings != PARTS {
        let message = format!("the text has the parts {headings:?}, not {PARTS:?}");
        found.push(told(1, &message, "write each of the four, in this order"));
    } else if let Some(empty) = empty_part(&text) {
        let message = format!("the part `{}` is empty", &text[empty][3..]);
        found.push(told(
            empty + 1,
            &message,
            "write what a learner needs there",
        ));
    }
    let code = text.len()
        + source
            .lines()
            .skip(text.len())
            .take_while(|l| l.trim().is_empty())
            .count();
    if code > LAST_LINE_BEFORE_CODE {
        let message = format!("the code begins on line {} only", code + 1);
        let advice = "keep the text to one screen: derivations belong to the stage's notes";
        found.push(told(code + 1, &message, advice));
    }
    found
}

/// The line (from 0) of a heading with nothing below it.
fn empty_part(text: &[&str]) -> Option<usize> {
    (0..text.len())
        .filter(|&i| text[i].starts_with("## "))
        .find(|&i| {
            let below = text[i + 1..]
                .iter()
                .take_while(|line| !line.starts_with("## "));
            below.into_iter().all(|line| line.is_empty())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::sample::SampleCourse;

    fn messages(source: &str) -> Vec<String> {
        let course = SampleCourse::create();
        let file = course.root().join("starter.rs");
        let found = of_starter(&course.layout, &file, source);
        found.into_iter().map(|f| f.message).collect()
    }

    const WHOLE: &str = "//! # A title\n//!\n//! ## Understand\n//! a\n//! ## Plan\n//! b\n\
                         //! ## Carry out\n//! c\n//! ## Look back\n//! d\n\nfn f() {}\n";

    #[test]
    fn four_parts_under_a_title() {
        assert_eq!(messages(WHOLE), [""; 0]);
        let found = messages(&WHOLE.replace("## Plan", "## Way").replace("# A title", "A"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("no title"));
        assert!(found[1].contains("\"Way\""));
        let found = messages(&WHOLE.replace("//! c\n", "//!\n"));
        assert_eq!(found, ["the part `Carry out` is empty"]);
    }

    #[test]
    fn the_code_is_near() {
        let long = WHOLE.replace("//! a\n", &"//! a\n".repeat(60));
        assert_eq!(messages(&long), ["the code begins on line 71 only"]);
    }
}
