//! The page of a learner who has begun.

use super::{Line, Report, draw};
use crate::course::sample::INFO;
use crate::course::{ContentHash, Manifest, Progress};
use crate::faces::list;
use crate::runner::{self, Failure, Number, Plot, PlotLine, SeriesPlot, Verdict};
use std::path::Path;

fn passed() -> runner::Report {
    let line = PlotLine {
        label: "yours & mine".into(),
        x: vec![Number(1.0), Number(2.0)],
        y: vec![Number(3.0), Number(1.0)],
    };
    runner::Report {
        numbers: vec![
            ("pairs <all>".into(), 1234.0, String::new()),
            ("surprise".into(), 0.25, "bits".into()),
        ],
        measured: Some(6e-6),
        plots: vec![Plot::Series(SeriesPlot {
            title: "</svg><script>alert(1)</script>".into(),
            x: "step".into(),
            y: "loss".into(),
            log_x: false,
            log_y: false,
            lines: vec![line],
        })],
        ..runner::Report::of(Verdict::Passed)
    }
}

/// The page; `begun` tells what was done in which order of exercises.
fn page(begun: impl FnOnce(&mut Progress, &Manifest), runs: &[(&str, runner::Report)]) -> String {
    let manifest = Manifest::parse(INFO, Path::new("info.toml")).unwrap();
    let mut progress = Progress::default();
    begun(&mut progress, &manifest);
    let rows = list::rows(&manifest, &progress, |_| Some(ContentHash::of(b"now")));
    let line = |row: list::Row<'_>| {
        let id = row.entry.exercise.id.as_str();
        let run = runs.iter().find(|(name, _)| *name == id);
        let answer = format!("exercises/{id}.rs");
        (row.entry.index, run, answer)
    };
    let told: Vec<_> = rows.iter().map(|row| line(*row)).collect();
    let lines = rows.iter().zip(&told).map(|(row, (_, run, answer))| Line {
        row: *row,
        record: progress.record(row.entry),
        run: run.map(|(_, report)| report),
        answer: (answer.clone(), format!("../{answer}")),
    });
    draw(&Report {
        manifest: &manifest,
        path: manifest.paths.first(),
        lines: lines.collect(),
    })
}

#[test]
fn a_learner_who_has_begun() {
    let failure = Failure {
        check: "no <pair> is lost".into(),
        ..Failure::default()
    };
    let failed = runner::Report::of(Verdict::ChecksFailed(Box::new(failure)));
    let html = page(
        |progress, manifest| {
            let entry = |id| manifest.get(id).unwrap();
            progress.record_attempt(entry("count_pairs"));
            progress.record_pass(entry("count_pairs"), ContentHash::of(b"now"), 1_795_478_400);
            progress.record_pass(entry("count_bug"), ContentHash::of(b"then"), 0);
            progress.reveal_hint(entry("count_pairs"));
            progress.record_guess(entry("best_step"), 0.001);
        },
        &[("count_pairs", passed()), ("count_bug", failed)],
    );
    assert!(!html.contains("<script"), "{html}");
    let (_, body) = html.split_once("</head>").unwrap();
    insta::assert_snapshot!(body);
}

#[test]
fn a_learner_who_has_not_begun_has_no_runs() {
    let html = page(|_, _| {}, &[]);
    assert!(html.contains("0 of 5 exercises passed, 0 of "), "{html}");
    assert!(!html.contains("Your runs") && !html.contains("Your guesses"));
}

#[test]
fn a_guess_stands_beside_what_was_measured() {
    let html = page(
        |progress, manifest| {
            progress.record_guess(manifest.get("best_step").unwrap(), 0.001);
        },
        &[("best_step", passed())],
    );
    assert!(html.contains("<td>0.001</td><td>6×10⁻⁶</td>"), "{html}");
    assert!(
        html.contains("You were too high by a factor of 167."),
        "{html}"
    );
}
