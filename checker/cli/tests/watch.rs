//! `watch` as a learner meets it: in a terminal, with an editor beside it.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;
use support::screen::Screen;
use support::{TestCourse, llmlings, program, sample};

const SIZE: (u16, u16) = (24, 80);

fn course() -> TestCourse {
    TestCourse::new()
        .exercise("first")
        .exercise("second")
        .build()
}

fn start(course: &TestCourse) -> Screen {
    start_sized(course, SIZE)
}

fn start_sized(course: &TestCourse, size: (u16, u16)) -> Screen {
    Screen::start(Path::new(program::PROGRAM), &course.root(), &[], size)
}

fn save(course: &TestCourse, name: &str, text: &str) {
    fs::write(course.answer_file(name), text).unwrap();
}

fn body(body: &str) -> String {
    sample::SOLUTION.replace("x * 2.0", body)
}

#[test]
fn a_newcomer_is_led_from_the_welcome_to_the_end() {
    let course = course();
    let mut screen = start(&course);
    screen.wait_for("Welcome!");
    screen.wait_for("not written yet");
    screen.press("n");
    screen.wait_for("Not solved yet");
    screen.press("h");
    screen.wait_for("Hint 1 of 3: Where?");
    save(&course, "first", &body("x * 2.5"));
    screen.wait_for("expected  2");
    save(&course, "first", sample::SOLUTION);
    screen.wait_for("n:next");
    // The pass is on disk without any key.
    screen.wait_until("pass in the state file", |_| {
        let state = fs::read_to_string(course.path(".llmlings/state.json"));
        state.is_ok_and(|state| state.contains("\"passed\""))
    });
    screen.press("n");
    screen.wait_for("second: write the missing piece");
    save(&course, "second", sample::SOLUTION);
    screen.wait_for("everything that exists so far");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.wait_for("2 of 2 solved");
}

