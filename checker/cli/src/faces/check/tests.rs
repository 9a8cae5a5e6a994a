use super::*;
use crate::faces::drawn::in_every_way;
use crate::runner::{CheckState, Failure, Mismatch, Report, Stop, Verdict, When};
use std::time::Duration;
use transcript::Difference;

fn sample() -> Vec<(Checked, Place)> {
    let failure = Failure {
        check: "each row, <of> dz: sums to zero".into(),
        mismatches: vec![Mismatch {
            name: "dz".into(),
            difference: Difference::Shape {
                yours: vec![2],
                expected: vec![3],
            },
            whole: None,
        }],
        broken: vec!["100% broken\n::error::not a command".into()],
        mistake: Some((
            "diagonal-only".into(),
            "Raising one logit lowers the others.".into(),
        )),
        ..Failure::default()
    };
    let mut failed = Report::of(Verdict::ChecksFailed(Box::new(failure)));
    failed.checks = vec![
        ("one element".into(), CheckState::Passed),
        ("each row, <of> dz: sums to zero".into(), CheckState::Failed),
        ("the whole".into(), CheckState::NotReached),
    ];
    let mut passed = Report::of(Verdict::Passed);
    passed.checks = vec![("it is so".into(), CheckState::Passed)];
    let stop = Stop {
        check: Some("a loop ends".into()),
        when: When::Running,
    };
    let late = Report::of(Verdict::TimedOut(stop, Duration::from_secs(10)));
    let fault = Report::of(Verdict::Fault("no snapshot".into()));
    let reports = [
        ("good", passed),
        ("wrong", failed),
        ("slow", late),
        ("ours", fault),
    ];
    let checked = reports.map(|(id, report)| {
        let place = Place {
            stage: "01_a".into(),
            answer: format!("exercises/01_a/{id}/src/lib.rs"),
        };
        (
            Checked {
                id: id.into(),
                report,
            },
            place,
        )
    });
    checked.into()
}

fn drawn(format: Format) -> String {
    let mut out = Vec::new();
    draw(format, &sample(), 60, &mut out).unwrap();
    anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
}

#[test]
fn json() {
    let text = drawn(Format::Json);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let exercises = value["exercises"].as_array().unwrap();
    assert_eq!(exercises.len(), 4);
    assert_eq!(exercises[1]["verdict"], "checks-failed");
    assert_eq!(exercises[1]["mistake"]["name"], "diagonal-only");
    assert_eq!(exercises[1]["checks"][2]["state"], "not-reached");
    assert_eq!(value["passed"], 1);
}

#[test]
fn junit() {
    insta::assert_snapshot!(drawn(Format::Junit));
}

#[test]
fn github() {
    insta::assert_snapshot!(drawn(Format::Github));
}

#[test]
fn what_people_read() {
    insta::assert_snapshot!(in_every_way(|out, width| {
        for (checked, _) in sample() {
            writeln!(out, "{}", line(&checked, width))?;
        }
        draw(Format::Human, &sample(), width, out)
    }));
}
