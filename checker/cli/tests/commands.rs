//! The commands as people and programs use them, through the built program.

mod support;

use serde_json::Value;
use std::fs;
use std::process::Command;
use support::{Ran, TestCourse, llmlings, program, sample};

/// Three exercises, of which the second is solved.
fn course() -> TestCourse {
    TestCourse::new()
        .exercise("first")
        .exercise("second")
        .answer(sample::SOLUTION)
        .exercise("third")
        .build()
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {ran:?}"))
}

#[test]
fn without_a_command_and_a_terminal_the_current_exercise_is_checked_once() {
    let course = course();
    let ran = llmlings(&course, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("not written yet"), "{}", ran.stdout);
    assert!(ran.stdout.contains("llmlings hint first"), "{}", ran.stdout);
}

#[test]
fn a_pass_is_recorded_the_moment_it_happens_and_told_from_a_later_change() {
    let course = course();
    assert_eq!(llmlings(&course, &["run", "second"]).code, 0);
    let status = |course: &TestCourse| {
        let list = json(&llmlings(course, &["list", "--format", "json"]));
        list["exercises"][1]["status"].as_str().unwrap().to_string()
    };
    assert_eq!(status(&course), "passed");
    let changed = format!("{}// more\n", sample::SOLUTION);
    fs::write(course.answer_file("second"), changed).unwrap();
    assert_eq!(status(&course), "changed");
    // `run` does not move the learner to another exercise.
    let list = json(&llmlings(&course, &["list", "--format", "json"]));
    assert_eq!(list["current"], "first");
}

