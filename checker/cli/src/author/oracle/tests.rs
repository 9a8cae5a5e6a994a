use super::*;
use crate::course::sample::SampleCourse;
use std::fs;
use transcript::{EXACT, T64};

fn reference() -> Transcript {
    let mut t = Transcript::default();
    let words = Values::Texts(vec!["a".into(), "b".into()]);
    t.check_mut("law").observations = vec![
        Observation::numbers("y", &[2], T64, vec![0.5, f64::NAN]),
        Observation::new("v", &[2], EXACT, words),
        Observation::numbers("flops", &[], Tolerance::AtMost(9.0), vec![7.0]),
    ];
    t
}

/// The findings, when the values of `law` are these.
fn found(law: &str) -> (Vec<String>, Agreement) {
    let course = SampleCourse::create();
    let files = course.layout.exercise(course.entry("count_pairs"));
    fs::create_dir_all(files.oracle_values().parent().unwrap()).unwrap();
    let text = format!(
        r#"{{"exercise": "count_pairs", "seed": 1, "libraries": {{"numpy": "2"}},
        "tolerance": {{"atol": 1e-9, "rtol": 0, "why": "one rounding"}},
        "checks": {{"law": {law}}}}}"#
    );
    fs::write(files.oracle_values(), text).unwrap();
    let (found, agreement) = findings(&course.layout, &files, &reference());
    (found.into_iter().map(|f| f.message).collect(), agreement)
}

const V: &str = r#""v": {"shape": [2], "values": ["a", "b"]}"#;

#[test]
fn what_agrees_is_counted() {
    let y = r#""y": {"shape": [2], "values": [0.5000000001, "NaN"]}"#;
    let (problems, agreement) = found(&format!("{{{y}, {V}}}"));
    assert_eq!(problems, [""; 0]);
    assert_eq!((agreement.observations, agreement.elements), (2, 4));
    assert!((agreement.largest_error - 1e-10).abs() < 1e-12);
}

#[test]
fn what_differs_lacks_or_stands_alone_is_told() {
    let y = r#""y": {"shape": [2], "values": [0.6, "NaN"]}"#;
    let more = r#""w": {"shape": [], "values": [1]}"#;
    let (problems, _) = found(&format!("{{{y}, {more}}}"));
    assert_eq!(
        problems,
        [
            "`y` of \"law\" is 0.5 at [0]; outside it is 0.6, and ±1e-9+0.0 is allowed",
            "`v` of \"law\" has no outside value",
            "an orphan: no observation is called `w` in \"law\"",
        ]
    );
    let y = r#""y": {"shape": [1, 2], "values": [0.5, "NaN"]}"#;
    let (problems, _) = found(&format!("{{{y}, {V}}}"));
    assert_eq!(
        problems,
        ["`y` of \"law\" has shape [2]; outside it has [1, 2]"]
    );
}

#[test]
fn a_file_that_is_not_of_the_format_is_told() {
    let why = |text: &str| OracleValues::parse(text, "a").unwrap_err();
    assert!(why("{").contains("not what a script prints"));
    let head = r#""libraries": {}, "checks": {}, "tolerance": {"atol": 0, "rtol": 0, "why": """#;
    let other = format!(r#"{{"exercise": "b", "seed": 1, {head}}}}}"#);
    assert_eq!(why(&other), "the values are those of `b`");
    let seed = format!(r#"{{"exercise": "a", "seed": 2, {head}}}}}"#);
    assert_eq!(why(&seed), "the values are of seed 2, not of seed 1");
    let reason = format!(r#"{{"exercise": "a", "seed": 1, {head}}}}}"#);
    assert_eq!(why(&reason), "the tolerance is stated without a reason");
}
