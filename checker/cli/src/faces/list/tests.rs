use insta::assert_snapshot;

use super::*;
use crate::{
    course::sample::manifest,
    faces::drawn::{WIDTHS, at_all_widths, coloured, plain},
};

/// One exercise passed, one changed since, and the learner is at the third.
fn progress(manifest: &Manifest) -> Progress {
    let mut progress = Progress::default();
    for id in ["count_pairs", "count_bug"] {
        progress.record_pass(manifest.get(id).unwrap(), answer("count_pairs"), 0);
    }
    let current = manifest.get("best_step").unwrap();
    progress.set_current(current);
    progress.reveal_hint(current);
    progress
}

fn answer(id: &str) -> ContentHash {
    ContentHash::of(id.as_bytes())
}

fn sample(manifest: &Manifest) -> Vec<Row<'_>> {
    rows(manifest, &progress(manifest), |entry| {
        Some(answer(&entry.exercise.id))
    })
}

fn ids(filter: Filter) -> Vec<String> {
    let manifest = manifest();
    let chosen = filter.apply(&manifest, &sample(&manifest)).unwrap();
    chosen
        .iter()
        .map(|row| row.entry.exercise.id.clone())
        .collect()
}

#[test]
fn the_table_is_right_at_every_width() {
    let manifest = manifest();
    let rows = sample(&manifest);
    assert_snapshot!(at_all_widths(|out, width| draw(out, &rows, &rows, width)));
    for width in 10..130 {
        plain(width, |out, width| draw_table(out, &rows, width));
    }
}

#[test]
fn colours_only_repeat_what_marks_and_words_say() {
    let manifest = manifest();
    let rows = sample(&manifest);
    let drawn = WIDTHS.map(|width| coloured(width, |out, width| draw(out, &rows, &rows, width)));
    assert_snapshot!(drawn.join("\n"));
}

#[test]
fn filters_narrow_the_list() {
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        ids(filter)
    };
    assert_eq!(with(&|_| ()).len(), 5);
    assert_eq!(with(&|f| f.done = true), ["count_pairs"]);
    let pending = ["count_bug", "best_step", "gpu_map", "gpu_capstone"];
    assert_eq!(with(&|f| f.pending = true), pending);
    assert_eq!(
        with(&|f| f.stage = Some("slopes".to_string())),
        ["best_step"]
    );
    assert_eq!(
        with(&|f| f.path = Some("counter".to_string())),
        ["count_pairs", "gpu_map"]
    );
    assert_eq!(
        with(&|f| f.search = Some("KERNEL".to_string())),
        ["gpu_capstone"]
    );
    assert_eq!(with(&|f| f.search = Some("bug".to_string())), ["count_bug"]);
    let none = with(&|f| (f.done, f.search) = (true, Some("gpu".to_string())));
    assert_eq!(none, [""; 0]);
}

#[test]
fn a_filter_that_names_nothing_says_so() {
    let manifest = manifest();
    let filter = Filter {
        stage: Some("13".to_string()),
        ..Filter::default()
    };
    let error = filter.apply(&manifest, &sample(&manifest)).unwrap_err();
    assert_snapshot!(error, @"no stage is called `13`; `llmlings list` shows what there is");
}

#[test]
fn an_empty_list_is_told() {
    assert_snapshot!(plain(40, |out, width| draw_table(out, &[], width)), @"No exercise is like that.");
}

#[test]
fn a_program_gets_the_same_facts() {
    let manifest = manifest();
    let all = sample(&manifest);
    let value = to_json(&manifest, &all, &all[2..3]);
    assert_snapshot!(serde_json::to_string_pretty(&value).unwrap(), @r#"
    {
      "title": "A sample",
      "current": "best_step",
      "passed": 2,
      "total": 5,
      "exercises": [
        {
          "id": "best_step",
          "title": "Guess the best step of a central difference, then measure it",
          "spiral": "foundations",
          "stage": "03_slopes",
          "stage_title": "Slopes",
          "kind": "predict",
          "difficulty": 3,
          "minutes": 40,
          "points": 30,
          "device": "cpu",
          "heavy": false,
          "revisits": [
            "count_pairs"
          ],
          "status": "pending",
          "current": true,
          "hints_shown": 1,
          "hints": 2,
          "answer": "exercises/03_slopes/best_step/src/lib.rs"
        }
      ]
    }
    "#);
}
