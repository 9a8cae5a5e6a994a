//! The inputs of an exercise's checks, as the oracle scripts read them.

use super::Workshop;
use super::answers::{Answer, Role};
use crate::course::Entry;
use crate::runner::{self, Verdict};
use serde_json::{Map, Value, json};
use transcript::{Observation, Transcript, Values};

/// The inputs that the checks make on `seed`, as JSON: `exercise`, `seed`, and `checks`, in
/// which each check names its inputs, each with its `shape` and its `values` in row-major
/// order. Texts are marked by `"text": true`; NaN and the infinities are written as texts.
///
/// # Errors
/// A verdict, if the reference does not compile or run to its end.
pub fn inputs(workshop: &Workshop<'_>, entry: Entry<'_>, seed: u64) -> Result<String, Verdict> {
    let reference = Answer {
        role: Role::Reference,
        name: "solution".into(),
        file: workshop.files(entry).solution(),
    };
    let task = reference.task(workshop, entry, 1);
    let built = workshop.runner.compile(&task, workshop.cancel)?;
    let given = runner::inputs(&task, &built, seed, workshop.cancel)?;
    Ok(to_json(&entry.exercise.id, seed, &given))
}

fn to_json(exercise: &str, seed: u64, given: &Transcript) -> String {
    let inputs = |observations: &[Observation]| -> Map<String, Value> {
        let named = observations.iter().map(|o| (o.name.clone(), input(o)));
        named.collect()
    };
    let checks = given.checks.iter();
    let checks: Map<String, Value> = checks
        .map(|check| (check.name.clone(), inputs(&check.observations).into()))
        .collect();
    let all = json!({ "exercise": exercise, "seed": seed, "checks": checks });
    format!("{all}\n")
}

fn input(observation: &Observation) -> Value {
    let shape = &observation.shape;
    match &observation.values {
        Values::Texts(texts) => json!({ "shape": shape, "text": true, "values": texts }),
        Values::Numbers(numbers) => {
            let numbers: Vec<Value> = numbers.iter().copied().map(number).collect();
            json!({ "shape": shape, "values": numbers })
        }
    }
}

/// Whole numbers without a point, so that a script reads indices as integers.
fn number(x: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    // A negative zero is no integer: its sign would be lost.
    let whole = x == x.trunc() && x.abs() <= EXACT && !(x == 0.0 && x.is_sign_negative());
    if whole {
        return json!(x as i64);
    }
    if x.is_finite() {
        json!(x)
    } else {
        json!(x.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcript::EXACT;

    #[test]
    fn numbers_and_texts_are_told_apart() {
        let mut given = Transcript::default();
        let check = given.check_mut("a \"law\"");
        check.observations = vec![
            Observation::numbers("z", &[4], EXACT, vec![3.0, -0.0, 0.1, f64::NEG_INFINITY]),
            Observation::new("t", &[], EXACT, Values::Texts(vec!["é".into()])),
        ];
        assert_eq!(
            to_json("twice", 7, &given),
            concat!(
                r#"{"exercise":"twice","seed":7,"checks":{"a \"law\"":{"#,
                r#""z":{"shape":[4],"values":[3,-0.0,0.1,"-inf"]},"#,
                r#""t":{"shape":[],"text":true,"values":["é"]}}}}"#,
                "\n"
            )
        );
    }
}
