//! A course that was moved, and files and clocks that tell the wrong time: nothing is lost,
//! and what counts is what the files contain.

mod support;

use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use support::{Ran, TestCourse, llmlings, llmlings_in, sample};

fn course() -> TestCourse {
    TestCourse::new()
        .exercise("first")
        .exercise("second")
        .build()
}

/// What `list` says of each exercise.
fn statuses(folder: &Path) -> Vec<String> {
    let ran = llmlings_in(folder, &["list", "--format", "json"]);
    let list: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|e| panic!("{e}: {ran:?}"));
    let exercises = list["exercises"].as_array().unwrap().iter();
    let status = |exercise: &Value| exercise["status"].as_str().unwrap().to_string();
    exercises.map(status).collect()
}

/// Gives a file another time of its last change.
fn dated(file: &Path, time: SystemTime) {
    let file = File::options().write(true).open(file).unwrap();
    file.set_modified(time).unwrap();
}

fn verdict(ran: &Ran) -> i32 {
    assert!(!ran.stdout.contains("fault"), "{ran:?}");
    ran.code
}

#[test]
fn a_moved_course_goes_on_where_it_was() {
    let course = course();
    fs::write(course.answer_file("first"), sample::SOLUTION).unwrap();
    assert_eq!(verdict(&llmlings(&course, &["run", "first"])), 0);

    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("a new place");
    copy(&course.root(), &moved);
    fs::remove_dir_all(course.path("exercises")).unwrap();
    assert_eq!(statuses(&moved), ["passed", "pending"]);
    assert_eq!(verdict(&llmlings_in(&moved, &["run", "first"])), 0);
    let second = moved.join("exercises/01_sums/second/src/lib.rs");
    fs::write(&second, sample::SOLUTION).unwrap();
    assert_eq!(verdict(&llmlings_in(&moved, &["run", "second"])), 0);
    assert_eq!(statuses(&moved), ["passed", "passed"]);
}

#[test]
fn a_save_counts_whatever_time_its_file_tells() {
    let course = course();
    let file = course.answer_file("first");
    let wrong = sample::SOLUTION.replace("2.0", "2.5");
    let now = SystemTime::now();
    let year = Duration::from_secs(365 * 24 * 60 * 60);
    let times = [
        now + year,
        now - 20 * year,
        SystemTime::UNIX_EPOCH,
        now + 9 * year,
    ];
    for time in times {
        for (answer, code) in [(sample::SOLUTION, 0), (&wrong, 1)] {
            fs::write(&file, answer).unwrap();
            dated(&file, time);
            let ran = llmlings(&course, &["run", "first"]);
            assert_eq!(verdict(&ran), code, "{time:?}: {ran:?}");
        }
    }
}

#[test]
fn a_clock_that_was_set_back_loses_no_pass() {
    let course = course();
    for name in ["first", "second"] {
        fs::write(course.answer_file(name), sample::SOLUTION).unwrap();
    }
    assert_eq!(verdict(&llmlings(&course, &["run", "first"])), 0);
    // As if the pass, and the file it is kept in, came from the future.
    let state = course.path(".llmlings/state.json");
    let mut json: Value = serde_json::from_str(&fs::read_to_string(&state).unwrap()).unwrap();
    let at = json.pointer_mut("/exercises/first/passed/at");
    *at.unwrap_or_else(|| panic!("no time of the pass")) = (1u64 << 40).into();
    fs::write(&state, json.to_string()).unwrap();
    dated(&state, SystemTime::now() + Duration::from_secs(1 << 30));
    fs::remove_file(course.path(".llmlings/state.bak")).unwrap();

    assert_eq!(verdict(&llmlings(&course, &["run", "second"])), 0);
    assert_eq!(statuses(&course.root()), ["passed", "passed"]);
}

/// Copies a folder without what was built in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from: PathBuf = entry.unwrap().path();
        let name = from.file_name().unwrap();
        if name == "target" {
            continue;
        }
        match from.is_dir() {
            true => copy(&from, &to.join(name)),
            false => fs::copy(&from, to.join(name)).map(drop).unwrap(),
        }
    }
}
