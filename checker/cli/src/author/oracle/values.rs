//! The file of recorded outside values.

use serde::Deserialize;
use serde_json::Map;
use std::fs;
use std::path::Path;

/// What an oracle script printed.
#[derive(Clone, Debug, Deserialize)]
pub struct OracleValues {
    exercise: String,
    seed: u64,
    /// Which libraries computed it, and their versions.
    pub libraries: Map<String, serde_json::Value>,
    /// What may lie between an outside value and ours.
    pub tolerance: Stated,
    checks: serde_json::Map<String, serde_json::Value>,
    #[serde(skip)]
    outside: Vec<(String, String, Outside)>,
}

/// The tolerance that a script states, and why it is enough.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stated {
    /// Absolute part.
    pub atol: f64,
    /// Relative part.
    pub rtol: f64,
    /// Where it comes from.
    pub why: String,
}

/// An outside value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Outside {
    /// Length of each axis.
    pub shape: Vec<usize>,
    values: Vec<Value>,
}

/// A number or a text; NaN and the infinities are written as texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Text(String),
}

impl Outside {
    /// The elements as numbers.
    ///
    /// # Errors
    /// The first element that is none.
    pub fn numbers(&self) -> Result<Vec<f64>, String> {
        let number = |value: &Value| match value {
            Value::Number(x) => Ok(*x),
            Value::Text(text) => text.parse().map_err(|_| text.clone()),
        };
        self.values.iter().map(number).collect()
    }

    /// The elements as texts.
    pub fn texts(&self) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::Number(x) => x.to_string(),
            Value::Text(text) => text.clone(),
        };
        self.values.iter().map(text).collect()
    }
}

impl OracleValues {
    /// Reads the values of the exercise `id`.
    ///
    /// # Errors
    /// Says what is wrong with the file.
    pub fn read(file: &Path, id: &str) -> Result<Self, String> {
        let text = fs::read_to_string(file)
            .map_err(|e| format!("the outside values cannot be read: {e}"))?;
        Self::parse(&text, id)
    }

    /// Reads what a script printed about the exercise `id`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str, id: &str) -> Result<Self, String> {
        let mut read: Self =
            serde_json::from_str(text).map_err(|e| format!("not what a script prints: {e}"))?;
        if read.exercise != id {
            return Err(format!("the values are those of `{}`", read.exercise));
        }
        let fixed = crate::runner::FIXED_SEED;
        if read.seed != fixed {
            let seed = read.seed;
            return Err(format!(
                "the values are of seed {seed}, not of seed {fixed}"
            ));
        }
        if read.tolerance.why.trim().is_empty() {
            return Err("the tolerance is stated without a reason".into());
        }
        for (check, named) in &read.checks {
            let named: Map<String, serde_json::Value> = serde_json::from_value(named.clone())
                .map_err(|e| format!("the values of \"{check}\": {e}"))?;
            for (name, value) in named {
                let outside: Outside = serde_json::from_value(value)
                    .map_err(|e| format!("`{name}` of \"{check}\": {e}"))?;
                if outside.shape.iter().product::<usize>() != outside.values.len() {
                    let (n, shape) = (outside.values.len(), outside.shape);
                    return Err(format!(
                        "`{name}` of \"{check}\" has {n} values, not {shape:?}"
                    ));
                }
                read.outside.push((check.clone(), name, outside));
            }
        }
        Ok(read)
    }

    /// The value of an observation.
    pub fn find(&self, check: &str, name: &str) -> Option<&Outside> {
        let mut all = self.outside.iter();
        let found = all.find(|(c, n, _)| c == check && n == name);
        found.map(|(.., outside)| outside)
    }

    /// Check and observation of every value.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.outside.iter();
        all.map(|(check, name, _)| (check.as_str(), name.as_str()))
    }
}
