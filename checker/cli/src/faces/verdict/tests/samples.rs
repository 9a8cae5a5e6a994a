//! A report of every kind.

mod failures;

pub(super) use failures::failures;

use crate::faces::verdict::Context;
use crate::runner::{
    CheckState, Crash, Diagnostic, Failure, Figure, HeatPlot, Level, Mismatch, Number, Place, Plot,
    Report, Stop, ToolMissing, Verdict, When,
};
use std::time::Duration;
use transcript::Difference;

const ANSWER: &str = "exercises/03_backprop/softmax_backward/src/lib.rs";

const LAWS: [&str; 5] = [
    "each row of softmax sums to one",
    "adding a number to all logits changes nothing",
    "each row of the gradient sums to zero, since a common shift of the logits has no effect",
    "the gradient is that of finite differences",
    "it needs no more memory than its result",
];

pub(super) fn context() -> Context {
    Context {
        id: "softmax_backward".into(),
        title: "The gradient of softmax".into(),
        answer: ANSWER.into(),
        next: vec!["Save the file to run it again, or press h for a hint.".into()],
        guess: None,
    }
}

/// A report whose first `passed` checks hold and whose next one does not.
fn report(verdict: Verdict, passed: usize) -> Report {
    let failed = matches!(verdict, Verdict::ChecksFailed(_));
    let state = |i: usize| match i {
        _ if i < passed => CheckState::Passed,
        _ if i == passed && failed => CheckState::Failed,
        _ => CheckState::NotReached,
    };
    let checks = LAWS.iter().enumerate();
    Report {
        checks: checks.map(|(i, law)| (law.to_string(), state(i))).collect(),
        compiling: Duration::from_millis(84),
        running: Duration::from_millis(12),
        ..Report::of(verdict)
    }
}

pub(super) fn failed(passed: usize, failure: Failure) -> Report {
    let check = LAWS[passed].into();
    report(
        Verdict::ChecksFailed(Box::new(Failure { check, ..failure })),
        passed,
    )
}

pub(super) fn place(line: u32) -> Place {
    let file = ANSWER.into();
    Place { file, line }
}

pub(super) fn figure(shape: &[usize], elements: &[&str]) -> Figure {
    Figure {
        shape: shape.to_vec(),
        elements: elements.iter().map(|e| e.to_string()).collect(),
    }
}

pub(super) fn elements(
    first: &[usize],
    yours: &str,
    expected: &str,
    wrong: usize,
    total: usize,
) -> Difference {
    let error = yours.parse::<f64>().ok().zip(expected.parse::<f64>().ok());
    Difference::Elements {
        first: first.to_vec(),
        yours: yours.into(),
        expected: expected.into(),
        largest_error: error.map(|(y, e)| (y - e).abs()),
        wrong,
        total,
        separation: f64::INFINITY,
    }
}

pub(super) fn mismatch(name: &str, difference: Difference) -> Mismatch {
    Mismatch {
        name: name.into(),
        difference,
        whole: None,
    }
}

fn matrices() -> Mismatch {
    let yours = [
        "0.125",
        "0.2096648990817535",
        "-0.25",
        "0",
        "-0.125",
        "0.125",
    ];
    let expected = [
        "0.125",
        "-0.04009786482743524",
        "-0.08490213517256476",
        "0",
        "-0.125",
        "0.125000000000000007",
    ];
    Mismatch {
        whole: Some((figure(&[2, 3], &yours), figure(&[2, 3], &expected))),
        ..mismatch("dz", elements(&[0, 1], yours[1], expected[1], 2, 6))
    }
}

pub(super) fn wrong_numbers() -> Report {
    let lesson = "Only the diagonal of the Jacobian was used. Raising one logit takes probability \
         from all others: ∂sᵢ/∂zⱼ = −sᵢsⱼ for i ≠ j, and these terms do not vanish.\nWrite the \
         sum over j out once, by hand, for two logits.";
    let failure = Failure {
        mismatches: vec![matrices()],
        broken: vec!["the sum over a row of dz is below 1e-12".into()],
        mistake: Some(("diagonal-only".into(), lesson.into())),
        ..Failure::default()
    };
    Report {
        output: "z = [1.0, 2.0]\n\x1b[31mhere\x1b[0m\n".into(),
        warnings: vec![warning()],
        ..failed(2, failure)
    }
}

pub(super) fn two_wrong_arrays() -> Report {
    let mismatches = vec![matrices(), matrices()];
    let failure = Failure {
        mismatches,
        ..Failure::default()
    };
    failed(2, failure)
}

fn warning() -> Diagnostic {
    let rendered = format!(
        "\x1b[0m\x1b[1m\x1b[33mwarning\x1b[0m\x1b[1m: unused import: `Axis`\x1b[0m\n \x1b[94m-->\x1b[0m {ANSWER}:3:24\n  |\n3 | use ndarray::{{Array2, Axis}};\n  |                        ^^^^\n"
    );
    Diagnostic {
        level: Level::Warning,
        message: "unused import: `Axis`".into(),
        file: Some(ANSWER.into()),
        line: 3,
        rendered,
    }
}

