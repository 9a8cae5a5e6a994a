//! Whatever happens to files and tools, `watch` says what to do next, and goes on.

#![cfg(unix)]

mod support;

use llmlings::faces::screen::Screen as Out;
use llmlings::faces::watch;
use llmlings::runner::Cancel;
use llmlings::workbook::Workbook;
use portable_pty::CommandBuilder;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::screen::Screen;
use support::{TestCourse, llmlings, program, sample};

const SIZE: (u16, u16) = (30, 90);

fn course() -> TestCourse {
    TestCourse::new()
        .exercise("first")
        .exercise("second")
        .build()
}

/// Watch in a course, with these variables.
fn watch(course: &TestCourse, variables: &[(&str, &Path)]) -> Screen {
    let mut command = CommandBuilder::new(program::PROGRAM);
    command.cwd(course.root());
    for (name, value) in variables {
        command.env(name, value);
    }
    Screen::open(command, SIZE)
}

fn save(course: &TestCourse, text: impl AsRef<[u8]>) {
    fs::write(course.answer_file("first"), text).unwrap();
}

/// The exercise can still be solved, and the pass is on disk.
#[track_caller]
fn expect_to_go_on(course: &TestCourse, mut screen: Screen) {
    save(course, sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    let list = llmlings(course, &["list", "--done", "--format", "json"]);
    assert!(list.stdout.contains("\"first\""), "{list:?}");
}

#[test]
fn half_a_file_and_what_is_no_text_are_told_so() {
    let course = course();
    let screen = watch(&course, &[]);
    screen.wait_for("not written yet");
    let (half, _) = sample::SOLUTION.split_once("x * 2.0").unwrap();
    save(&course, half);
    screen.wait_for("unclosed delimiter");
    save(&course, b"pub fn double() { \"\xff\" }");
    screen.wait_for("not UTF-8");
    save(&course, "");
    screen.wait_for("double");
    expect_to_go_on(&course, screen);
}

#[test]
fn lines_may_end_as_on_windows() {
    let course = course();
    save(&course, sample::STARTER.replace('\n', "\r\n"));
    let mut screen = watch(&course, &[]);
    screen.wait_for("not written yet");
    let wrong = sample::SOLUTION.replace("2.0", "\"2\"");
    save(&course, wrong.replace('\n', "\r\n"));
    screen.wait_for("cannot multiply");
    screen.wait_for("src/lib.rs:7");
    save(&course, sample::SOLUTION.replace('\n', "\r\n"));
    screen.wait_for("n:next");
    screen.press("s");
    screen.wait_for("The code is the same.");
    screen.press("q");
    expect_to_go_on(&course, screen);
}

#[test]
fn an_exercise_whose_folder_was_removed_says_what_is_missing_and_comes_back() {
    let course = course();
    let folder = course.path("exercises/01_sums/first");
    let checks = fs::read(folder.join("checks.rs")).unwrap();
    let mut screen = watch(&course, &[]);
    screen.wait_for("not written yet");
    fs::remove_dir_all(&folder).unwrap();
    screen.wait_for("cannot be read");
    screen.wait_for("`llmlings reset` brings the starter");
    screen.press("r");
    screen.wait_for("src/lib.rs was missing; it is back as it came.");
    // This course's checks are nowhere else: a real course's come back as well.
    screen.wait_for("checks.rs is missing");
    assert_eq!(
        fs::read_to_string(course.answer_file("first")).unwrap(),
        sample::STARTER
    );
    fs::write(folder.join("checks.rs"), checks).unwrap();
    expect_to_go_on(&course, screen);
}

#[test]
fn a_typo_in_info_toml_is_told_at_the_next_start_and_disturbs_nobody_before() {
    let course = course();
    let screen = watch(&course, &[]);
    screen.wait_for("not written yet");
    let info = course.path("info.toml");
    let right = fs::read_to_string(&info).unwrap();
    fs::write(&info, right.replacen("title", "titel", 1)).unwrap();
    let mut next = watch(&course, &[]);
    next.wait_for("info.toml");
    next.wait_for("titel");
    assert_eq!(next.end(), 6);
    fs::write(&info, right).unwrap();
    expect_to_go_on(&course, screen);
}

#[test]
fn a_state_file_that_is_none_is_moved_aside_and_told() {
    let course = course();
    let state = course.path(".llmlings/state.json");
    fs::create_dir_all(state.parent().unwrap()).unwrap();
    fs::write(&state, "{ this is no JSON").unwrap();
    let screen = watch(&course, &[]);
    screen.wait_for("the state file could not be used");
    // So it may be spoiled at any time.
    fs::write(&state, "nor is this").unwrap();
    expect_to_go_on(&course, screen);
}

#[test]
fn a_newer_state_file_is_told_and_left_alone() {
    let course = course();
    let state = course.path(".llmlings/state.json");
    fs::create_dir_all(state.parent().unwrap()).unwrap();
    let newer = r#"{ "format_version": 99, "exercises": {} }"#;
    fs::write(&state, newer).unwrap();
    let mut screen = watch(&course, &[]);
    screen.wait_for("the state file is of a newer llmlings");
    save(&course, sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    assert_eq!(fs::read_to_string(&state).unwrap(), newer);
}

#[test]
fn where_nothing_can_be_saved_it_says_so_and_goes_on() {
    let course = course();
    fs::write(course.path(".llmlings"), "a file in the folder's place").unwrap();
    let mut screen = watch(&course, &[]);
    screen.wait_for("progress not saved");
    save(&course, sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("n");
    screen.wait_for("second: write the missing piece");
    screen.press("p");
    screen.wait_for("first: solved");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.wait_for("1 of 2 solved");
}

/// A toolchain without companions: its compiler is the real one.
fn bare_toolchain(folder: &Path) -> PathBuf {
    let rustc = program::ran(Command::new("rustc").args(["--print", "sysroot"]));
    let sysroot = PathBuf::from(rustc.stdout.trim());
    let bin = folder.join("bare/bin");
    fs::create_dir_all(&bin).unwrap();
    symlink(sysroot.join("lib"), folder.join("bare/lib")).unwrap();
    let script = format!(
        "#!/bin/sh\n[ \"$*\" = \"--print sysroot\" ] && {{ echo '{}'; exit; }}\nexec '{}' \"$@\"\n",
        folder.join("bare").display(),
        sysroot.join("bin/rustc").display()
    );
    fs::write(bin.join("rustc"), script).unwrap();
    fs::set_permissions(bin.join("rustc"), fs::Permissions::from_mode(0o755)).unwrap();
    bin
}

/// A path with these folders first.
fn path(first: &Path) -> PathBuf {
    let usual = std::env::var_os("PATH").unwrap();
    let folders = std::iter::once(first.to_path_buf()).chain(std::env::split_paths(&usual));
    std::env::join_paths(folders).unwrap().into()
}

#[test]
fn without_clippy_a_pass_is_a_pass() {
    let course = course();
    let path = path(&bare_toolchain(&course.root()));
    let screen = watch(&course, &[("PATH", &path)]);
    screen.wait_for("not written yet");
    // Clippy would know a shorter way.
    save(
        &course,
        sample::SOLUTION.replace("x * 2.0", "let y = x * 2.0; return y;"),
    );
    screen.wait_for("n:next");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let text = screen.text();
    assert!(!text.to_lowercase().contains("clippy"), "{text}");
    expect_to_go_on(&course, screen);

    let mut doctor = Command::new(program::PROGRAM);
    doctor.arg("doctor").current_dir(course.root());
    let ran = program::ran(doctor.env("PATH", &path));
    let told = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("rustup component add clippy"), "{ran:?}");
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn without_cargo_it_says_how_to_get_it_and_tries_again() {
    let course = course();
    let cargo = course.path("cargo");
    let mut run = Command::new(program::PROGRAM);
    run.arg("run").current_dir(course.root());
    let ran = program::ran(run.env("CARGO", &cargo));
    assert_eq!(ran.code, 5, "{ran:?}");
    let mut screen = watch(&course, &[("CARGO", &cargo)]);
    screen.wait_for("not judged, for cargo is missing");
    screen.wait_for("https://rustup.rs");
    symlink(env!("CARGO"), &cargo).unwrap();
    screen.press("r");
    screen.wait_for("not written yet");
    expect_to_go_on(&course, screen);
}

const PANICS: &str = "LLMLINGS_TEST_PANICS_IN";

/// Shows everything, until a file called `panic` is there.
struct Fragile(PathBuf);

impl Write for Fragile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        assert!(!self.0.join("panic").exists(), "the fragile one broke");
        io::stdout().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

#[test]
#[ignore = "the child of another test, in a terminal of its own"]
fn watch_until_it_panics() {
    let folder = PathBuf::from(std::env::var_os(PANICS).expect("run by another test"));
    let book = Workbook::open(&folder).unwrap();
    let mut screen = Out::on(Fragile(folder));
    let _ = watch::watch(book, false, &mut screen, &Cancel::default());
}

#[test]
fn a_panic_ends_what_runs_and_loses_nothing() {
    let course = course();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "watch_until_it_panics",
        "--ignored",
        "--nocapture",
    ]);
    command.cwd(course.root());
    command.env(PANICS, course.root());
    let mut screen = Screen::open(command, SIZE);
    screen.wait_for("not written yet");
    save(&course, sample::SOLUTION);
    screen.wait_until("pass in the state file", |_| {
        let state = fs::read_to_string(course.path(".llmlings/state.json"));
        state.is_ok_and(|state| state.contains("\"passed\""))
    });
    let marker = format!("47.{}", std::process::id());
    let spawn = format!("std::process::Command::new(\"sleep\").arg(\"{marker}\").spawn()");
    let body = format!("{{ {spawn}.unwrap(); loop {{}} }}");
    save(&course, sample::SOLUTION.replace("x * 2.0", &body));
    let search = || {
        let mut pgrep = Command::new("pgrep");
        program::ran(pgrep.args(["-f", &format!("sleep {marker}")])).stdout
    };
    screen.wait_until("run", |_| !search().is_empty());
    fs::write(course.path("panic"), "").unwrap();
    screen.press("h");
    assert_eq!(screen.end(), 101);
    screen.wait_for("the fragile one broke");
    assert_eq!(search(), "", "still there");
    let list = llmlings(&course, &["list", "--format", "json"]);
    assert!(list.stdout.contains("changed"), "{list:?}");
}
