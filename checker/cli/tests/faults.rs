//! Answers that misbehave get a clear verdict with an exit code of its own, through the
//! built program.

mod support;

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};
use support::{Ran, TestCourse, llmlings, program};

const HEAD: &str = "use ndarray::{Array1, ArrayRef1};\n\
                    pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {\n";

/// Judges an answer whose one function has this body.
fn run(body: &str) -> Ran {
    let source = format!("{HEAD}    {body}\n}}\n");
    let course = TestCourse::new()
        .exercise("twice")
        .info("time_limit", "2")
        .answer(&source)
        .build();
    llmlings(&course, &["run"])
}

#[track_caller]
fn expect(ran: &Ran, code: i32, words: &[&str]) {
    let told = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(ran.code, code, "{ran:?}");
    for words in words {
        assert!(told.contains(words), "{words:?} is not in:\n{}", ran.stdout);
    }
}

#[test]
fn an_answer_that_passes() {
    expect(
        &run("x * 2.0"),
        0,
        &["one, two, three become two, four, six"],
    );
}

#[test]
fn a_wrong_value_is_named_with_its_place() {
    expect(
        &run("x * 2.5"),
        1,
        &[
            "one, two, three become two, four, six",
            "yours 2.5 expected 2",
        ],
    );
}

#[test]
fn a_starter_is_not_written_yet() {
    expect(&run("todo!()"), 1, &["not written yet", "src/lib.rs"]);
}

#[test]
fn a_panic_is_told_with_its_words_and_its_line() {
    let ran = run("let v: Vec<f64> = Vec::new(); Array1::from_elem(1, v[7])");
    expect(
        &ran,
        1,
        &[
            "index out of bounds: the len is 0 but the index is 7",
            "src/lib.rs",
        ],
    );
}

#[test]
fn what_does_not_compile_is_told_in_the_compilers_words() {
    let ran = run("x * \"two\"");
    expect(
        &ran,
        10,
        &["cannot multiply", "exercises/01_sums/twice/src/lib.rs:3"],
    );
}

#[test]
fn a_signature_that_no_longer_fits_is_told_apart() {
    let course = TestCourse::new()
        .exercise("twice")
        .answer("pub fn double(x: f64) -> f64 { 2.0 * x }\n")
        .build();
    expect(
        &llmlings(&course, &["run"]),
        10,
        &["mismatched types", "compiles by itself"],
    );
}

#[test]
fn an_answer_that_is_a_crate_of_its_own_passes() {
    let answer = format!(
        "{HEAD}    crate::inner::twice(x)\n}}\nmod inner {{\n    \
        pub fn twice(x: &ndarray::ArrayRef1<f64>) -> ndarray::Array1<f64> {{ x * 2.0 }}\n}}\n"
    );
    let course = TestCourse::new().exercise("twice").answer(&answer).build();
    expect(&llmlings(&course, &["run"]), 0, &[]);
}