#[test]
fn a_save_during_a_run_starts_again_and_the_last_one_counts() {
    let course = course();
    let mut screen = start(&course);
    screen.wait_for("not written yet");
    save(&course, "first", &body("loop {}"));
    screen.wait_for("Checking");
    std::thread::sleep(Duration::from_millis(500));
    save(&course, "first", sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("q");
    screen.end();
}

#[test]
fn clippy_comments_on_a_pass_only_and_on_what_is_there_now() {
    let course = course();
    let mut screen = start(&course);
    screen.wait_for("not written yet");
    // Clippy knows a shorter way to say that.
    let wordy = |factor: &str| body(&format!("{{ let y = x * {factor}; return y; }}"));
    save(&course, "first", &wordy("2.5"));
    let text = screen.wait_for("expected  2");
    assert!(!text.contains("Clippy"), "{text}");
    save(&course, "first", &wordy("2.0"));
    screen.wait_for("n:next");
    screen.wait_for("Clippy: line 7: unneeded `return`");
    save(&course, "first", sample::SOLUTION);
    screen.wait_until("pass without comments", |text| {
        text.contains("n:next") && !text.contains("Clippy")
    });
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn an_answer_that_misbehaves_is_told_and_watch_goes_on() {
    let course = TestCourse::new()
        .exercise("first")
        .info("time_limit", "1")
        .build();
    let mut screen = start(&course);
    screen.wait_for("not written yet");
    for (answer, words) in [
        ("loop {}", "1 s"),
        ("std::process::exit(0)", "status 0"),
        ("loop { println!(\"on and on\") }", "1,024 kB"),
        (
            "loop { Box::leak(vec![0u8; 1 << 28].into_boxed_slice()); }",
            "memory",
        ),
        ("std::process::abort()", "SIGABRT"),
        ("x * \"2\"", "cannot multiply"),
    ] {
        save(&course, "first", &body(answer));
        screen.wait_for(words);
    }
    save(&course, "first", sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn keys_do_what_they_say() {
    let course = course();
    let notes = "# Sums\n\nA slope $\\frac{\\partial L}{\\partial z_i}$ here.\n";
    fs::write(course.path("exercises/01_sums/README.md"), notes).unwrap();
    save(&course, "second", sample::SOLUTION);
    let mut screen = start(&course);
    screen.wait_for("not written yet");
    screen.press("e");
    screen.wait_for("∂L/∂zᵢ");
    screen.press("q");
    screen.wait_for("q:quit");
    screen.press("s");
    screen.wait_for("once yours passes");
    screen.press("c");
    screen.wait_for("1 of 2 passed");
    screen.press("q");
    screen.wait_for("q:quit");
    screen.press("l");
    screen.wait_for("Search:");
    screen.press("jc");
    screen.wait_for("second: solved");
    screen.press("s");
    screen.wait_for("The reference of second");
    screen.press("q");
    screen.wait_for("n:next");
    screen.press("x");
    screen.wait_for("[y/N]");
    screen.press("y");
    screen.wait_for("not written yet");
    let kept = fs::read_to_string(course.path(".llmlings/backup/second/1.rs")).unwrap();
    assert_eq!(kept, sample::SOLUTION);
    screen.press("p");
    screen.wait_for("first: write the missing piece");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    // Where one left is where one goes on.
    assert!(llmlings(&course, &[]).stdout.contains("hint first"));
}

#[test]
fn a_guess_is_typed_before_anything_runs() {
    let checks = sample::CHECKS.replacen("|c| {", "|c| {\n            c.measure(6.0);", 1);
    let course = TestCourse::new()
        .exercise("first")
        .info("kind", "\"predict\"")
        .info("guess", "\"What is twice three?\"")
        .checks(&checks)
        .answer(sample::SOLUTION)
        .build();
    let mut screen = start(&course);
    screen.wait_for("What is twice three?");
    screen.press("7\r");
    screen.wait_until("guess and measure", |text| {
        text.contains('7') && text.contains("n:next")
    });
    screen.press("q");
    screen.end();
}

#[test]
fn a_narrow_window_and_a_resize_are_no_trouble() {
    let course = course();
    let mut screen = start_sized(&course, (24, 60));
    screen.wait_for("not written yet");
    screen.resize((30, 100));
    screen.wait_for("q:quit");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn a_key_pressed_while_the_window_changes_counts() {
    let course = course();
    let mut screen = start(&course);
    screen.wait_for("not written yet");
    for round in 0..200 {
        screen.resize((24 + round % 2, 80));
        screen.press("l");
        screen.wait_for("q: close");
        screen.resize((26 + round % 2, 80));
        screen.press("q");
        screen.wait_until("the verdict", |text| !text.contains("q: close"));
    }
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn even_a_killed_watch_leaves_no_endless_loop_behind() {
    let course = course();
    save(&course, "first", &body("loop {}"));
    let screen = start(&course);
    let root = course.root().display().to_string();
    let search = || {
        let mut pgrep = std::process::Command::new("pgrep");
        program::ran(pgrep.args(["-f", &format!("{root}/target.*checks")])).stdout
    };
    screen.wait_until("run", |_| !search().is_empty());
    let id = screen.id().to_string();
    let mut kill = std::process::Command::new("kill");
    assert_eq!(program::ran(kill.args(["-9", &id])).code, 0);
    screen.wait_until("end of the run", |_| search().is_empty());
}

/// The system refuses notifications in a name space of the test's own, if it may have one.
#[cfg(target_os = "linux")]
#[test]
fn where_the_system_tells_nothing_a_line_says_so_and_saves_are_still_seen() {
    let refuse = "echo 0 > /proc/sys/user/max_inotify_instances";
    let unshare = |script: &str| {
        let script = format!("{refuse} && {script}");
        ["-Ur", "sh", "-c", &script].map(String::from)
    };
    let mut possible = std::process::Command::new("unshare");
    if !possible
        .args(unshare("true"))
        .status()
        .is_ok_and(|status| status.success())
    {
        return;
    }
    let course = course();
    let arguments = unshare(program::PROGRAM);
    let arguments = arguments.each_ref().map(String::as_str);
    let mut screen = Screen::start(Path::new("unshare"), &course.root(), &arguments, SIZE);
    screen.wait_for("not written yet");
    screen.wait_for("Looking four times a second instead");
    save(&course, "first", sample::SOLUTION);
    screen.wait_for("n:next");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

/// A shell with job control, in which watch was started.
fn shell(course: &TestCourse) -> Screen {
    let arguments = ["--norc", "--noprofile", "-i"];
    let mut screen = Screen::start(Path::new("bash"), &course.root(), &arguments, SIZE);
    screen.press(&format!(
        "PS1='$ '; {}; echo it gave $?\r",
        program::PROGRAM
    ));
    screen.wait_for("not written yet");
    screen
}

/// Whether the terminal collects lines and echoes keys, as a shell left it.
fn expect_plain_terminal(screen: &mut Screen) {
    // Keys that come before the prompt are dropped when the shell takes the terminal.
    screen.wait_until("prompt", |text| text.trim_end().ends_with('$'));
    screen.press("stty -a | grep -ow -e '-*icanon' -e '-*echo' | tr '\\n' ,; echo\r");
    screen.wait_for("icanon,echo,");
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    let course = course();
    let mut screen = shell(&course);
    screen.press("\x1a");
    screen.wait_for("Stopped");
    expect_plain_terminal(&mut screen);
    save(&course, "first", sample::SOLUTION);
    screen.press("clear; fg\r");
    screen.wait_for("n:next");
    screen.press("q");
    screen.wait_for("Until next time!");
    expect_plain_terminal(&mut screen);
}

#[test]
fn signals_end_watch_with_its_children_and_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT", "the key"] {
        let course = course();
        let mut screen = shell(&course);
        save(&course, "first", &body("loop {}"));
        let checks = format!("{}/target.*checks", course.root().display());
        screen.wait_until("run", |_| !running(&checks).is_empty());
        let watch = running(program::PROGRAM);
        let mine = |id: &&str| {
            let folder = fs::read_link(format!("/proc/{id}/cwd"));
            folder.is_ok_and(|folder| folder == course.root())
        };
        let Some(id) = watch.lines().find(mine) else {
            // Without /proc there is no telling whose it is.
            return;
        };
        let mut kill = std::process::Command::new("kill");
        match signal {
            "the key" => screen.press("\x03"),
            _ => assert_eq!(program::ran(kill.args([&format!("-{signal}"), id])).code, 0),
        }
        screen.wait_for("it gave 130");
        assert_eq!(running(&checks), "", "still there after {signal}");
        expect_plain_terminal(&mut screen);
        let state = fs::read_to_string(course.path(".llmlings/state.json")).unwrap();
        assert!(state.contains("first"), "{state}");
    }
}

/// The terminal is that of `script`, which is killed: so it is truly gone.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_terminal_ends_watch_and_its_children() {
    use std::process::{Command, Stdio};
    let course = course();
    save(&course, "first", &body("loop {}"));
    let mut script = Command::new("script");
    script.args(["-qfc", program::PROGRAM, "/dev/null"]);
    script.current_dir(course.root()).env("TERM", "xterm");
    script.stdin(Stdio::piped()).stdout(Stdio::null());
    let Ok(mut script) = script.spawn() else {
        return;
    };
    let checks = format!("{}/target.*checks", course.root().display());
    let wait = |what: &str, done: &dyn Fn() -> bool| {
        let deadline = std::time::Instant::now() + Duration::from_secs(60);
        while !done() {
            assert!(std::time::Instant::now() < deadline, "no {what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait("run", &|| !running(&checks).is_empty());
    let here =
        |id: &str| fs::read_link(format!("/proc/{id}/cwd")).is_ok_and(|it| it == course.root());
    let watching = || running(program::PROGRAM).lines().any(here);
    assert!(watching());
    script.kill().unwrap();
    script.wait().unwrap();
    wait("end", &|| !watching() && running(&checks).is_empty());
    let state = fs::read_to_string(course.path(".llmlings/state.json")).unwrap();
    assert!(state.contains("first"), "{state}");
}

/// The processes whose command line matches.
fn running(pattern: &str) -> String {
    let mut pgrep = std::process::Command::new("pgrep");
    program::ran(pgrep.args(["-f", pattern])).stdout
}

#[test]
fn an_interrupt_ends_watch_and_what_it_runs() {
    let course = course();
    let marker = format!("43.{}", std::process::id());
    let spawn = format!("std::process::Command::new(\"sleep\").arg(\"{marker}\").spawn()");
    save(
        &course,
        "first",
        &body(&format!("{{ {spawn}.unwrap(); loop {{}} }}")),
    );
    let mut screen = start(&course);
    let search = || {
        let mut pgrep = std::process::Command::new("pgrep");
        program::ran(pgrep.args(["-f", &format!("sleep {marker}")])).stdout
    };
    screen.wait_until("run", |_| !search().is_empty());
    screen.press("\x03");
    assert_eq!(screen.end(), 130);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(search(), "", "still there");
}
