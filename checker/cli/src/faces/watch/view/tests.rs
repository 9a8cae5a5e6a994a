use super::*;
use crate::course::sample::manifest;
use crate::course::{Manifest, Progress};
use crate::faces::drawn::{WIDTHS, at_all_widths, coloured, in_every_way};
use crate::faces::list;
use crate::faces::watch::state::{Facts, Input, Key};
use crate::runner::{CheckState, Failure, Place};
use insta::assert_snapshot;

/// Watch at the second of the sample's exercises, which knows what `verdict` says.
fn judged(verdict: Verdict) -> State {
    let names = ["count_pairs", "count_bug", "best_step", "three", "four"];
    let facts = names.iter().enumerate().map(|(i, name)| Facts {
        searchable: name.to_string(),
        passed: i == 0,
        hints: 1,
        ..Facts::default()
    });
    let mut state = State::new(facts.collect(), 1);
    state.update(Input::Prepared);
    let held = match &verdict {
        Verdict::Passed => CheckState::Passed,
        _ => CheckState::Failed,
    };
    let report = Report {
        checks: vec![
            ("pairs are counted".into(), CheckState::Passed),
            ("no pair is lost".into(), held),
        ],
        ..Report::of(verdict)
    };
    let (run, report) = (state.run, Box::new(report));
    state.update(Input::Judged { run, report });
    state
}

fn failed() -> Verdict {
    Verdict::ChecksFailed(Box::new(Failure {
        check: "no pair is lost".into(),
        panic: Some((
            "index out of bounds: the len is 3 but the index is 3".into(),
            Some(Place {
                file: "exercises/01_a/count_bug/src/lib.rs".into(),
                line: 12,
            }),
        )),
        ..Failure::default()
    }))
}

fn press(state: &mut State, keys: &str) {
    for key in keys.chars() {
        state.update(Input::Key(Key::Char(key)));
    }
}

fn scene<'a>(manifest: &'a Manifest, width: usize, page: &'a [String]) -> Scene<'a> {
    let progress = Progress::default();
    Scene {
        entry: manifest.get("count_bug").unwrap(),
        answer: "exercises/01_a/count_bug/src/lib.rs".into(),
        link: "file:///course/exercises/01_a/count_bug/src/lib.rs".into(),
        guess: None,
        rows: list::rows(manifest, &progress, |_| None),
        page,
        notices: &[],
        newcomer: false,
        width,
        height: 30,
    }
}

/// All that watch shows, by name.
fn screens() -> Vec<(&'static str, State)> {
    let building = Step::Compiling("matrixmultiply".into());
    let mut preparing = judged(Verdict::Passed);
    preparing.phase = Phase::Preparing(Building {
        step: Some(building),
        count: None,
    });
    let mut counted = preparing.clone();
    let count = Some(Count { done: 43, of: 233 });
    counted.phase = Phase::Preparing(Building {
        step: Some(Step::Compiling("cubecl-core".into())),
        count,
    });
    let mut ahead = judged(failed());
    ahead.update(Input::Ahead(Some(Ahead { stage: 12, count })));
    let mut guessing = judged(Verdict::Passed);
    guessing.phase = Phase::Guessing("0.2".into());
    let mut running = judged(failed());
    running.update(Input::Saved);
    let mut hinted = judged(failed());
    press(&mut hinted, "h");
    let mut advised = judged(Verdict::Passed);
    advised.advice = (7..12)
        .map(|line| format!("line {line}: unneeded `return` statement"))
        .collect();
    let mut refused = judged(failed());
    press(&mut refused, "n");
    let mut resetting = judged(failed());
    press(&mut resetting, "x");
    let mut listed = judged(failed());
    press(&mut listed, "l/co");
    let mut paging = judged(failed());
    press(&mut paging, "e");
    vec![
        ("preparing", preparing),
        ("preparing much", counted),
        ("building ahead", ahead),
        ("guessing", guessing),
        ("running", running),
        ("failed", judged(failed())),
        ("hinted", hinted),
        ("passed, with what Clippy says", advised),
        ("not solved yet", refused),
        ("resetting", resetting),
        ("list", listed),
        ("page", paging),
    ]
}

fn page() -> Vec<String> {
    (1..=40)
        .map(|line| format!("Line {line} of the notes"))
        .collect()
}

#[test]
fn every_screen_is_right_at_every_width() {
    let (manifest, page) = (manifest(), page());
    let mut all = String::new();
    for (name, state) in screens() {
        let drawn = at_all_widths(|out, width| draw(&state, &scene(&manifest, width, &page), out));
        all += &format!("# {name}\n{drawn}\n\n");
    }
    assert_snapshot!(all);
}

#[test]
fn colours_only_repeat_what_marks_and_words_say() {
    let (manifest, page) = (manifest(), page());
    let mut all = String::new();
    for (name, state) in screens() {
        for width in WIDTHS {
            let drawn = coloured(width, |out, width| {
                draw(&state, &scene(&manifest, width, &page), out)
            });
            all += &format!("# {name}, {width}\n{drawn}\n\n");
        }
    }
    assert_snapshot!(all);
}

#[test]
fn a_newcomer_is_welcomed_and_notices_are_shown() {
    let (manifest, state) = (manifest(), judged(failed()));
    let notices = ["progress not saved: the disk is full".to_string()];
    assert_snapshot!(in_every_way(|out, width| {
        let scene = Scene {
            newcomer: true,
            notices: &notices,
            ..scene(&manifest, width, &[])
        };
        draw(&state, &scene, out)
    }));
}

#[test]
fn a_screen_is_no_higher_than_its_window() {
    let (manifest, page) = (manifest(), page());
    for (name, state) in screens() {
        for height in [24, 30, 50] {
            let mut out = Vec::new();
            let scene = Scene {
                height,
                ..scene(&manifest, 80, &page)
            };
            draw(&state, &scene, &mut out).unwrap();
            let lines = String::from_utf8(out).unwrap().trim_end().lines().count();
            assert!(lines <= height, "{name}: {lines} lines of {height}");
        }
    }
}
