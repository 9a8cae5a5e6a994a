//! `dev mutants` names the small changes of a reference that no check notices.
//!
//! cargo-mutants need not be installed: a script stands in for it, behind cargo's door.
#![cfg(unix)]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use support::program::{PROGRAM, Ran, ran};
use support::{TestCourse, sample};

/// A change of the sample's reference: what stands at `from` in its line 7 becomes `to`.
fn change(from: &str, to: &str) -> Value {
    let column = 1 + reference().lines().nth(6).unwrap().find(from).unwrap();
    let position = |column: usize| json!({"line": 7, "column": column});
    json!({
        "name": format!("solutions/x.rs:7:{column}: replace {from} with {to} in double"),
        "replacement": to,
        "span": {"start": position(column), "end": position(column + from.len())},
    })
}

/// The sample's reference, with a branch that its checks never come to.
fn reference() -> String {
    let text = sample::SOLUTION.replace("x * 2.0", "if x.len() > 99 { x * 1.0 } else { x * 2.0 }");
    let line = text.lines().nth(6);
    assert!(line.is_some_and(|line| line.contains("x.len() > 99")));
    text
}

/// Runs `dev mutants` with a cargo that answers `mutants` by `command`, and is the true one
/// for everything else.
fn mutants_by(course: &TestCourse, command: &str) -> Ran {
    let script = course.path("cargo.sh");
    let cargo = env!("CARGO");
    let text =
        format!("#!/bin/sh\nif [ $1 = mutants ]; then {command}; else exec '{cargo}' \"$@\"; fi\n");
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut program = Command::new(PROGRAM);
    program
        .args(["dev", "mutants", "twice"])
        .env("CARGO", script);
    ran(program.current_dir(course.root()).env("COLUMNS", "80"))
}

/// Runs `dev mutants` where these changes are proposed.
fn mutants(course: &TestCourse, changes: &[Value]) -> Ran {
    let list = course.path("list.json");
    fs::write(&list, Value::from(changes).to_string()).unwrap();
    mutants_by(course, &format!("cat '{}'", list.display()))
}

fn twice() -> TestCourse {
    TestCourse::new().exercise("twice").solution(&reference())
}

#[test]
fn each_change_meets_its_fate() {
    let changes = [
        change("x * 2.0", "x + 2.0"),
        change("x * 2.0", "x + two"),
        change("x * 2.0", "loop {}"),
        change("x * 1.0", "x / 1.0"),
    ];
    let course = twice().info("time_limit", "1").build();
    let judged = mutants(&course, &changes);
    assert_eq!(judged.code, 1, "{judged:?}");
    insta::assert_snapshot!(judged.stdout, @"
    ✗ twice, 4 mutants: 1 rejected, 1 refused by the compiler, 1 too slow, 1
      survived
    ✗ solutions/01_sums/twice/solution.rs:7: passes every check: replace x * 1.0
      with x / 1.0 in double (`if x.len() > 99 { x * 1.0 } else { x * 2.0 }`)
      = add an observation that tells it from the reference; if none can, say why in
        equivalent.toml
    ");
}

#[test]
fn what_is_explained_is_no_gap_and_needs_its_mutant() {
    let explained = "[[mutant]]\n\
        change = \"replace x * 1.0 with x / 1.0 in double\"\n\
        line = \"if x.len() > 99 { x * 1.0 } else { x * 2.0 }\"\n\
        why = \"x/1 is x\"\n";
    let course = twice().in_solution("equivalent.toml", explained).build();
    let judged = mutants(&course, &[change("x * 1.0", "x / 1.0")]);
    assert_eq!(judged.code, 0, "{judged:?}");
    insta::assert_snapshot!(judged.stdout, @"✓ twice, 1 mutant: 1 equivalent");
    let judged = mutants(&course, &[change("x * 2.0", "x + 2.0")]);
    assert_eq!(judged.code, 1, "{judged:?}");
    insta::assert_snapshot!(judged.stdout, @"
    ✗ twice, 1 mutant: 1 rejected
    ✗ solutions/01_sums/twice/equivalent.toml: explains what does not happen:
      replace x * 1.0 with x / 1.0 in double (`if x.len() > 99 { x * 1.0 } else { x
      * 2.0 }`)
      = no mutant like this passes any more: delete the explanation
    ");
}

#[test]
fn without_cargo_mutants_it_says_how_to_get_it() {
    let unknown = "echo 'error: no such command: `mutants`' >&2; exit 101";
    let refused = mutants_by(&twice().build(), unknown);
    assert_eq!(refused.code, 4, "{refused:?}");
    let advice = "cargo install --locked cargo-mutants";
    assert!(refused.stderr.contains(advice), "{}", refused.stderr);
}
