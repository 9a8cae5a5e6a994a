//! From the tables of `info.toml` to typed values, one table at a time.
//!
//! What concerns a single table is checked here; what concerns several (doubled names,
//! dangling references) is left to [`Names::check`], which gets the names with their
//! places as [`Names`].

use std::{ops::Range, time::Duration};

use toml::{Spanned, de::DeTable};

use super::{
    Device, Exercise, Kind, LearningPath, Manifest, Spiral, Stage,
    fields::Fields,
    names::{self, ExerciseNames, Names, PathNames},
    problem::Findings,
};
use crate::course::nearest::did_you_mean;

/// Seconds that a run may take where `info.toml` does not say.
const DEFAULT_TIME_LIMIT: u32 = 10;

/// Reads the whole file. The manifest is complete only if there are no findings.
pub(super) fn manifest(root: &DeTable<'_>, findings: &mut Findings) -> (Manifest, Names) {
    let mut names = Names::default();
    let mut fields = Fields::new(root, 0..0, "the course");
    // Its value was looked at before anything else.
    let _ = fields.required::<u32>("format_version", findings);
    let title = fields.text("title", findings);
    let spirals = fields
        .tables("spirals", "a spiral", findings)
        .into_iter()
        .filter_map(|table| spiral(table, &mut names, findings))
        .collect();
    let paths = fields
        .tables("paths", "a learning path", findings)
        .into_iter()
        .filter_map(|table| path(table, &mut names, findings))
        .collect();
    if names.exercises.is_empty() {
        let advice = "add a `[[spirals.stages.exercises]]` to a stage".to_string();
        findings.add(0..0, "the course has no exercises", advice);
    }
    fields.finish(findings);
    let title = title.map(Spanned::into_inner).unwrap_or_default();
    (
        Manifest {
            title,
            spirals,
            paths,
        },
        names,
    )
}

fn spiral(mut fields: Fields<'_>, names: &mut Names, findings: &mut Findings) -> Option<Spiral> {
    let id = fields.text("id", findings);
    let title = fields.text("title", findings);
    names.spirals.extend(id.clone());
    let stages = fields
        .tables("stages", "a stage", findings)
        .into_iter()
        .filter_map(|table| stage(table, names, findings))
        .collect();
    fields.finish(findings);
    Some(Spiral {
        id: id?.into_inner(),
        title: title?.into_inner(),
        stages,
    })
}

fn stage(mut fields: Fields<'_>, names: &mut Names, findings: &mut Findings) -> Option<Stage> {
    let folder = fields.text("folder", findings);
    let title = fields.text("title", findings);
    let number = folder.as_ref().and_then(|folder| {
        let number = names::stage_number(folder.get_ref());
        match number {
            Some(number) => names.stages.push((folder.clone(), number)),
            None => findings.add(
                folder.span(),
                format!("`{}` is not a stage's folder", folder.get_ref()),
                "name it by a number of two digits and a word: `03_backprop`".to_string(),
            ),
        }
        number
    });
    let exercises = fields
        .tables("exercises", "an exercise", findings)
        .into_iter()
        .filter_map(|table| exercise(table, names, findings))
        .collect();
    fields.finish(findings);
    Some(Stage {
        folder: folder?.into_inner(),
        number: number?,
        title: title?.into_inner(),
        exercises,
    })
}

fn exercise(
    mut fields: Fields<'_>,
    names: &mut Names,
    findings: &mut Findings,
) -> Option<Exercise> {
    let id = fields.text("id", findings);
    let aliases = list(&mut fields, "aliases", findings);
    let revisits = list(&mut fields, "revisits", findings);
    if let Some(id) = &id {
        names.exercises.push(ExerciseNames {
            id: id.clone(),
            aliases: aliases.clone(),
            revisits: revisits.clone(),
        });
    }
    let title = fields.text("title", findings);
    let kind = one_of(fields.required("kind", findings), KINDS, findings);
    let difficulty = within(&mut fields, "difficulty", 1..5, findings);
    let minutes = within(&mut fields, "minutes", 1..601, findings);
    let points = within(&mut fields, "points", 0..1001, findings);
    let hints = hints(&mut fields, findings);
    let heavy = fields.optional("heavy", findings);
    let device = match fields.optional("device", findings) {
        Some(device) => one_of(Some(device), DEVICES, findings),
        None => Some(Device::Cpu),
    };
    let time_limit = if fields.has("time_limit") {
        within(&mut fields, "time_limit", 1..3601, findings)
    } else {
        let _ = fields.optional::<u32>("time_limit", findings);
        Some(DEFAULT_TIME_LIMIT)
    };
    let guess = guess(&mut fields, kind, findings);
    fields.finish(findings);
    Some(Exercise {
        id: id?.into_inner(),
        aliases: plain(aliases),
        title: title?.into_inner(),
        kind: kind?,
        difficulty: u8::try_from(difficulty?).ok()?,
        minutes: minutes?,
        points: points?,
        hints: hints?,
        revisits: plain(revisits),
        heavy: heavy.is_some_and(Spanned::into_inner),
        device: device?,
        time_limit: Duration::from_secs(time_limit?.into()),
        guess,
    })
}

