//! The names in an `info.toml` with their places, and whether they fit together.

use std::collections::HashMap;

use toml::Spanned;

use super::problem::Findings;
use crate::course::nearest::did_you_mean;

/// Every name of the file, in the file's order.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) spirals: Vec<Spanned<String>>,
    pub(super) stages: Vec<(Spanned<String>, u32)>,
    pub(super) exercises: Vec<ExerciseNames>,
    pub(super) paths: Vec<PathNames>,
}

/// The names in one exercise.
#[derive(Debug)]
pub(super) struct ExerciseNames {
    pub(super) id: Spanned<String>,
    pub(super) aliases: Vec<Spanned<String>>,
    pub(super) revisits: Vec<Spanned<String>>,
}

/// The names in one learning path.
#[derive(Debug)]
pub(super) struct PathNames {
    pub(super) id: Spanned<String>,
    pub(super) exercises: Vec<Spanned<String>>,
}

/// The number of a stage's folder `NN_name`; `None` if it is not named so.
pub(super) fn stage_number(folder: &str) -> Option<u32> {
    let (number, name) = folder.split_once('_')?;
    let digits = number.len() >= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && is_snake(name)).then(|| number.parse().ok())?
}

impl Names {
    /// Complains about names that are no names, stand twice or lead nowhere.
    pub(super) fn check(&self, findings: &mut Findings) {
        self.check_ids(findings);
        self.check_doubles(findings);
        self.check_stage_order(findings);
        self.check_revisits(findings);
        self.check_paths(findings);
    }

    fn check_ids(&self, findings: &mut Findings) {
        for exercise in &self.exercises {
            let name = exercise.id.get_ref();
            let complaint = if !is_snake(name) {
                "an id is a folder, a package and a module: lower case letters, digits and \
                 single `_`, a letter first"
            } else if RUST_WORDS.contains(&name.as_str()) {
                "it is a word of Rust; choose another"
            } else if TAKEN.contains(&name.as_str()) {
                "a crate that exercises use is called so; choose another"
            } else {
                continue;
            };
            let message = format!("`{name}` cannot be the id of an exercise");
            findings.add(exercise.id.span(), message, complaint.to_string());
        }
    }

    fn check_doubles(&self, findings: &mut Findings) {
        let exercises = self
            .exercises
            .iter()
            .flat_map(|exercise| std::iter::once(&exercise.id).chain(&exercise.aliases));
        once(exercises, "exercise or alias", findings);
        once(&self.spirals, "spiral", findings);
        once(self.paths.iter().map(|path| &path.id), "path", findings);
        for path in &self.paths {
            once(&path.exercises, "exercise of this path", findings);
        }
    }

    fn check_stage_order(&self, findings: &mut Findings) {
        for pair in self.stages.windows(2) {
            let ((earlier, before), (later, number)) = (&pair[0], &pair[1]);
            if number <= before {
                let message = format!("stage {number} comes after `{}`", earlier.get_ref());
                let advice = "number the stages in the order in which they stand".to_string();
                findings.add(later.span(), message, advice);
            }
        }
    }

    fn check_revisits(&self, findings: &mut Findings) {
        for (index, exercise) in self.exercises.iter().enumerate() {
            for revisited in &exercise.revisits {
                let name = revisited.get_ref();
                match self.position(name) {
                    None => self.unknown("revisits", revisited, findings),
                    Some(place) if place >= index => findings.add(
                        revisited.span(),
                        format!("`revisits` names `{name}`, which does not come earlier"),
                        "only what a learner has met can be revisited".to_string(),
                    ),
                    Some(_) => {}
                }
            }
        }
    }

    fn check_paths(&self, findings: &mut Findings) {
        for path in &self.paths {
            for name in &path.exercises {
                if self.position(name.get_ref()).is_none() {
                    self.unknown("exercises", name, findings);
                }
            }
        }
    }

    fn unknown(&self, key: &str, name: &Spanned<String>, findings: &mut Findings) {
        let ids = self
            .exercises
            .iter()
            .map(|known| known.id.get_ref().as_str());
        let advice = did_you_mean(name.get_ref(), ids);
        let name_ = name.get_ref();
        let message = format!("`{key}` names `{name_}`, which no exercise is called");
        findings.add(name.span(), message, advice);
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.exercises
            .iter()
            .position(|known| known.id.get_ref() == id)
    }
}

/// Complains about each name that stood before.
fn once<'a>(
    names: impl IntoIterator<Item = &'a Spanned<String>>,
    what: &str,
    findings: &mut Findings,
) {
    let mut seen = HashMap::new();
    for name in names {
        if seen.insert(name.get_ref(), ()).is_some() {
            let message = format!("there is an earlier {what} called `{}`", name.get_ref());
            findings.add(name.span(), message, None);
        }
    }
}

/// `lower_snake`: a letter first, no `_` at the end or doubled.
fn is_snake(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(allowed)
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
}

/// Words that cannot be the name of a module.
const RUST_WORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Crates that a check program is built with.
const TAKEN: &[&str] = &[
    "alloc",
    "core",
    "course",
    "gpu",
    "kit",
    "llmlings",
    "nd",
    "ndarray",
    "proc_macro",
    "std",
    "test",
    "transcript",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_a_number_and_a_word() {
        assert_eq!(stage_number("03_backprop"), Some(3));
        assert_eq!(stage_number("112_neural_lm"), Some(112));
        for wrong in [
            "3_backprop",
            "backprop",
            "03",
            "03_",
            "03-x",
            "03_X",
            "0x_y",
            "+3_x",
        ] {
            assert_eq!(stage_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_id_is_a_crate_name() {
        for right in ["a", "int8_affine", "x1"] {
            assert!(is_snake(right), "{right}");
        }
        for wrong in ["", "_a", "a_", "a__b", "8bit", "Ab", "a-b", "é"] {
            assert!(!is_snake(wrong), "{wrong}");
        }
    }
}
