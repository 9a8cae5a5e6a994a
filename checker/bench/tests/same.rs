//! Every kernel of the course computes on a real device what it computes on the simulator.
//!
//! Each exercise's own check program runs twice, with the reference for its answer: once as it
//! is, once with all its kernels on the device. What it observes must agree within the check's own
//! tolerance. What only the simulator knows, counts and what it catches, is left out.
//!
//! `cargo test -p bench --features wgpu` runs it. Without an adapter, or without the feature,
//! it says so and passes; with `LLMLINGS_DEVICE=required` it fails then.

use bench::{Kind, Opened, open};
use serde_json::Value;
use std::env;
use std::process::{Command, ExitCode};
use transcript::{Observation, Tolerance, Values, difference};

include!(concat!(env!("OUT_DIR"), "/checks.rs"));

/// Names to a child the exercise whose check program it is to be, and where its kernels run.
const CHILD: &str = "BENCH_SAME_CHILD";

/// The runtimes that this test was built with.
const KINDS: &[Kind] = &[
    #[cfg(feature = "wgpu")]
    Kind::Wgpu,
    #[cfg(feature = "cuda")]
    Kind::Cuda,
    #[cfg(feature = "cpu")]
    Kind::Cpu,
];

fn main() -> ExitCode {
    if let Ok(child) = env::var(CHILD) {
        be(&child);
        return ExitCode::SUCCESS;
    }
    let required = env::var("LLMLINGS_DEVICE").is_ok_and(|word| word == "required");
    if KINDS.is_empty() {
        println!("skipped: built without a real device; `--features wgpu` brings one");
        return ExitCode::from(u8::from(required));
    }
    let mut failed = false;
    for &kind in KINDS {
        failed |= match open(kind) {
            Err(absent) => {
                println!("{}: skipped: {absent}", kind.name());
                required
            }
            Ok(device) => !all_same(kind, &device),
        };
    }
    ExitCode::from(u8::from(failed))
}

/// Runs one exercise's check program, with all that it observes as events.
fn be(child: &str) {
    let (kind, name) = child.split_once(' ').expect("a device and a name");
    match open(kind.parse().expect("a device")).expect("it was there before") {
        Opened::Simulator => {}
        Opened::Real { client, .. } => lab::run_on(client),
    }
    let (_, checks) = CHECKS.iter().find(|(of, _)| *of == name).expect("a name");
    checks();
}

fn all_same(kind: Kind, device: &Opened) -> bool {
    println!("{}: {}", kind.name(), device.machine().name);
    let mut same = true;
    for (name, _) in CHECKS {
        let simulated = observed(Kind::Sim, name);
        let real = observed(kind, name);
        let outcome = simulated.and_then(|simulated| compare(&simulated, &real?));
        match outcome {
            Ok(values) => println!("  {name}: {values} values are the same"),
            Err(why) => {
                println!("  {name}: {why}");
                same = false;
            }
        }
    }
    same
}

/// What a check program said in the end: evidence, and how its checks ended.
struct Run {
    /// By check and name.
    observations: Vec<(String, Observation)>,
}

fn observed(kind: Kind, name: &str) -> Result<Run, String> {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let events = format!("{folder}/same-{}-{name}.events", kind.name());
    let _ = std::fs::remove_file(&events);
    let program = env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new(program)
        .args(["--emit", "--events", &events])
        .env(CHILD, format!("{} {name}", kind.name()))
        .output()
        .map_err(|e| e.to_string())?;
    let text = std::fs::read_to_string(&events).unwrap_or_default();
    let mut run = Run {
        observations: Vec::new(),
    };
    let mut finished = false;
    for line in text.lines() {
        let event: Value = serde_json::from_str(line).map_err(|e| format!("{e}: {line}"))?;
        let word = |key: &str| event[key].as_str().unwrap_or_default().to_string();
        match event["event"].as_str() {
            Some("observe") => {
                let observation = observation(&event).ok_or_else(|| format!("what is {line}?"))?;
                run.observations.push((word("check"), observation));
            }
            Some("end") if word("outcome") == "panicked" => {
                return Err(format!(
                    "on {}, {:?} panicked: {}",
                    kind.name(),
                    word("check"),
                    word("message")
                ));
            }
            Some("finish") => finished = true,
            _ => {}
        }
    }
    match finished {
        true => Ok(run),
        false => Err(format!(
            "on {} it left early: {}",
            kind.name(),
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

fn observation(event: &Value) -> Option<Observation> {
    let shape: Vec<usize> = event["shape"]
        .as_array()?
        .iter()
        .map(|n| n.as_f64().map(|n| n as usize))
        .collect::<Option<_>>()?;
    let values = event["values"].as_array()?.iter();
    let values = if event["text"].as_bool() == Some(true) {
        Values::Texts(
            values
                .map(|v| v.as_str().map(String::from))
                .collect::<Option<_>>()?,
        )
    } else {
        // NaN and the infinities travel as texts.
        let number = |v: &Value| v.as_f64().or_else(|| v.as_str()?.parse().ok());
        Values::Numbers(values.map(number).collect::<Option<_>>()?)
    };
    let tolerance = Tolerance::from_text(event["tolerance"].as_str()?)?;
    Some(Observation::new(
        event["name"].as_str()?,
        &shape,
        tolerance,
        values,
    ))
}

/// How many values agree; or the first that do not.
fn compare(simulated: &Run, real: &Run) -> Result<usize, String> {
    let mut values = 0;
    for (check, want) in &simulated.observations {
        // A bound is one of a count.
        if matches!(want.tolerance, Tolerance::AtMost(_) | Tolerance::AtLeast(_)) {
            continue;
        }
        let found = real
            .observations
            .iter()
            .find(|(of, got)| of == check && got.name == want.name);
        let Some((_, got)) = found else {
            return Err(format!("{check:?} does not observe {:?} there", want.name));
        };
        if let Some(difference) = difference(got, want) {
            return Err(format!("{check:?}, {:?}: {difference}", want.name));
        }
        values += want.values.len();
    }
    match values {
        0 => Err("it observes nothing".into()),
        values => Ok(values),
    }
}
