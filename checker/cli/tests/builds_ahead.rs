//! What later exercises need is built while the learner works on the first ones, and gives
//! way to everything that somebody waits for.
//!
//! Cargo is a fake that builds the kernels' libraries part by part and notes who asked for
//! them; for everything else it calls the real one.

#![cfg(target_os = "linux")]

mod support;

use portable_pty::CommandBuilder;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use support::screen::Screen;
use support::{TestCourse, program, sample};

const SIZE: (u16, u16) = (30, 90);

/// `asked.log` gets a line for each build, `done` says how many of the parts are built. A part
/// takes as long as `part` says.
const FAKE_CARGO: &str = r#"#!/bin/sh
who=asked
for word in "$@"; do
    case "$word" in
        kernels) kernels=yes ;;
        --jobs=1) who=ahead ;;
    esac
done
[ -z "$kernels" ] && exec "$REAL_CARGO" "$@"
echo "$who $$" >> "$FAKE/asked.log"
[ -e "$FAKE/fails" ] && { echo "error: no network" >&2; exit 101; }
done=$(cat "$FAKE/done" 2>/dev/null || echo 0)
while [ "$done" -lt 10 ]; do
    printf '    Building [==>   ] %s/10: cubecl    \r' "$done" >&2
    sleep "$(cat "$FAKE/part")"
    done=$((done + 1))
    echo "$done" > "$FAKE/done"
done
"$REAL_CARGO" build -p nd -p kit -p course --message-format=json-render-diagnostics > "$FAKE/said"
cat "$FAKE/said"
# No exercise here uses these two: any library will do.
for name in lab kernels; do
    grep '"name":"course"' "$FAKE/said" | sed "s/\"name\":\"course\"/\"name\":\"$name\"/"
done
"#;

/// A course whose second exercise is one for a device, and the fake.
struct Lab {
    course: TestCourse,
    fake: PathBuf,
}

impl Lab {
    /// In which a part takes so many seconds.
    fn new(part: &str) -> Self {
        let course = TestCourse::new()
            .exercise("first")
            .exercise("second")
            .info("device", "\"gpu\"")
            .build();
        let fake = course.path("fake");
        fs::create_dir(&fake).unwrap();
        fs::write(fake.join("part"), part).unwrap();
        fs::write(fake.join("cargo"), FAKE_CARGO).unwrap();
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(fake.join("cargo"), executable).unwrap();
        Self { course, fake }
    }

