//! A check program is made once, and again as soon as anything changed that it is made of.

mod support;

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;
use support::{TestCourse, llmlings, sample};

/// When the check program was made that a run of the exercise leaves behind.
fn made(course: &TestCourse) -> SystemTime {
    let programs = glob::glob(&format!(
        "{}/target/llmlings/first/**/checks{}",
        course.root().display(),
        std::env::consts::EXE_SUFFIX
    ));
    let programs: Vec<PathBuf> = programs.unwrap().map(Result::unwrap).collect();
    let [program] = programs.as_slice() else {
        panic!("one program, not {programs:?}");
    };
    fs::metadata(program).unwrap().modified().unwrap()
}

fn run(course: &TestCourse) -> i32 {
    llmlings(course, &["run", "first"]).code
}

#[test]
fn what_did_not_change_is_not_compiled_again() {
    let course = TestCourse::new().exercise("first").build();
    let answer = course.answer_file("first");
    fs::write(&answer, sample::SOLUTION).unwrap();
    assert_eq!(run(&course), 0);
    let first = made(&course);
    fs::write(&answer, sample::SOLUTION).unwrap();
    assert_eq!(run(&course), 0);
    assert_eq!(made(&course), first, "the contents are the same");

    fs::write(&answer, sample::SOLUTION.replace("2.0", "3.0")).unwrap();
    assert_eq!(run(&course), 1);
    let second = made(&course);
    assert_ne!(second, first);

    let checks = course.path("exercises/01_sums/first/checks.rs");
    let stricter = fs::read_to_string(&checks).unwrap() + "// A change.\n";
    fs::write(&checks, stricter).unwrap();
    assert_eq!(run(&course), 1);
    assert_ne!(made(&course), second, "the checks are others");
}

#[test]
fn a_warning_is_told_as_often_as_one_asks() {
    let course = TestCourse::new().exercise("first").build();
    let unused = format!("{}\nfn unused() {{}}\n", sample::SOLUTION);
    fs::write(course.answer_file("first"), unused).unwrap();
    for _ in 0..2 {
        let ran = llmlings(&course, &["run", "first"]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("never used"), "{}", ran.stdout);
    }
}

#[test]
fn a_program_that_was_spoiled_is_made_again() {
    let course = TestCourse::new().exercise("first").build();
    fs::write(course.answer_file("first"), sample::SOLUTION).unwrap();
    assert_eq!(run(&course), 0);
    let scratch = course.path("target/llmlings/first");
    let inside = glob::glob(&format!("{}/**/checks*", scratch.display())).unwrap();
    for file in inside.map(Result::unwrap).filter(|file| file.is_file()) {
        fs::write(file, "spoiled").unwrap();
    }
    assert_eq!(run(&course), 0);
}