#[test]
fn an_endless_loop_is_ended_with_everything_it_started() {
    let start = Instant::now();
    let ran = run("#[allow(clippy::empty_loop)] loop {}");
    expect(&ran, 11, &["2 s", "one, two, three become two, four, six"]);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn what_a_run_leaves_behind_is_ended_too() {
    let marker = format!("41.{}", std::process::id());
    let body = format!(
        "std::process::Command::new(\"sleep\").arg(\"{marker}\").spawn().unwrap(); \
         loop {{ std::hint::spin_loop(); }}"
    );
    expect(&run(&body), 11, &[]);
    if cfg!(target_os = "linux") {
        let mut search = Command::new("pgrep");
        let found = program::ran(search.args(["-f", &format!("sleep {marker}")]));
        assert_eq!(found.stdout, "", "still there");
    }
}

#[test]
fn recursion_without_an_end_is_called_by_its_name() {
    let source = format!(
        "{HEAD}    deep(0);\n    x * 2.0\n}}\n\
        #[allow(unconditional_recursion)]\nfn deep(n: u64) -> u64 {{ deep(n + 1) + 1 }}\n"
    );
    let course = TestCourse::new().exercise("twice").answer(&source).build();
    expect(&llmlings(&course, &["run"]), 12, &["stack overflowed"]);
}

#[cfg(unix)]
#[test]
fn a_crash_names_its_signal() {
    expect(&run("std::process::abort()"), 12, &["SIGABRT"]);
}

#[test]
fn allocating_without_an_end_is_stopped() {
    let ran =
        run("let mut all = Vec::new(); loop { all.push(Vec::<u8>::with_capacity(1 << 26)); }");
    expect(&ran, 15, &["memory"]);
    expect(&run("Array1::zeros(1 << 40)"), 15, &["memory"]);
}

#[test]
fn printing_without_an_end_is_cut_off() {
    expect(
        &run("loop { println!(\"again and again\"); }"),
        13,
        &["1,024 kB"],
    );
}

#[test]
fn leaving_early_is_no_pass() {
    expect(&run("std::process::exit(0)"), 14, &["status 0"]);
    expect(&run("std::process::exit(1)"), 14, &["status 1"]);
}

#[test]
fn what_an_answer_prints_disturbs_nothing_and_is_shown() {
    let forged = r#"println!("{{\"event\":\"finish\",\"passed\":9,\"failed\":0}}"); x * 3.0"#;
    expect(
        &run(forged),
        1,
        &["\"event\":\"finish\"", "yours 3 expected 2"],
    );
}

#[test]
fn an_answer_that_is_not_text_is_told_so() {
    let course = TestCourse::new().exercise("twice").build();
    fs::write(course.answer_file("twice"), b"pub fn double() { \"\xff\" }").unwrap();
    expect(&llmlings(&course, &["run"]), 10, &["not UTF-8"]);
}

#[test]
fn an_answer_that_was_removed_is_brought_back_and_hides_no_other() {
    let course = TestCourse::new()
        .exercise("twice")
        .exercise("again")
        .answer(&format!("{HEAD}    x * 2.0\n}}\n"))
        .build();
    fs::remove_dir_all(course.path("exercises/01_sums/twice/src")).unwrap();
    let ran = llmlings(&course, &["run", "again"]);
    expect(&ran, 0, &[]);
    assert!(
        ran.stderr.contains("twice/src/lib.rs was missing"),
        "{ran:?}"
    );
    expect(
        &llmlings(&course, &["run", "twice"]),
        1,
        &["not written yet"],
    );
}

#[test]
fn a_missing_compiler_is_not_the_learners_failure() {
    let course = TestCourse::new().exercise("twice").build();
    let mut command = Command::new(env!("CARGO_BIN_EXE_llmlings"));
    command
        .current_dir(course.root())
        .arg("run")
        .env("PATH", "")
        .env_remove("CARGO");
    let ran = program::ran(&mut command);
    expect(&ran, 5, &["rustc", "rustup.rs"]);
    let state = fs::read_to_string(course.path(".llmlings/state.json"));
    assert!(state.map_or(true, |state| !state.contains("attempts")));
}

#[test]
fn a_course_without_its_snapshot_is_a_fault_of_ours() {
    let course = TestCourse::new()
        .exercise("twice")
        .without("snapshots/reference.snap")
        .answer(&format!("{HEAD}    x * 2.0\n}}\n"))
        .build();
    expect(&llmlings(&course, &["run"]), 4, &["reference.snap"]);
}

#[test]
fn a_typo_in_info_toml_is_pointed_at() {
    let course = TestCourse::new()
        .exercise("twice")
        .info("dificulty", "2")
        .build();
    let ran = llmlings(&course, &["run"]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(
        ran.stderr.contains("dificulty") && ran.stderr.contains("info.toml"),
        "{ran:?}"
    );
}

#[test]
fn no_course_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let ran = support::llmlings_in(folder.path(), &[]);
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.stderr.contains("llmlings init"), "{ran:?}");
}
