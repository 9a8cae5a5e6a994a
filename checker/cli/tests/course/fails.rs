//! The proof can fail: the tests of this very program, run on courses that are not right.

use crate::support::{TestCourse, sample};
use std::process::Command;
use transcript::{Transcript, disagreements};

/// Whether the tests of this program that `chosen` names pass for a course, and what they
/// say.
fn run(course: &TestCourse, chosen: &[&str]) -> (bool, String) {
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this)
        .args(chosen)
        .arg("--nocapture")
        .env("LLMLINGS_COURSE", course.root())
        .env_remove("LLMLINGS_EXERCISES")
        // What a developer's terminal would do; a CI would leave no pending snapshots.
        .env("INSTA_UPDATE", "new")
        .env_remove("INSTA_FORCE_PASS")
        .output()
        .unwrap();
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words).into_owned();
    (output.status.success(), words)
}

/// Whether the test called `name` passes for a course, and what it says.
fn prove(course: &TestCourse, name: &str) -> (bool, String) {
    let (passed, words) = run(course, &[name, "--exact"]);
    assert!(words.contains("running 1 test"), "no test {name}: {words}");
    (passed, words)
}

const RECORDED: &str = "answers_show_what_was_recorded";
const SMALL: &str = "records_are_small_and_none_is_an_orphan";
const JUDGED: &str = "right_answers_pass_wrong_ones_are_recognised_and_starters_wait";
const OUTSIDE: &str = "references_agree_with_the_outside";
const WHOLE: &str = "texts_have_their_parts_and_folders_their_files";

fn twice() -> TestCourse {
    TestCourse::new().exercise("twice")
}

#[track_caller]
fn assert_fails(course: &TestCourse, name: &str, words: &str) {
    let (passed, said) = prove(course, name);
    assert!(!passed, "{name} passes: {said}");
    assert!(said.contains(words), "no {words:?} in {said}");
}

#[test]
fn a_right_course_is_proved_though_a_learner_broke_their_answer() {
    let course = twice().answer("pub fn double( {}\n").build();
    let (passed, said) = run(&course, &["--skip", "fails::"]);
    assert!(passed, "{said}");
    assert!(said.contains("running 6 tests"), "{said}");
}

#[test]
fn a_record_out_of_tolerance_waits_to_be_reviewed_and_one_within_stays() {
    let [(_, reference), _, (_, squares)] = sample::snapshots();
    let course = twice()
        .snapshot(
            "reference",
            &reference.replace("2.0 4.0 6.0", "2.0 4.0 6.1"),
        )
        .snapshot(
            "mistake@squares",
            &squares.replace("1.0 4.0 9.0", "1.0 4.0 9.1"),
        )
        .snapshot(
            "mistake@adds_two",
            &sample::snapshots()[1].1.replace("4.0", "4.00000000001"),
        )
        .build();
    assert_fails(&course, RECORDED, "twice: reference");
    let folder = course.path("solutions/01_sums/twice/snapshots");
    let is_there = |name: &str| folder.join(name).is_file();
    // One run records all that differ, not the first alone.
    assert!(is_there("reference.snap.new") && is_there("mistake@squares.snap.new"));
    assert!(!is_there("mistake@adds_two.snap.new"));
    let pending = std::fs::read_to_string(folder.join("reference.snap.new")).unwrap();
    let [pending, shown] = [&pending, &reference].map(|s| Transcript::parse_snapshot(s).unwrap());
    assert_eq!(disagreements(&pending, &shown), []);
    assert_fails(
        &course,
        SMALL,
        "reference.snap.new: a new snapshot waits to be read",
    );
}

#[test]
fn what_was_never_recorded_waits_to_be_reviewed() {
    let course = twice().without("snapshots").build();
    assert_fails(&course, RECORDED, "twice: mistake squares");
    let pending = course.path("solutions/01_sums/twice/snapshots/mistake@squares.snap.new");
    assert!(pending.is_file());
}

#[test]
fn wrong_answers_that_pass_and_right_ones_that_do_not_fail_the_proof() {
    let right = sample::SOLUTION.replace("x * 2.0", "2.0 * x");
    let course = twice()
        .mistake("squares", &right)
        .accepted(
            "adds_itself",
            &sample::ACCEPTED[0].1.replace("x + x", "x + 0.0"),
        )
        .starter(&sample::STARTER.replace("todo!()", "x * 2.0"))
        .build();
    let (passed, said) = prove(&course, JUDGED);
    assert!(!passed, "{said}");
    for words in [
        "squares is rejected by evidence on 0 of 3 seeds",
        "adds_itself is rejected on 3 of 3 seeds",
        "the starter passes on 3 of 3 seeds",
    ] {
        assert!(said.contains(words), "no {words:?} in {said}");
    }
}

#[test]
fn a_reference_that_does_not_run_fails_the_proof() {
    let course = twice().solution("pub fn double() {}\n").build();
    assert_fails(&course, JUDGED, "the reference: does not compile");
}

#[test]
fn a_disagreement_with_the_outside_and_a_stray_file_fail_the_proof() {
    let values = sample::ORACLE_VALUES.replace("[2.0, 4.0, 6.0]", "[2.0, 4.0, 6.5]");
    let course = twice()
        .oracle_values(&values)
        .in_solution("old.rs", "")
        .build();
    assert_fails(&course, OUTSIDE, "outside it is 6.5");
    assert_fails(&course, WHOLE, "old.rs: a stray file");
}
