//! One finished exercise: small enough to compile in a blink, right in every respect.
//!
//! It is what [`TestCourse::exercise`](super::TestCourse::exercise) starts from; a test
//! then spoils or replaces what it is about.

/// Replaced by the exercise's name in all texts below.
pub const NAME: &str = "NAME";

pub const STARTER: &str = r#"//! # Twice as much
//!
//! ## Understand
//! `double` returns 2x, element by element: [1, 2, 3] becomes [2, 4, 6].
//!
//! ## Plan
//! Every element is multiplied by the same number.
//!
//! ## Carry out
//! One line.
//!
//! ## Look back
//! n multiplications.

use ndarray::{Array1, ArrayRef1};

/// 2x, of the shape of x.
pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {
    todo!()
}
"#;

pub const SOLUTION: &str = r#"//! Twice as much.

use ndarray::{Array1, ArrayRef1};

/// 2x, of the shape of x.
pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {
    x * 2.0
}
"#;

pub const CHECKS: &str = r#"use NAME::double;

use kit::prelude::*;

pub fn main() {
    checks(&[
        ("one, two, three become two, four, six", |c| {
            let x = array![1.0, 2.0, 3.0];
            c.given("x", &x);
            c.observe("y", &double(&x), T64);
        }),
        ("any numbers are doubled", |c| {
            let x = c.normal(3);
            c.given("x", &x);
            let y = double(&x);
            c.observe("y", &y, T64);
            c.close(y.sum(), 2.0 * x.sum(), T64, "the sum is doubled");
        }),
    ])
}
"#;

/// Name and source.
pub const MISTAKES: [(&str, &str); 2] = [
    (
        "adds_two",
        r#"//! Two was added, so small numbers grew too much and large ones too little. Doubling
//! multiplies.

use ndarray::{Array1, ArrayRef1};

pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {
    x + 2.0
}
"#,
    ),
    (
        "squares",
        r#"//! The numbers were multiplied by themselves, which is right for 2 alone. Doubling
//! multiplies by two.

use ndarray::{Array1, ArrayRef1};

pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {
    x * x
}
"#,
    ),
];

/// Name and source.
pub const ACCEPTED: [(&str, &str); 1] = [(
    "adds_itself",
    r#"use ndarray::{Array1, ArrayRef1};

pub fn double(x: &ArrayRef1<f64>) -> Array1<f64> {
    x + x
}
"#,
)];

/// What insta would write above a recorded transcript.
const HEADER: &str = "---\nsource: checker/cli/tests/course.rs\n---\n";

/// Name and content of each snapshot.
pub fn snapshots() -> [(&'static str, String); 3] {
    [
        ("reference", RECORDED_REFERENCE),
        ("mistake@adds_two", RECORDED_ADDS_TWO),
        ("mistake@squares", RECORDED_SQUARES),
    ]
    .map(|(name, transcript)| (name, format!("{HEADER}{transcript}")))
}

const RECORDED_REFERENCE: &str = "\
# one, two, three become two, four, six
y [3] ±1e-12+1e-10
  2.0 4.0 6.0
# any numbers are doubled
y [3] ±1e-12+1e-10
  -3.192182460729269 -0.14135919819103293 -0.4923220150804859
";

const RECORDED_ADDS_TWO: &str = "\
# one, two, three become two, four, six
y [3] ±1e-12+1e-10
  3.0 4.0 5.0
# any numbers are doubled
y [3] ±1e-12+1e-10
  0.4039087696353656 1.9293204009044835 1.753838992459757
? the sum is doubled: yours 4.087068162999606, expected -3.8258636740007876
";

const RECORDED_SQUARES: &str = "\
# one, two, three become two, four, six
y [3] ±1e-12+1e-10
  1.0 4.0 9.0
# any numbers are doubled
y [3] ±1e-12+1e-10
  2.5475072156468923 0.004995605728302932 0.06059524163322755
? the sum is doubled: yours 2.6130980630084224, expected -3.8258636740007876
";

pub const ORACLE_SCRIPT: &str = r#"import json
import sys

given = json.load(sys.stdin)
checks = {
    check: {"y": {"shape": x["x"]["shape"], "values": [2 * value for value in x["x"]["values"]]}}
    for check, x in given["checks"].items()
}
answer = {
    "exercise": "NAME",
    "seed": given["seed"],
    "libraries": {"python": "3"},
    "tolerance": {"atol": 1e-12, "rtol": 1e-10, "why": "one rounding"},
    "checks": checks,
}
json.dump(answer, sys.stdout, indent=1)
print()
"#;

pub const ORACLE_VALUES: &str = r#"{
 "exercise": "NAME",
 "seed": 1,
 "libraries": {"python": "3"},
 "tolerance": {"atol": 1e-12, "rtol": 1e-10, "why": "one rounding"},
 "checks": {
  "one, two, three become two, four, six": {
   "y": {"shape": [3], "values": [2.0, 4.0, 6.0]}
  },
  "any numbers are doubled": {
   "y": {"shape": [3], "values": [-3.192182460729269, -0.14135919819103293, -0.4923220150804859]}
  }
 }
}
"#;

pub const NOTES: &str = "# Sums\n\n`NAME` doubles: $y_i = 2 x_i$.\n";