#[test]
fn check_judges_everything_and_hides_nothing_behind_one_that_is_broken() {
    let course = course();
    fs::write(course.answer_file("first"), "this is no Rust").unwrap();
    let ran = llmlings(&course, &["check", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let report = json(&ran);
    let verdicts: Vec<&str> = report["exercises"]
        .as_array()
        .unwrap()
        .iter()
        .map(|exercise| exercise["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["does-not-compile", "passed", "checks-failed"]);
    assert_eq!(report["exercises"][0]["diagnostics"][0]["line"], 1);
    let recorded = json(&llmlings(&course, &["list", "--done", "--format", "json"]));
    assert_eq!(recorded["exercises"].as_array().unwrap().len(), 1);

    let junit = llmlings(&course, &["check", "--format", "junit"]);
    assert!(junit.stdout.starts_with("<?xml"), "{}", junit.stdout);
    assert_eq!(junit.stdout.matches("<failure").count(), 2);
    let github = llmlings(&course, &["check", "--format", "github"]);
    assert_eq!(
        github.stdout.matches("\n::error file=").count(),
        2,
        "{}",
        github.stdout
    );
    let some = llmlings(&course, &["check", "second"]);
    assert_eq!(some.code, 0, "{some:?}");
    assert!(some.stdout.contains("1 of 1 passed"), "{}", some.stdout);
}

/// `script` gives it a terminal and keeps everything that was ever on it.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_check_shows_how_far_it_is() {
    let course = course();
    let mut script = Command::new("script");
    let check = format!("{} check", program::PROGRAM);
    script
        .args(["-qfec", &check, "/dev/null"])
        .current_dir(course.root());
    script
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null());
    let Ok(output) = script.output() else {
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout);
    for part in ["-] 0/3", "-] 1/3", "-] 2/3", "#] 3/3"] {
        assert!(told.contains(part), "{part}: {told:?}");
    }
    // The bar is gone in the end.
    let (_, last) = told.rsplit_once("#] 3/3").unwrap();
    assert!(
        last.starts_with("\r\x1b[K") && last.contains("1 of 3 passed"),
        "{last:?}"
    );
}

#[test]
fn hints_are_shown_rung_by_rung() {
    let course = course();
    let hint = || llmlings(&course, &["hint"]).stdout;
    assert!(hint().contains("Where?"));
    let second = hint();
    assert!(
        second.contains("Which idea?") && !second.contains("Where?"),
        "{second}"
    );
    assert!(hint().contains("Nearly how."));
    let whole = hint();
    assert!(
        whole.contains("Where?") && whole.contains("Nearly how."),
        "{whole}"
    );
}

#[test]
fn a_reset_keeps_what_was_written_and_can_be_undone() {
    let course = course();
    let read = || fs::read_to_string(course.answer_file("second")).unwrap();
    let written = read();
    let ran = llmlings(&course, &["reset", "second"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(read().contains("todo!()"));
    let backup = fs::read_to_string(course.path(".llmlings/backup/second/1.rs")).unwrap();
    assert_eq!(backup, written);
    assert_eq!(llmlings(&course, &["reset", "second", "--undo"]).code, 0);
    assert_eq!(read(), written);
}

#[test]
fn the_solution_is_for_those_who_solved() {
    let course = course();
    let refused = llmlings(&course, &["solution", "second"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.contains("once your own passes"),
        "{refused:?}"
    );
    llmlings(&course, &["run", "second"]);
    let shown = llmlings(&course, &["solution", "second"]);
    assert!(shown.stdout.contains("x * 2.0"), "{shown:?}");
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let course = course();
    let escapes = |arguments: &[&str]| llmlings(&course, arguments).stdout.contains('\x1b');
    assert!(!escapes(&["list"]));
    assert!(escapes(&["list", "--color", "always"]));
    assert!(!escapes(&["run", "--color", "never"]));
}

#[test]
fn a_name_that_is_nearly_right_is_answered_with_a_suggestion() {
    let course = course();
    let ran = llmlings(&course, &["run", "secnd"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`second`"), "{ran:?}");
    assert_eq!(llmlings(&course, &["run", "sec"]).code, 0);
    assert_eq!(llmlings(&course, &["walk"]).code, 2);
}

#[test]
fn a_sealed_guess_comes_before_the_measurement() {
    let checks = sample::CHECKS.replacen("|c| {", "|c| {\n            c.measure(6.0);", 1);
    let course = TestCourse::new()
        .exercise("twice")
        .info("kind", "\"predict\"")
        .info("guess", "\"What is twice three?\"")
        .checks(&checks)
        .answer(sample::SOLUTION)
        .build();
    let refused = llmlings(&course, &["run"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.stderr.contains("What is twice three?"));
    let measured = llmlings(&course, &["run", "--guess", "5.5"]);
    assert_eq!(measured.code, 0, "{measured:?}");
    assert!(
        measured.stdout.contains("5.5") && measured.stdout.contains('6'),
        "{measured:?}"
    );
    assert_eq!(llmlings(&course, &["run", "--guess", "6"]).code, 2);
    assert_eq!(llmlings(&course, &["run"]).code, 0);
}

#[test]
fn another_text_is_judged_against_the_reference_on_it() {
    let checks = sample::CHECKS.replacen(
        "|c| {",
        "|c| {\n            let letters = vec![corpus::corpus().text.len() as f64];\n            \
         let doubled = double(&Array1::from_vec(letters));\n            \
         c.observe(\"letters\", &doubled, T64);",
        1,
    );
    let course = TestCourse::new()
        .exercise("twice")
        .checks(&checks)
        .answer(sample::SOLUTION)
        .build();
    fs::write(course.path("other.txt"), "Another text.\n").unwrap();
    let ran = llmlings(&course, &["run", "--corpus", "other.txt"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let wrong = sample::SOLUTION.replace("2.0", "2.5");
    fs::write(course.answer_file("twice"), wrong).unwrap();
    let ran = llmlings(&course, &["run", "--corpus", "other.txt"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let told = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("yours 35 expected 28"), "{}", ran.stdout);
    let missing = llmlings(&course, &["run", "--corpus", "nowhere.txt"]);
    assert_eq!(missing.code, 4, "{missing:?}");
    assert!(missing.stderr.contains("nowhere.txt"));
}

#[test]
fn notes_are_drawn_for_a_stage_or_an_exercise() {
    let course = course();
    let file = course.path("exercises/01_sums/README.md");
    fs::write(
        file,
        "# Sums\n\nA slope $\\frac{\\partial L}{\\partial z_i}$ here.\n",
    )
    .unwrap();
    for name in ["1", "01_sums", "second"] {
        let ran = llmlings(&course, &["notes", name]);
        assert!(ran.stdout.contains("∂L/∂zᵢ"), "{name}: {ran:?}");
    }
}

#[test]
fn an_exercise_is_an_ordinary_cargo_package() {
    let course = course();
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        program::ran(
            cargo
                .args(arguments)
                .arg("--offline")
                .current_dir(course.root()),
        )
    };
    let passed = cargo(&["test", "-p", "second"]);
    assert_eq!(passed.code, 0, "{passed:?}");
    assert!(passed.stdout.contains("solved"));
    let failed = cargo(&["test", "-p", "first"]);
    assert_ne!(failed.code, 0);
    assert!(failed.stdout.contains("not written yet"), "{failed:?}");
    let listed = cargo(&["test", "-p", "first", "--", "--list"]);
    assert!(listed.stdout.contains(": test"), "{listed:?}");
}

#[test]
fn completions_and_help_name_the_commands() {
    let course = course();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(
            llmlings(&course, &["completions", shell])
                .stdout
                .contains("doctor")
        );
    }
    let help = llmlings(&course, &["--help"]);
    assert!(help.stdout.contains("Exit codes:"), "{help:?}");
    let doctor = llmlings(&course, &["doctor"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
    assert!(doctor.stdout.contains("rustc"), "{doctor:?}");
}
