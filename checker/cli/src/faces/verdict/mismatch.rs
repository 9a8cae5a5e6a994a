//! One value that differs: its shape, or its elements.

use super::arrays;
use crate::faces::columns::cut;
use crate::faces::fit::{clean, columns, left, paragraph, right};
use crate::faces::number::{count, grouped, point_aligned, significant, told_apart};
use crate::runner::Mismatch;
use colored::{ColoredString, Colorize};
use std::io::{self, Write};
use transcript::{Difference, Tolerance};

/// Columns before what is told of a check.
pub(super) const INDENT: usize = 4;

/// Draws a mismatch; says whether elements of it are marked.
pub(super) fn draw(mismatch: &Mismatch, width: usize, out: &mut dyn Write) -> io::Result<bool> {
    let name = &mismatch.name;
    let tell = |out: &mut dyn Write, words: &str| {
        paragraph(out, width, INDENT, words, |line| line.normal())
    };
    match &mismatch.difference {
        Difference::Missing => tell(out, &format!("{name}: never computed"))?,
        Difference::Judged(why) => tell(out, &format!("{name}: {why}"))?,
        Difference::Kind { yours, expected } => {
            tell(out, &format!("{name}: another kind of value"))?;
            pair(yours, expected, width, out)?;
        }
        Difference::Shape { yours, expected } => {
            tell(out, &format!("{name}: another shape"))?;
            pair(&format!("{yours:?}"), &format!("{expected:?}"), width, out)?;
            arrays::draw(mismatch, width, out)?;
        }
        Difference::Bound { yours, bound } => {
            let (word, bound) = limit(*bound);
            tell(out, &format!("{name}: {}", beyond(word)))?;
            let mut values = [grouped(*yours), grouped(bound)];
            point_aligned(&mut values);
            two([("yours", &values[0]), (word, &values[1])], width, out)?;
        }
        Difference::Elements {
            first,
            yours,
            expected,
            ..
        } => {
            let place = match first.as_slice() {
                [] => String::new(),
                first => format!(" at {first:?}"),
            };
            tell(out, &format!("{name}{place}:"))?;
            let (yours, expected) = told_apart(yours, expected);
            pair(&yours, &expected, width, out)?;
            if let Some(words) = extent(&mismatch.difference) {
                tell_more(out, &words, width)?;
            }
            return arrays::draw(mismatch, width, out);
        }
    }
    Ok(false)
}

/// Says what the marks mean.
pub(super) fn tell_marks(width: usize, out: &mut dyn Write) -> io::Result<()> {
    tell_more(out, "‹ › marks what differs.", width)
}

fn tell_more(out: &mut dyn Write, words: &str, width: usize) -> io::Result<()> {
    paragraph(out, width, INDENT + 2, words, |line| line.dimmed())
}

/// A mismatch in part of a line.
pub(super) fn brief(mismatch: &Mismatch) -> String {
    let name = &mismatch.name;
    match &mismatch.difference {
        Difference::Elements {
            first,
            yours,
            expected,
            ..
        } => {
            let (yours, expected) = told_apart(yours, expected);
            let place = match first.as_slice() {
                [] => String::new(),
                first => format!(" at {first:?}"),
            };
            format!("{name}{place}: yours {yours}, expected {expected}")
        }
        Difference::Bound { yours, bound } => {
            let (word, bound) = limit(*bound);
            format!(
                "{name}: yours {}, {word} {}",
                grouped(*yours),
                grouped(bound)
            )
        }
        Difference::Missing => format!("{name}: never computed"),
        other => format!("{name}: {other}"),
    }
}

/// How many elements differ, and by how much at most.
fn extent(difference: &Difference) -> Option<String> {
    let Difference::Elements {
        largest_error,
        wrong,
        total,
        separation,
        ..
    } = difference
    else {
        return None;
    };
    let mut words = Vec::new();
    if *total > 1 {
        words.push(match wrong == total {
            true => format!("all {} differ", count(*total, "element", "elements")),
            false => format!(
                "{} of {} differ",
                grouped(*wrong as f64),
                count(*total, "element", "elements")
            ),
        });
    }
    if let Some(error) = largest_error.filter(|error| error.is_finite()) {
        let (error, near) = (significant(error, 2), *separation < 100.0);
        // The error of a lone value is seen without being told.
        if *total == 1 && !near {
            return None;
        }
        let the = if *wrong == 1 {
            "the error"
        } else {
            "the largest error"
        };
        words.push(match near {
            // Near enough to be a matter of rounding, and good to know then.
            true => format!(
                "{the} is {error}, {} times the allowed one",
                significant(*separation, 2)
            ),
            false => format!("{the} is {error}"),
        });
    }
    (!words.is_empty()).then(|| words.join("; "))
}

fn limit(bound: Tolerance) -> (&'static str, f64) {
    match bound {
        Tolerance::AtLeast(bound) => ("at least", bound),
        Tolerance::AtMost(bound) => ("at most", bound),
        _ => ("allowed", f64::NAN),
    }
}

fn beyond(word: &str) -> &'static str {
    match word {
        "at least" => "too small",
        "at most" => "too large",
        _ => "out of bounds",
    }
}

/// Yours above the expected one, with their points under one another.
fn pair(yours: &str, expected: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = [yours, expected].map(String::from);
    if texts.iter().all(|text| text.parse::<f64>().is_ok()) {
        point_aligned(&mut texts);
    }
    two([("yours", &texts[0]), ("expected", &texts[1])], width, out)
}

fn two(values: [(&str, &String); 2], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let room = width - (INDENT + 2 + 10);
    let values = values.map(|(name, value)| (name, cut(&clean(value), room)));
    let numbers = values
        .iter()
        .all(|(_, text)| text.trim().parse::<f64>().is_ok() || text.contains(','));
    let size = values
        .iter()
        .map(|(_, text)| columns(text))
        .max()
        .unwrap_or(0);
    for (i, (name, text)) in values.iter().enumerate() {
        let text = match numbers && !text.starts_with(['[', '"']) {
            true => right(text, size),
            false => text.clone(),
        };
        let dressed: ColoredString = match i {
            0 => text.trim_end().red(),
            _ => text.trim_end().green(),
        };
        writeln!(out, "{:2$}{}{dressed}", "", left(name, 10), INDENT + 2)?;
    }
    Ok(())
}
