//! The course that other tests are made with is itself right.

mod support;

use llmlings::course::{ExerciseFiles, Layout, Manifest};
use llmlings::runner::{Cancel, Libraries, Limits, Runner, Task, Verdict};
use std::path::PathBuf;
use support::TestCourse;

fn task(layout: &Layout, files: &ExerciseFiles, answer: PathBuf) -> Task {
    Task {
        name: files.id().into(),
        answer,
        contents: None,
        checks: files.checks(),
        snapshots: files.snapshots_dir(),
        scratch: files.scratch_dir(),
        root: layout.root().to_path_buf(),
        libraries: Libraries::Arrays,
        optimise: false,
        limits: Limits::default(),
    }
}

#[test]
fn its_exercise_waits_to_be_solved_and_its_answers_are_judged_rightly() {
    let course = TestCourse::new().exercise("twice").build();
    let layout = Layout::at(&course.root()).unwrap();
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let runner = Runner::prepare(layout.root(), Libraries::Arrays, &mut |_| {})
        .unwrap_or_else(|v| panic!("{v:?}"));
    let files = layout.exercise(manifest.get("twice").unwrap());
    let learn = |answer: PathBuf| {
        let task = task(&layout, &files, answer);
        runner.learn(&task, &Cancel::default()).verdict
    };

    let Verdict::ChecksFailed(failure) = learn(files.answer()) else {
        panic!("the answer to begin with is a starter")
    };
    assert!(failure.todo.is_some());
    assert_eq!(learn(files.solution()), Verdict::Passed);
    for accepted in files.accepted().unwrap() {
        assert_eq!(learn(accepted), Verdict::Passed);
    }
    for mistake in files.mistakes().unwrap() {
        let Verdict::ChecksFailed(failure) = learn(mistake.clone()) else {
            panic!("{} passes", mistake.display())
        };
        let (name, _) = failure.mistake.unwrap();
        assert_eq!(mistake.file_stem().unwrap(), name.as_str());
    }
}

#[test]
fn what_is_replaced_is_replaced_and_what_is_left_out_is_not_there() {
    let course = TestCourse::new()
        .exercise("twice")
        .info("time_limit", "2")
        .answer("pub fn NAME() {}\n")
        .without("accepted")
        .build();
    let answer = std::fs::read_to_string(course.answer_file("twice")).unwrap();
    assert_eq!(answer, "pub fn twice() {}\n");
    let layout = Layout::at(&course.root()).unwrap();
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let twice = manifest.get("twice").unwrap();
    assert_eq!(twice.exercise.time_limit.as_secs(), 2);
    assert!(!layout.exercise(twice).accepted_dir().exists());
}