    fn variables(&self) -> [(&'static str, PathBuf); 3] {
        [
            ("CARGO", self.fake.join("cargo")),
            ("REAL_CARGO", env!("CARGO").into()),
            ("FAKE", self.fake.clone()),
        ]
    }

    fn watch(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Screen {
        let mut command = CommandBuilder::new(program::PROGRAM);
        command.arg("watch");
        command.args(arguments);
        command.cwd(self.course.root());
        for name in ["CI", "LLMLINGS_NO_PREBUILD"] {
            command.env_remove(name);
        }
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        for (name, value) in variables {
            command.env(name, value);
        }
        let screen = Screen::open(command, SIZE);
        screen.wait_for("not written yet");
        screen
    }

    fn save(&self, name: &str, body: &str) {
        let text = sample::SOLUTION.replace("x * 2.0", body);
        fs::write(self.course.answer_file(name), text).unwrap();
    }

    /// Who had the kernels' libraries built, and as which process.
    fn asked(&self) -> Vec<(String, String)> {
        let log = fs::read_to_string(self.fake.join("asked.log")).unwrap_or_default();
        let line = |line: &str| {
            let (who, id) = line.split_once(' ').unwrap();
            (who.to_string(), id.to_string())
        };
        log.lines().map(line).collect()
    }

    fn who_asked(&self) -> Vec<String> {
        self.asked().into_iter().map(|(who, _)| who).collect()
    }

    /// The process that builds ahead, as soon as there is one.
    fn builder(&self) -> String {
        wait("build ahead", || !self.asked().is_empty());
        let (who, id) = self.asked().remove(0);
        assert_eq!(who, "ahead");
        id
    }

    /// The number of parts that are built.
    fn done(&self) -> u32 {
        let done = fs::read_to_string(self.fake.join("done")).unwrap_or_default();
        done.trim().parse().unwrap_or_default()
    }
}

#[track_caller]
fn wait(what: &str, mut happened: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !happened() {
        assert!(Instant::now() < deadline, "no {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A column of what the system tells of a process, counted from 1; none once it is gone.
fn of_process(id: &str, column: usize) -> Option<String> {
    let told = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, after_name) = told.rsplit_once(") ")?;
    let value = after_name.split(' ').nth(column - 3)?;
    Some(value.to_string())
}

fn state(id: &str) -> Option<String> {
    of_process(id, 3).filter(|state| state != "Z")
}

#[test]
fn later_nobody_waits_for_what_was_built_meanwhile() {
    let lab = Lab::new("0.2");
    let mut screen = lab.watch(&[], &[]);
    screen.wait_for("Building what stage 1 needs, while you work: 3 of 10");
    let builder = lab.builder();
    assert_eq!(of_process(&builder, 19).unwrap(), "19", "its niceness");
    screen.wait_until("end of the build", |text| !text.contains("Building"));
    lab.save("second", "x * 2.5");
    screen.press("N");
    let text = screen.wait_until("the second's verdict", |text| {
        assert!(!text.contains("Preparing"), "{text}");
        text.contains("second") && text.contains("expected  2")
    });
    assert!(!text.contains("Building"), "{text}");
    assert_eq!(lab.who_asked(), ["ahead"]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn it_stands_still_while_a_check_runs() {
    let lab = Lab::new("0.2");
    let mut screen = lab.watch(&[], &[]);
    let builder = lab.builder();
    // This runs until its time is over, or the next save.
    lab.save("first", "loop {}");
    screen.wait_for("Checking");
    wait("standstill", || state(&builder).unwrap() == "T");
    let done = lab.done();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(lab.done(), done);
    lab.save("first", "x * 2.0");
    screen.wait_for("n:next");
    wait("progress", || lab.done() > done + 1);
    assert_eq!(lab.who_asked(), ["ahead"]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn the_last_save_wins_while_it_builds() {
    let lab = Lab::new("0.05");
    let mut screen = lab.watch(&[], &[]);
    lab.builder();
    for round in 0..8 {
        lab.save("first", &format!("x * {round}.5"));
        lab.save("first", &format!("x * {round}.25"));
        screen.wait_for(&format!("yours     {round}.25"));
    }
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn it_ends_with_watch() {
    for ending in ["q", "\x03", "TERM", "HUP"] {
        let lab = Lab::new("30");
        let mut screen = lab.watch(&[], &[]);
        let builder = lab.builder();
        assert!(state(&builder).is_some());
        if let "q" | "\x03" = ending {
            screen.press(ending);
        } else {
            let mut kill = Command::new("kill");
            let id = screen.id().to_string();
            assert_eq!(program::ran(kill.args(["-s", ending, &id])).code, 0);
        }
        let code = screen.end();
        assert_eq!(code, if ending == "q" { 0 } else { 130 }, "{ending:?}");
        assert_eq!(state(&builder), None, "still there after {ending:?}");
    }
}

#[test]
fn who_comes_to_a_kernel_takes_over_what_was_built() {
    let lab = Lab::new("0.3");
    let mut screen = lab.watch(&[], &[]);
    let builder = lab.builder();
    wait("two parts", || lab.done() >= 2);
    screen.press("N");
    let text = screen.wait_for("of 10");
    let counted = |text: &str| text.contains("Preparing what") && text.contains(" of 10");
    assert!(counted(&text) || counted(&screen.wait_until("count", counted)));
    wait("end of the build ahead", || state(&builder).is_none());
    // Nobody waits for the second where the first is wanted again.
    screen.press("p");
    screen.wait_for("not written yet");
    screen.press("N");
    screen.wait_for("second: write the missing piece");
    screen.wait_for("not written yet");
    let asked = lab.who_asked();
    assert!(asked[1..].contains(&"asked".to_string()), "{asked:?}");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn check_all_waits_for_nothing_that_is_not_built() {
    let lab = Lab::new("30");
    let mut screen = lab.watch(&[], &[]);
    lab.builder();
    lab.save("first", "x * 2.0");
    screen.wait_for("n:next");
    screen.press("c");
    screen.wait_for("but for 1, for which more must be built first");
    screen.wait_for("1 of 1 passed");
    screen.press("qq");
    assert_eq!(screen.end(), 0);
}

#[test]
fn another_program_comes_first() {
    let lab = Lab::new("0.3");
    let mut screen = lab.watch(&[], &[]);
    let builder = lab.builder();
    let mut run = Command::new(program::PROGRAM);
    run.args(["run", "second"]).current_dir(lab.course.root());
    run.envs(lab.variables());
    let ran = program::ran(&mut run);
    assert!(ran.stdout.contains("not written yet"), "{ran:?}");
    assert_eq!(state(&builder), None);
    assert_eq!(lab.done(), 10);
    assert_eq!(lab.who_asked()[..2], ["ahead", "asked"]);
    screen.wait_until("end of it", |text| !text.contains("Building"));
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn a_build_that_is_waited_for_ends_with_who_waits() {
    let lab = Lab::new("30");
    let mut run = Command::new(program::PROGRAM);
    run.args(["run", "second"]).current_dir(lab.course.root());
    let mut run = run.envs(lab.variables()).spawn().unwrap();
    wait("build", || !lab.asked().is_empty());
    let (_, builder) = lab.asked().remove(0);
    let mut kill = Command::new("kill");
    let id = run.id().to_string();
    assert_eq!(program::ran(kill.args(["-s", "INT", &id])).code, 0);
    assert_eq!(run.wait().unwrap().code(), Some(130));
    assert_eq!(state(&builder), None);

    let mut screen = lab.watch(&["--no-prebuild"], &[]);
    screen.press("N");
    wait("build", || lab.asked().len() == 2);
    let (_, builder) = lab.asked().remove(1);
    screen.press("q");
    assert_eq!(screen.end(), 0);
    assert_eq!(state(&builder), None);
}

#[test]
fn a_failure_is_not_told_and_it_is_not_tried_again() {
    let lab = Lab::new("0");
    fs::write(lab.fake.join("fails"), "").unwrap();
    let mut screen = lab.watch(&[], &[]);
    lab.builder();
    screen.wait_until("end of it", |text| !text.contains("Building"));
    lab.save("first", "x * 2.5");
    let text = screen.wait_for("expected  2");
    assert!(!text.contains("network"), "{text}");
    lab.save("first", "x * 2.0");
    screen.wait_for("n:next");
    assert_eq!(lab.who_asked(), ["ahead"]);
    // Who needs it is told.
    screen.press("n");
    screen.wait_for("no network");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn it_can_be_switched_off_and_is_in_ci() {
    let expect_off = |arguments: &[&str], variables: &[(&str, &str)]| {
        let lab = Lab::new("0");
        let mut screen = lab.watch(arguments, variables);
        lab.save("first", "x * 2.5");
        let text = screen.wait_for("expected  2");
        assert!(!text.contains("Building"), "{text}");
        screen.press("q");
        assert_eq!(screen.end(), 0);
        assert_eq!(lab.asked(), []);
    };
    expect_off(&["--no-prebuild"], &[]);
    expect_off(&[], &[("LLMLINGS_NO_PREBUILD", "1")]);
    expect_off(&[], &[("CI", "true")]);
}

/// It would hold cargo's lock, and nobody would be there to let it go on.
#[test]
fn a_killed_watch_leaves_nothing_that_stands_still_for_ever() {
    let lab = Lab::new("0.2");
    let screen = lab.watch(&[], &[]);
    let builder = lab.builder();
    lab.save("first", "loop {}");
    wait("standstill", || state(&builder).unwrap() == "T");
    let mut kill = Command::new("kill");
    let id = screen.id().to_string();
    assert_eq!(program::ran(kill.args(["-9", &id])).code, 0);
    wait("end of it", || state(&builder).is_none());
}
