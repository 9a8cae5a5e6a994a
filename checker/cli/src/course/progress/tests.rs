use super::*;
use crate::course::sample::manifest;

fn hash(text: &str) -> ContentHash {
    ContentHash::of(text.as_bytes())
}

fn id(entry: Option<Entry<'_>>) -> &str {
    entry.map_or("", |entry| entry.exercise.id.as_str())
}

#[test]
fn a_pass_holds_for_the_answer_that_passed() {
    let manifest = manifest();
    let entry = manifest.get("count_pairs").unwrap();
    let mut progress = Progress::default();
    assert_eq!(progress.status(entry, Some(&hash("a"))), Status::Pending);
    progress.record_pass(entry, hash("a"), 1_700_000_000);
    assert_eq!(progress.status(entry, Some(&hash("a"))), Status::Passed);
    assert_eq!(
        progress.status(entry, Some(&hash("b"))),
        Status::ChangedSincePassed
    );
    assert_eq!(progress.status(entry, None), Status::ChangedSincePassed);
    // The clock went back: the newer pass is the later call, not the larger number.
    progress.record_pass(entry, hash("b"), 5);
    assert_eq!(progress.status(entry, Some(&hash("b"))), Status::Passed);
}

#[test]
fn progress_under_an_earlier_id_counts() {
    let manifest = manifest();
    let entry = manifest.get("count_pairs").unwrap();
    let mut progress = Progress::default();
    let old = Record {
        passed: Some(Pass {
            at: 1,
            answer: hash("a"),
            rest: Map::new(),
        }),
        attempts: 4,
        hints_shown: 2,
        ..Record::default()
    };
    progress.records.insert("pairs".to_string(), old.clone());
    progress.current = Some("pairs".to_string());

    assert_eq!(progress.status(entry, Some(&hash("a"))), Status::Passed);
    assert_eq!(id(progress.current(&manifest)), "count_pairs");
    progress.record_attempt(entry);
    assert_eq!(progress.record(entry).attempts, 5);
    assert_eq!(progress.reveal_hint(entry), 3);
    assert_eq!(
        progress.records["pairs"], old,
        "an older program still finds its own"
    );
}

#[test]
fn the_first_guess_stays_sealed() {
    let manifest = manifest();
    let entry = manifest.get("best_step").unwrap();
    let mut progress = Progress::default();
    assert_eq!(progress.record_guess(entry, f64::NAN), None);
    assert_eq!(progress.record_guess(entry, 1e-5), Some(1e-5));
    assert_eq!(progress.record_guess(entry, 1e-8), Some(1e-5));
}

#[test]
fn hints_are_climbed_and_end() {
    let manifest = manifest();
    let entry = manifest.get("count_pairs").unwrap();
    let mut progress = Progress::default();
    assert_eq!(progress.hints_shown(entry), 0);
    let climbed: Vec<_> = (0..5).map(|_| progress.reveal_hint(entry)).collect();
    assert_eq!(climbed, [1, 2, 3, 3, 3]);
    assert_eq!(
        progress.reveal_hints(entry, 1),
        3,
        "what was seen stays seen"
    );
}

#[test]
fn the_next_unsolved_comes_after_and_then_from_the_start() {
    let manifest = manifest();
    let at = |name| manifest.get(name);
    let mut progress = Progress::default();
    assert_eq!(id(progress.current(&manifest)), "count_pairs");
    assert_eq!(
        id(progress.next_unsolved(&manifest, at("count_pairs"))),
        "count_bug"
    );
    progress.record_pass(at("count_bug").unwrap(), hash(""), 0);
    assert_eq!(
        id(progress.next_unsolved(&manifest, at("count_pairs"))),
        "best_step"
    );
    assert_eq!(
        id(progress.next_unsolved(&manifest, at("gpu_capstone"))),
        "count_pairs"
    );
    for entry in manifest.exercises() {
        progress.record_pass(entry, hash(""), 0);
    }
    assert_eq!(id(progress.next_unsolved(&manifest, at("count_pairs"))), "");
    assert_eq!(id(progress.current(&manifest)), "count_pairs");
}

#[test]
fn a_path_leads_through_its_own_exercises() {
    let manifest = manifest();
    let mut progress = Progress {
        path: Some("counter".to_string()),
        ..Progress::default()
    };
    assert_eq!(
        id(progress.next_unsolved(&manifest, manifest.get("count_pairs"))),
        "gpu_map"
    );
    assert_eq!(
        id(progress.next_unsolved(&manifest, manifest.get("count_bug"))),
        "gpu_map"
    );
    assert_eq!(
        id(progress.next_unsolved(&manifest, manifest.get("gpu_capstone"))),
        "count_pairs"
    );
    progress.path = Some("gone".to_string());
    assert_eq!(progress.itinerary(&manifest).len(), 5);
}

#[test]
fn a_current_exercise_that_left_the_course_is_no_obstacle() {
    let manifest = manifest();
    let progress = Progress {
        current: Some("gone".to_string()),
        ..Progress::default()
    };
    assert_eq!(id(progress.current(&manifest)), "count_pairs");
}

#[test]
fn what_is_not_ours_is_kept() {
    let text = r#"{
        "format_version": 1,
        "theme": {"dark": true},
        "exercises": {
            "gone": {"passed": {"at": 3, "sha256": "HASH", "host": "x"}, "stars": 5},
            "count_pairs": {"attempts": 2, "notes": ["a"]}
        }
    }"#
    .replace("HASH", hash("a").as_str());
    let mut progress: Progress = serde_json::from_str(&text).unwrap();
    let manifest = manifest();
    progress.record_attempt(manifest.get("count_pairs").unwrap());
    let mut wanted: Value = serde_json::from_str(&text).unwrap();
    wanted["exercises"]["count_pairs"]["attempts"] = 3.into();
    assert_eq!(serde_json::to_value(&progress).unwrap(), wanted);
}

#[test]
fn absorbing_fills_gaps_and_changes_nothing_else() {
    let manifest = manifest();
    let (pairs, bug) = (
        manifest.get("count_pairs").unwrap(),
        manifest.get("count_bug").unwrap(),
    );
    let (mut ours, mut theirs) = (Progress::default(), Progress::default());
    ours.record_pass(pairs, hash("ours"), 1);
    theirs.record_pass(pairs, hash("theirs"), 2);
    theirs.record_pass(bug, hash("theirs"), 2);
    theirs.set_current(bug);
    assert_eq!(ours.absorb(&theirs), ["count_bug"]);
    assert_eq!(ours.status(pairs, Some(&hash("ours"))), Status::Passed);
    assert_eq!(ours.status(bug, Some(&hash("theirs"))), Status::Passed);
    assert_eq!(id(ours.current(&manifest)), "count_bug");
    assert_eq!(ours.absorb(&theirs), [""; 0]);
}