fn error(message: &str, lines: usize) -> Diagnostic {
    let body: String = (1..lines)
        .map(|i| format!("{i:3} | the compiler's own words\n"))
        .collect();
    Diagnostic {
        level: Level::Error,
        message: message.into(),
        file: Some(ANSWER.into()),
        line: 41,
        rendered: format!("\x1b[1m\x1b[91merror\x1b[0m: {message}\n{body}"),
    }
}

pub(super) fn passed() -> (Report, Context) {
    let numbers = [
        ("the most frequent pair occurs", 12345.0, "times (`th`)"),
        ("compression", 2.25, "bytes/token"),
        ("peak memory", 1048576.0, "bytes"),
    ];
    let heat = HeatPlot {
        title: "Each position attends to itself and to what came before".into(),
        row: "query".into(),
        rows: ["t", "h", "e"].map(String::from).into(),
        column: "key".into(),
        columns: ["t", "h", "e"].map(String::from).into(),
        values: [1.0, 0.0, 0.0, 0.4, 0.6, 0.0, 0.1, 0.3, 0.6]
            .map(Number)
            .into(),
    };
    let numbers = numbers.map(|(name, value, unit)| (name.to_string(), value, unit.to_string()));
    let report = Report {
        numbers: numbers.into(),
        measured: Some(27.3),
        plots: vec![Plot::Heat(heat)],
        output: "a line\n\twith a tab\n".into(),
        warnings: vec![warning()],
        ..report(Verdict::Passed, LAWS.len())
    };
    let next = "Press n for the next exercise: `cross_entropy`.".into();
    let context = Context {
        guess: Some(30.0),
        next: vec![next],
        ..context()
    };
    (report, context)
}

pub(super) fn stops() -> Vec<(&'static str, Report)> {
    let stop = |passed: usize| Stop {
        check: Some(LAWS[passed].into()),
        when: When::Running,
    };
    let compiling = || Stop {
        check: None,
        when: When::Compiling,
    };
    let nowhere = Stop {
        check: None,
        when: When::Running,
    };
    let long: String = (0..100).map(|i| format!("round {i}\n")).collect();
    let limit = Duration::from_secs(10);
    let signal = |name: &str| Crash::Signal(name.into());
    let missing = ToolMissing {
        tool: "rustc".into(),
        detail: "No such file or directory (os error 2)".into(),
        help: "Install Rust from https://rustup.rs, open a new terminal and try again.".into(),
    };
    vec![
        ("timed out", report(Verdict::TimedOut(stop(2), limit), 2)),
        ("compiler timed out", Report::of(Verdict::TimedOut(compiling(), limit * 6))),
        ("stack", report(Verdict::Crashed(stop(1), Crash::StackOverflow), 1)),
        ("killed", report(Verdict::Crashed(nowhere, signal("SIGKILL")), 0)),
        ("segfault", report(Verdict::Crashed(stop(0), signal("SIGSEGV")), 0)),
        ("compiler crashed", Report::of(Verdict::Crashed(compiling(), signal("SIGSEGV")))),
        ("output", Report { output: long, ..report(Verdict::TooMuchOutput(stop(0), 1 << 16), 0) }),
        ("memory", report(Verdict::OutOfMemory(stop(4), 1 << 30), 4)),
        ("left", report(Verdict::EndedEarly(stop(3), 0), 3)),
        ("tool", Report::of(Verdict::ToolMissing(missing))),
        ("fault", Report::of(Verdict::Fault("solutions/03_backprop/softmax_backward/snapshots/reference.snap: line 3 is no observation".into()))),
        ("cancelled", Report::of(Verdict::Cancelled)),
    ]
}

pub(super) fn refusals() -> Vec<(&'static str, Report)> {
    let refused = |diagnostics, interface| Report {
        compiling: Duration::from_millis(310),
        ..Report::of(Verdict::DoesNotCompile {
            diagnostics,
            interface,
        })
    };
    vec![
        (
            "one error",
            refused(vec![warning(), error("mismatched types", 6)], false),
        ),
        (
            "long errors",
            refused(
                vec![
                    error("mismatched types", 30),
                    error("cannot find value `s`", 30),
                    error("a third", 3),
                ],
                false,
            ),
        ),
        (
            "interface",
            refused(
                vec![error(
                    "this function takes 1 argument but 2 were supplied",
                    5,
                )],
                true,
            ),
        ),
        ("no reason", refused(vec![], false)),
    ]
}

pub(super) fn todo() -> Report {
    failed(
        0,
        Failure {
            todo: Some(place(23)),
            ..Failure::default()
        },
    )
}

/// All of them.
pub(super) fn every() -> Vec<(&'static str, Report)> {
    let mut all = vec![
        ("passed", passed().0),
        ("wrong numbers", wrong_numbers()),
        ("todo", todo()),
    ];
    all.extend(failures());
    all.extend(stops());
    all.extend(refusals());
    all
}
