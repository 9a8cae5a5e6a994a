//! `dev check` finds what is wrong with an exercise, and nothing where nothing is.

mod support;

use llmlings::author::check::fresh_seeds;
use llmlings::author::{self, ExerciseCheck, Options, Workshop, oracle, skeleton};
use llmlings::course::{Layout, Manifest};
use llmlings::runner::{Cancel, Libraries, Runner};
use std::process::Command;
use support::{TestCourse, sample};

/// Does something in the workshop of a test's course.
fn in_workshop<R>(course: &TestCourse, act: impl FnOnce(&Workshop<'_>) -> R) -> R {
    let layout = Layout::at(&course.root()).unwrap();
    let manifest = Manifest::read(&layout.manifest()).unwrap_or_else(|e| panic!("{e}"));
    let runner = Runner::prepare(layout.root(), Libraries::Arrays, &mut |_| {})
        .unwrap_or_else(|v| panic!("{v:?}"));
    let workshop = Workshop {
        layout: &layout,
        manifest: &manifest,
        runner: &runner,
        cancel: &Cancel::default(),
    };
    act(&workshop)
}

/// Checks the exercise `twice` of a course.
fn check(course: &TestCourse) -> ExerciseCheck {
    let options = Options {
        seeds: fresh_seeds(4711),
        notes_problems: &|_| Vec::new(),
    };
    in_workshop(course, |workshop| {
        let entry = workshop.manifest.get("twice").unwrap();
        author::check_exercise(workshop, entry, &options)
    })
}

/// The findings about `twice`, as place and message.
fn findings(course: TestCourse) -> Vec<String> {
    let check = check(&course.build());
    let findings = check.findings.iter();
    findings
        .map(|f| format!("{}: {}", f.place, f.message))
        .collect()
}

fn twice() -> TestCourse {
    TestCourse::new().exercise("twice")
}

#[track_caller]
fn assert_found(found: &[String], words: &str) {
    assert!(
        found.iter().any(|finding| finding.contains(words)),
        "no {words:?} in {found:#?}"
    );
}

#[test]
fn a_finished_exercise_is_fine() {
    let course = twice().build();
    let check = check(&course);
    assert!(check.is_fine(), "{:#?}", check.findings);
    let rejected: Vec<_> = check.rows.iter().map(|row| row.rejected).collect();
    let expected = [Some(0), Some(20), Some(0), Some(20), Some(20)];
    assert_eq!(rejected, expected);
    assert_eq!(check.agreement.unwrap().elements, 6);
    let course = in_workshop(&course, author::check_course);
    assert_eq!(course, []);
}

#[test]
fn mistakes_that_are_not_rejected_clearly_are_found() {
    let wrong = |code: &str| sample::SOLUTION.replace("x * 2.0", code);
    let found = findings(
        twice()
            .mistake("squares", &wrong("2.0 * x"))
            .mistake("nearly", &wrong("x * (2.0 + 1e-9)"))
            .mistake("at_times", &wrong("x * if x[0] > 0.0 { 2.0 } else { 3.0 }")),
    );
    let words = "squares is rejected by evidence on 0 of 20 seeds only, not on seed 4711";
    assert_found(&found, words);
    assert_found(&found, "a learner with the mistake squares is told: passed");
    assert_found(&found, "nearly is nearly right on seed");
    assert_found(&found, "at_times is rejected by evidence on");
}

#[test]
fn a_mistake_that_only_a_property_rejects_is_found() {
    let checks = sample::CHECKS.replace(
        "c.observe(\"y\", &y, T64);",
        "c.observe(\"y\", &y.len(), EXACT);",
    );
    let other = sample::SOLUTION.replace("x * 2.0", "x * if x[0] == 1.0 { 2.0 } else { 3.0 }");
    let found = findings(twice().checks(&checks).mistake("squares", &other));
    assert_found(
        &found,
        "squares is rejected by evidence on 0 of 20 seeds only",
    );
}

#[test]
fn two_mistakes_that_look_alike_are_found() {
    let again = sample::MISTAKES[1].1.replace("x * x", "x.mapv(|x| x * x)");
    let recorded = &sample::snapshots()[2].1;
    let found = findings(
        twice()
            .mistake("to_the_square", &again)
            .snapshot("mistake@to_the_square", recorded),
    );
    assert_found(&found, "to_the_square is recognised as `squares`");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_starter_that_passes_or_fails_by_accident_is_found() {
    let solved = sample::STARTER.replace("todo!()", "x * 2.0");
    let found = findings(twice().starter(&solved));
    assert_found(&found, "the starter passes on 20 of 20 seeds");
    let panics = sample::STARTER.replace("todo!()", "x * x[7]");
    let found = findings(twice().starter(&panics));
    assert_found(&found, "panics");
    let warns = sample::STARTER.replace("    todo!()", "    let mut y = 3;\n    todo!()");
    let found = findings(twice().starter(&warns));
    assert_found(
        &found,
        "the compiler warns: variable does not need to be mutable",
    );
    let endless = sample::STARTER.replace("todo!()", "loop {}");
    let found = findings(twice().starter(&endless).info("time_limit", "1"));
    assert_found(&found, "the starter did not end within");
}

#[test]
fn a_planted_bug_must_show_a_wrong_value() {
    let bug = sample::STARTER.replace("todo!()", "x * 2.5");
    let course = || twice().info("kind", "\"bug\"");
    assert_eq!(findings(course().starter(&bug)), [""; 0]);
    let found = findings(course());
    assert_found(&found, "meets a `todo!()`");
}

#[test]
fn a_right_answer_that_fails_and_values_from_outside_that_differ_are_found() {
    let wrong = sample::ACCEPTED[0].1.replace("x + x", "x + 0.0");
    let values = sample::ORACLE_VALUES.replace("[2.0, 4.0, 6.0]", "[2.0, 4.0, 6.5]");
    let found = findings(
        twice()
            .accepted("adds_itself", &wrong)
            .oracle_values(&values),
    );
    let words = "the accepted adds_itself is rejected on 20 of 20 seeds: on seed 4711";
    assert_found(&found, words);
    assert_found(&found, "is 6.0 at [2]; outside it is 6.5");
}

#[test]
fn records_that_are_not_what_the_answers_show_are_found() {
    let old = sample::snapshots()[0]
        .1
        .replace("2.0 4.0 6.0", "2.0 4.0 7.0");
    let found = findings(
        twice()
            .snapshot("reference", &old)
            .without("snapshots/mistake@squares.snap")
            .without("mistakes/adds_two.rs")
            .without_file("solutions/oracles/values/twice.json"),
    );
    for words in [
        "no longer what the reference shows: in \"one, two, three",
        "nothing is recorded of the mistake squares",
        "the mistake squares is not recognised",
        "mistake@adds_two.snap: an orphan",
        "the outside values cannot be read",
    ] {
        assert_found(&found, words);
    }
}

#[test]
fn files_that_do_not_belong_and_words_that_lack_are_found() {
    let found = findings(
        twice()
            .in_exercise("src/notes.txt", "mine")
            .in_exercise("Cargo.toml", "[package]\nname = \"twice\"\n")
            .in_solution("old.rs", "")
            .info("hints", "[\"Where?\"]")
            .starter(&sample::STARTER.replace("## Plan", "## Plans"))
            .mistake("squares", &sample::MISTAKES[1].1.replace("//!", "//"))
            .file("exercises/01_sums/README.md", "# Sums\n"),
    );
    for words in [
        "src/notes.txt: a stray file",
        "Cargo.toml: not the manifest",
        "old.rs: a stray file",
        "`twice` has 1 hints",
        "\"Plans\"",
        "squares teaches nothing",
        "do not speak of `twice`",
    ] {
        assert_found(&found, words);
    }
}

#[test]
fn form_and_lints_are_found() {
    let found = findings(
        twice()
            .solution(&sample::SOLUTION.replace("x * 2.0", "return x * 2.0;"))
            .mistake(
                "squares",
                &sample::MISTAKES[1].1.replace("x * x", "x  *  x"),
            ),
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_found(&found, "mistakes/squares.rs: not formatted");
    assert_found(&found, "Clippy: unneeded `return` statement");
}

#[test]
fn an_oracle_script_is_fed_and_what_it_prints_is_recorded() {
    let python = oracle::python(None);
    if Command::new(&python).arg("--version").output().is_err() {
        return eprintln!("left out: there is no Python here");
    }
    let recompute = |course: &TestCourse| {
        in_workshop(course, |workshop| {
            let entry = workshop.manifest.get("twice").unwrap();
            oracle::recompute(workshop, entry, &python)
        })
    };
    let course = twice()
        .without_file("solutions/oracles/values/twice.json")
        .build();
    assert!(recompute(&course).unwrap().changed);
    assert!(!recompute(&course).unwrap().changed);
    let values = std::fs::read_to_string(course.path("solutions/oracles/values/twice.json"));
    let course = twice().oracle_values(&values.unwrap()).build();
    assert!(check(&course).is_fine());

    for (script, words) in [
        ("import no_such_module\n", "pip install -r"),
        ("print('{}')\n", "not what a script prints"),
        ("raise ValueError('seven')\n", "ValueError: seven"),
    ] {
        let course = twice().oracle_script(script).build();
        let error = recompute(&course).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        let values = course.path("solutions/oracles/values/twice.json");
        let kept = std::fs::read_to_string(values).unwrap();
        assert_eq!(kept, sample::ORACLE_VALUES.replace(sample::NAME, "twice"));
    }
    let none = in_workshop(&course, |workshop| {
        let entry = workshop.manifest.get("twice").unwrap();
        oracle::recompute(workshop, entry, "no-such-python".as_ref())
    });
    assert!(none.unwrap_err().to_string().contains("--python PATH"));
}

#[test]
fn a_new_exercise_compiles_and_only_its_words_are_left_to_write() {
    let course = twice().build();
    in_workshop(&course, |workshop| {
        let created = skeleton::create(workshop.layout, "01_sums/newest").unwrap();
        assert!(created.files.iter().all(|file| file.is_file()));
    });
    let options = Options {
        seeds: fresh_seeds(4711),
        notes_problems: &|_| Vec::new(),
    };
    let check = in_workshop(&course, |workshop| {
        assert_eq!(author::check_course(workshop), []);
        let entry = workshop.manifest.get("newest").unwrap();
        author::check_exercise(workshop, entry, &options)
    });
    let expected = [
        "a `TODO` is left",
        "nothing is recorded",
        "do not speak",
        "outside values",
    ];
    for finding in &check.findings {
        let known = expected.iter().any(|words| finding.message.contains(words));
        assert!(known, "{finding}");
    }
    let left = |f: &&author::Finding| f.message.contains("TODO");
    assert_eq!(check.findings.iter().filter(left).count(), 6);
}
