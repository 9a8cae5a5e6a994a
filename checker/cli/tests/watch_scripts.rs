//! Random edits before the real `watch` with the real compiler: the last verdict is that of
//! the last contents. `LLMLINGS_SCREEN_SCRIPTS` asks for more scripts than the usual thirty.

#![cfg(unix)]

#[path = "support/edits.rs"]
mod edits;
mod support;

use edits::{Dice, edit};
use std::fs;
use std::path::Path;
use std::time::Duration;
use support::screen::Screen;
use support::{TestCourse, program, sample};

/// Watch beside each other, as many as keep two processors busy.
const AT_ONCE: u64 = 3;

fn answer(factor: u64) -> String {
    sample::SOLUTION.replace("2.0", &format!("{factor}.0"))
}

/// Whether the screen shows the verdict on this answer.
fn shows(text: &str, factor: u64) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match factor {
        2 => words.contains("Look back"),
        _ => words.contains(&format!("yours {factor} ")),
    }
}

fn play(seed: u64, count: u64) {
    let course = TestCourse::new().exercise("first").build();
    let mut screen = Screen::start(Path::new(program::PROGRAM), &course.root(), &[], (30, 90));
    screen.wait_for("not written yet");
    let file = course.answer_file("first");
    let mut dice = Dice(seed);
    let mut factor = 0;
    for script in 0..count {
        let mut steps = Vec::new();
        for _ in 0..=dice.below(4) {
            let next = 2 + dice.below(4);
            steps.push(edit(&file, &answer(next), &mut dice));
            if steps.last() != Some(&"touched") {
                factor = next;
            }
        }
        let last = fs::read_to_string(&file).unwrap();
        if factor == 0 {
            continue;
        }
        assert_eq!(last, answer(factor));
        let what = format!("verdict on {factor} after script {script} of {seed}: {steps:?}");
        for _ in 0..2 {
            screen.wait_until(&what, |text| shows(text, factor));
            // It stays, too.
            std::thread::sleep(Duration::from_millis(150));
        }
    }
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn the_last_verdict_is_that_of_the_last_save() {
    let asked = std::env::var("LLMLINGS_SCREEN_SCRIPTS").ok();
    let scripts: u64 = asked.and_then(|n| n.parse().ok()).unwrap_or(30);
    std::thread::scope(|scope| {
        for seed in 0..AT_ONCE {
            scope.spawn(move || play(seed, scripts.div_ceil(AT_ONCE)));
        }
    });
}
