//! Verdicts as JSON.

use super::Place;
use crate::checking::Checked;
use crate::runner::{Report, Verdict};
use serde_json::{Value, json};
use std::io::{self, Write};

/// An object with an `exercises` array, in the course's order.
pub fn draw(checked: &[(Checked, Place)], out: &mut dyn Write) -> io::Result<()> {
    let exercises: Vec<Value> = checked
        .iter()
        .map(|(c, place)| exercise(c, place))
        .collect();
    let passed = checked
        .iter()
        .filter(|(c, _)| c.report.verdict.is_pass())
        .count();
    let object = json!({
        "passed": passed,
        "total": checked.len(),
        "exercises": exercises,
    });
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn exercise(checked: &Checked, place: &Place) -> Value {
    let Report {
        verdict, checks, ..
    } = &checked.report;
    let checks: Vec<Value> = checks
        .iter()
        .map(|(name, state)| json!({ "name": name, "state": state }))
        .collect();
    json!({
        "id": checked.id,
        "stage": place.stage,
        "answer": place.answer,
        "verdict": verdict.word(),
        "passed": verdict.is_pass(),
        "summary": verdict.summary(),
        "mistake": mistake(verdict),
        "diagnostics": diagnostics(verdict),
        "checks": checks,
        "compile_ms": checked.report.compiling.as_millis() as u64,
        "run_ms": checked.report.running.as_millis() as u64,
    })
}

fn mistake(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::ChecksFailed(failure) => match &failure.mistake {
            Some((name, lesson)) => json!({ "name": name, "lesson": lesson }),
            None => Value::Null,
        },
        _ => Value::Null,
    }
}

fn diagnostics(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::DoesNotCompile { diagnostics, .. } => json!(diagnostics),
        _ => json!([]),
    }
}
