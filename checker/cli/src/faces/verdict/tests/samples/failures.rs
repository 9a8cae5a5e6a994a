//! Checks that fail in every way.

use super::{elements, failed, figure, mismatch, place};
use crate::runner::{Failure, Mismatch, Report};
use transcript::{Difference, Tolerance};

/// A failure of each kind, with its name.
pub(in super::super) fn failures() -> Vec<(&'static str, Report)> {
    let mut all = vec![
        (
            "panic",
            failed(
                1,
                panic("index out of bounds: the len is 3 but the index is 3"),
            ),
        ),
        (
            "assertion",
            failed(
                1,
                panic("assertion `left == right` failed\n  left: 1\n right: 2"),
            ),
        ),
        ("only a law", failed(0, law())),
        ("nothing told", failed(0, Failure::default())),
    ];
    let with = |mismatches| Failure {
        mismatches,
        ..Failure::default()
    };
    let lone = lone().into_iter().map(|(what, one)| (what, vec![one]));
    let whole = whole().into_iter().map(|(what, one)| (what, vec![one]));
    let many = (0..6).map(|i| mismatch(&format!("p{i}"), elements(&[], "2", "3", 1, 1)));
    let mismatches = lone.chain(whole).chain([("many", many.collect())]);
    all.extend(mismatches.map(|(what, mismatches)| (what, failed(4, with(mismatches)))));
    all
}

fn panic(message: &str) -> Failure {
    Failure {
        panic: Some((message.into(), Some(place(41)))),
        ..Failure::default()
    }
}

fn law() -> Failure {
    Failure {
        broken: vec!["p ≥ 0 everywhere".into()],
        ..Failure::default()
    }
}

/// Mismatches of which one value is told.
fn lone() -> Vec<(&'static str, Mismatch)> {
    let kind = Difference::Kind {
        yours: "\"None\"".into(),
        expected: "3".into(),
    };
    let bound = Difference::Bound {
        yours: 2_097_152.0,
        bound: Tolerance::AtMost(98_304.0),
    };
    let judged = "node 3 stands before node 1, on which it depends";
    let near = Difference::Elements {
        first: vec![7],
        yours: "0.12345678".into(),
        expected: "0.12345679".into(),
        largest_error: Some(1e-8),
        wrong: 1,
        total: 1200,
        separation: 3.2,
    };
    vec![
        ("never computed", mismatch("s", Difference::Missing)),
        ("another kind", mismatch("ids", kind)),
        ("bound", mismatch("peak bytes", bound)),
        (
            "judged",
            mismatch("order", Difference::Judged(judged.into())),
        ),
        (
            "infinite",
            mismatch("s", elements(&[2], "inf", "0.5", 3, 3)),
        ),
        ("near", mismatch("s", near)),
    ]
}

/// Mismatches of arrays that are told whole.
fn whole() -> Vec<(&'static str, Mismatch)> {
    let nan = elements(&[1], "NaN", "0", 1, 3);
    let texts = elements(&[0], "\"th\"", "\"the\"", 2, 3);
    let cube = elements(&[1, 0, 1], "0", "6", 1, 8);
    let vector = |yours: &[&str], expected: &[&str], difference| {
        arrays(
            &[yours.len()],
            yours,
            &[expected.len()],
            expected,
            difference,
        )
    };
    let sevenths: Vec<String> = (0..16).map(|i| (f64::from(i) / 7.0).to_string()).collect();
    let expected: Vec<&str> = sevenths.iter().map(String::as_str).collect();
    let mut yours = expected.clone();
    (yours[3], yours[9]) = ("0.4285714", "-1");
    let long = elements(&[3], yours[3], expected[3], 2, 16);
    let (row, column) = (["1", "2", "3"], [3, 1]);
    let (one, other) = (
        ["1", "2", "3", "4", "5", "0", "7", "8"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
    );
    vec![
        (
            "NaN",
            vector(&["0.5", "NaN", "0.25"], &["0.5", "0", "0.25"], nan),
        ),
        (
            "texts",
            vector(
                &["\"th\"", "\"e\"", "\" \""],
                &["\"the\"", "\"e\"", "\"\\n\""],
                texts,
            ),
        ),
        ("a long vector", vector(&yours, &expected, long)),
        (
            "another shape",
            arrays(&[3], &row, &column, &row, shape(&[3], &column)),
        ),
        ("empty", vector(&[], &["1", "2"], shape(&[0], &[2]))),
        (
            "three axes",
            arrays(&[2, 2, 2], &one, &[2, 2, 2], &other, cube),
        ),
    ]
}

fn shape(yours: &[usize], expected: &[usize]) -> Difference {
    Difference::Shape {
        yours: yours.to_vec(),
        expected: expected.to_vec(),
    }
}

fn arrays(
    my_shape: &[usize],
    yours: &[&str],
    shape: &[usize],
    expected: &[&str],
    difference: Difference,
) -> Mismatch {
    Mismatch {
        whole: Some((figure(my_shape, yours), figure(shape, expected))),
        ..mismatch("dz", difference)
    }
}
