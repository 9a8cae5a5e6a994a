//! The first check that does not hold.

use super::{holding, mismatch, waiting};
use crate::faces::fit::{clean, hanging, paragraph, path, wrap};
use crate::runner::{Failure, Figure, Mismatch, Place, Report};
use colored::Colorize;
use std::io::{self, Write};
use transcript::Difference;

/// Mismatches that are told in full; of the others, the names.
const MOST_MISMATCHES: usize = 4;

/// Law, numbers, place, cause.
pub(super) fn draw(
    report: &Report,
    failure: &Failure,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(place) = &failure.todo {
        return unwritten(report, failure, place, width, out);
    }
    holding(report, width, out)?;
    let (mark, check) = ("✗".red().bold(), &failure.check);
    hanging(out, width, 2, &mark, check, |line| line.bold())?;
    laws(failure, width, out)?;
    inputs(&failure.inputs, width, out)?;
    let mut marked = false;
    for difference in failure.mismatches.iter().take(MOST_MISMATCHES) {
        writeln!(out)?;
        marked |= mismatch::draw(difference, width, out)?;
    }
    if marked {
        mismatch::tell_marks(width, out)?;
    }
    let others = failure.mismatches.iter().skip(MOST_MISMATCHES);
    let others: Vec<&str> = others.map(|m| m.name.as_str()).collect();
    if !others.is_empty() {
        writeln!(out)?;
        let words = format!("These differ, too: {}.", others.join(", "));
        paragraph(out, width, 4, &words, |line| line.normal())?;
    }
    if let Some((message, place)) = &failure.panic {
        writeln!(out)?;
        panicked(message, place.as_ref(), width, out)?;
    }
    if let Some(words) = unnatural(&failure.mismatches) {
        writeln!(out)?;
        paragraph(out, width, 4, words, |line| line.normal())?;
    }
    if let Some((name, lesson)) = &failure.mistake {
        writeln!(out)?;
        known(name, lesson, width, out)?;
    }
    waiting(report, 0, width, out)
}

/// Properties that do not hold; of many like one another the first says enough.
fn laws(failure: &Failure, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let told = |law: &str| law.split(" (yours").next().unwrap_or(law).to_string();
    let mut seen: Vec<(String, usize, &str)> = Vec::new();
    for law in failure.broken.iter().filter(|law| **law != failure.check) {
        match seen.iter_mut().find(|(known, ..)| *known == told(law)) {
            Some((_, times, _)) => *times += 1,
            None => seen.push((told(law), 1, law)),
        }
    }
    for (_, times, law) in seen {
        let again = match times {
            1 => String::new(),
            times => format!(", and {} more like it", times - 1),
        };
        let words = format!("This does not hold: {law}{again}");
        paragraph(out, width, 4, &words, |line| line.normal())?;
    }
    Ok(())
}

/// What the answer was given.
fn inputs(inputs: &[(String, Figure)], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (name, figure) in inputs {
        let words = format!("{name} = {}", listed(&figure.shape, &figure.elements));
        hanging(out, width, 4, &"given".dimmed(), &words, |line| {
            line.normal()
        })?;
    }
    Ok(())
}

/// An array in one line, nested as its axes are.
fn listed(shape: &[usize], elements: &[String]) -> String {
    match shape {
        [] => elements.concat(),
        [_] => format!("[{}]", elements.join(", ")),
        [rows, rest @ ..] => {
            let size = elements.len() / (*rows).max(1);
            let row = |i: usize| listed(rest, &elements[i * size..(i + 1) * size]);
            format!("[{}]", (0..*rows).map(row).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The first thing that everybody sees of an exercise: no failure, only a beginning.
fn unwritten(
    report: &Report,
    failure: &Failure,
    place: &Place,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    holding(report, width, out)?;
    let (mark, check) = ("•".yellow(), &failure.check);
    hanging(out, width, 2, &mark, check, |line| line.bold())?;
    let words = "This check is the first that needs what is not written yet. Put your code in \
         place of the todo!() at";
    paragraph(out, width, 4, words, |line| line.normal())?;
    path(out, width, 4, &shown(place), |line| line.cyan())?;
    waiting(report, 0, width, out)
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn panicked(
    message: &str,
    place: Option<&Place>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let message = clean(message);
    let words = match message.trim() {
        "" => "It panicked without a message.".to_string(),
        message => format!("It panicked: {message}"),
    };
    paragraph(out, width, 4, &words, |line| line.normal())?;
    match place {
        Some(place) => path(out, width, 4, &format!("at {}", shown(place)), |l| l.cyan()),
        None => Ok(()),
    }
}

/// What usually makes the values that spread through everything after them.
fn unnatural(mismatches: &[Mismatch]) -> Option<&'static str> {
    let yours = mismatches.iter().flat_map(|m| {
        let first = match &m.difference {
            Difference::Elements { yours, .. } => Some(yours.as_str()),
            Difference::Bound { yours, .. } if yours.is_nan() => Some("NaN"),
            _ => None,
        };
        // What is expected to be NaN needs no explanation.
        let wrong = m.whole.iter().flat_map(|(yours, expected)| {
            let pairs = yours.elements.iter().zip(&expected.elements);
            pairs.filter(|(y, e)| y != e).map(|(y, _)| y.as_str())
        });
        first.into_iter().chain(wrong)
    });
    let yours: Vec<&str> = yours.collect();
    if yours.contains(&"NaN") {
        return Some(
            "NaN is no number: 0/0, ∞ − ∞ or ln of a negative? Whatever is computed from one \
             is one, so look for the first.",
        );
    }
    let infinite = |text: &&str| matches!(*text, "inf" | "-inf");
    yours.iter().any(infinite).then_some(
        "An infinity: a division by 0, ln 0, or exp of something large? (exp overflows above \
         88 in f32, above 709 in f64.)",
    )
}

/// A recorded mistake, told beside a bar.
fn known(name: &str, lesson: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let bar = "│".yellow();
    let name = name.replace(['-', '_'], " ");
    for line in wrap(&format!("This is a known mistake: {name}"), width - 6) {
        writeln!(out, "    {bar} {}", line.bold())?;
    }
    for paragraph in lesson.split('\n').filter(|text| !text.trim().is_empty()) {
        writeln!(out, "    {bar}")?;
        for line in wrap(paragraph, width - 6) {
            writeln!(out, "    {bar} {line}")?;
        }
    }
    Ok(())
}
