use super::*;
use crate::author::oracle::Agreement;
use crate::author::{Clarity, Separation};
use std::time::Duration;

fn row(role: Role, name: &str, rejected: usize) -> Row {
    Row {
        role,
        name: name.into(),
        rejected: Some(rejected),
        clarity: None,
        first_failing: None,
        recognised: None,
    }
}

fn check() -> ExerciseCheck {
    let law = "each row of the table sums to one";
    let mistake = |name: &str, separation, recognised: Option<&str>| Row {
        clarity: Some(Clarity {
            seed: 4711,
            check: law.into(),
            observation: "P".into(),
            separation,
        }),
        first_failing: Some(law.into()),
        recognised: recognised.map(String::from),
        ..row(Role::Mistake, name, 20)
    };
    ExerciseCheck {
        id: "count_pairs".into(),
        seeds: (4711..4731).collect(),
        rows: vec![
            row(Role::Reference, "reference", 0),
            Row {
                first_failing: Some(law.into()),
                ..row(Role::Starter, "starter", 20)
            },
            row(Role::Accepted, "by_hash_maps", 0),
            mistake("columns", Separation::Tolerances(3.2e8), Some("columns")),
            mistake("near", Separation::Tolerances(20.0), None),
            mistake("wasteful", Separation::Ratio(1.9), Some("columns")),
        ],
        agreement: Some(Agreement {
            observations: 12,
            elements: 340,
            largest_error: 2.2e-16,
        }),
        findings: vec![Finding {
            place: "solutions/01_markov/count_pairs/mistakes/near.rs".into(),
            message: "the mistake near is nearly right on seed 4711: `P` is off by 20.0 tolerances"
                .into(),
            advice: "choose inputs that separate it by at least 100 tolerances".into(),
        }],
        took: Duration::from_millis(7_340),
    }
}

fn drawn(width: usize) -> String {
    colored::control::set_override(true);
    let mut out = Vec::new();
    draw_check(&check(), &mut out, width).unwrap();
    let text = String::from_utf8(out).unwrap();
    let text = anstream::adapter::strip_str(&text).to_string();
    for line in text.lines().filter(|line| line.width() > width) {
        // Only a word that is longer than a line may stand out of it.
        assert_eq!(line.split_whitespace().count(), 1, "{width}: {line}");
    }
    text
}

fn coloured(width: usize) -> String {
    let mut out = Vec::new();
    draw_check(&check(), &mut out, width).unwrap();
    String::from_utf8(out).unwrap().replace('\x1b', "␛")
}

#[test]
fn a_wide_terminal_shows_answers_as_a_table() {
    insta::assert_snapshot!([80, 120].map(drawn).join("\n\n"));
}

#[test]
fn colours_only_repeat_what_marks_and_words_say() {
    colored::control::set_override(true);
    insta::assert_snapshot!([40, 80, 120].map(coloured).join("\n\n"));
}

#[test]
fn a_narrow_terminal_shows_them_one_below_the_other() {
    insta::assert_snapshot!(drawn(40));
    drawn(60);
}