fn path(
    mut fields: Fields<'_>,
    names: &mut Names,
    findings: &mut Findings,
) -> Option<LearningPath> {
    let id = fields.text("id", findings);
    let title = fields.text("title", findings);
    let audience = fields.text("audience", findings);
    let exercises = fields.required::<Vec<Spanned<String>>>("exercises", findings);
    if let Some(list) = exercises.as_ref().filter(|list| list.get_ref().is_empty()) {
        findings.add(list.span(), "this learning path has no exercises", None);
    }
    let exercises = exercises.map(Spanned::into_inner).unwrap_or_default();
    if let Some(id) = &id {
        names.paths.push(PathNames {
            id: id.clone(),
            exercises: exercises.clone(),
        });
    }
    fields.finish(findings);
    Some(LearningPath {
        id: id?.into_inner(),
        title: title?.into_inner(),
        audience: audience?.into_inner(),
        exercises: plain(exercises),
    })
}

const KINDS: &[(&str, Kind)] = &[
    ("todo", Kind::Todo),
    ("bug", Kind::Bug),
    ("predict", Kind::Predict),
    ("perf", Kind::Perf),
    ("capstone", Kind::Capstone),
];

const DEVICES: &[(&str, Device)] = &[("cpu", Device::Cpu), ("gpu", Device::Gpu)];

/// One of a few words.
fn one_of<T: Copy>(
    word: Option<Spanned<String>>,
    words: &[(&'static str, T)],
    findings: &mut Findings,
) -> Option<T> {
    let word = word?;
    let name = word.get_ref();
    let found = words.iter().find(|(known, _)| known == name);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        let advice = did_you_mean(name, known.iter().copied())
            .unwrap_or_else(|| format!("it is one of: {}", known.join(", ")));
        findings.add(word.span(), format!("`{name}` is not known here"), advice);
    }
    found.map(|(_, value)| *value)
}

/// A required number in a range.
fn within(
    fields: &mut Fields<'_>,
    key: &'static str,
    range: Range<u32>,
    findings: &mut Findings,
) -> Option<u32> {
    let number: Spanned<u32> = fields.required(key, findings)?;
    let value = *number.get_ref();
    if !range.contains(&value) {
        let advice = format!("it is from {} to {}", range.start, range.end - 1);
        findings.add(number.span(), format!("`{key}` cannot be {value}"), advice);
    }
    Some(value)
}

/// A list of names that may be left out.
fn list(
    fields: &mut Fields<'_>,
    key: &'static str,
    findings: &mut Findings,
) -> Vec<Spanned<String>> {
    fields
        .optional(key, findings)
        .map(Spanned::into_inner)
        .unwrap_or_default()
}

fn plain(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(Spanned::into_inner).collect()
}

fn hints(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Vec<String>> {
    let hints: Spanned<Vec<Spanned<String>>> = fields.required("hints", findings)?;
    if hints.get_ref().is_empty() {
        let advice = "write a ladder: where to look, which idea, nearly how".to_string();
        findings.add(hints.span(), "there are no hints", advice);
    }
    for hint in hints.get_ref() {
        if hint.get_ref().trim().is_empty() {
            findings.add(hint.span(), "this hint is empty", None);
        }
    }
    Some(plain(hints.into_inner()))
}

/// The question of the sealed guess: exactly where the kind is `predict`.
fn guess(fields: &mut Fields<'_>, kind: Option<Kind>, findings: &mut Findings) -> Option<String> {
    let guess: Option<Spanned<String>> = fields.optional("guess", findings);
    match (kind, &guess) {
        (Some(Kind::Predict), None) if !fields.has("guess") => findings.add(
            fields.header(),
            "an exercise of kind predict has no `guess`",
            "add `guess = \"…?\"`: the question that is answered with one number".to_string(),
        ),
        (Some(kind), Some(guess)) if kind != Kind::Predict => findings.add(
            guess.span(),
            "only an exercise of kind predict has a `guess`",
            "remove it, or say `kind = \"predict\"`".to_string(),
        ),
        (_, Some(guess)) if guess.get_ref().trim().is_empty() => {
            findings.add(guess.span(), "`guess` is empty", None);
        }
        _ => {}
    }
    guess.map(Spanned::into_inner)
}
