//! Every check holds: what the learner has earned a look at.

use super::{Context, holding};
use crate::faces::fit::{columns, left, paragraph, right, wrap};
use crate::faces::number::{grouped, point_aligned, significant};
use crate::faces::plot;
use crate::runner::Report;
use colored::Colorize;
use std::io::{self, Write};

/// A name in fewer columns would be a tower of syllables.
const NARROWEST_NAME: usize = 14;

/// Draws what a passing run showed.
pub(super) fn draw(
    report: &Report,
    context: &Context,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    holding(report, width, out)?;
    if !report.numbers.is_empty() {
        writeln!(out)?;
        numbers(&report.numbers, width, out)?;
    }
    match (context.guess, report.measured) {
        (Some(guess), Some(measured)) => guessed(guess, measured, width, out)?,
        (None, Some(measured)) => {
            writeln!(out)?;
            let words = format!("measured: {}", grouped(measured));
            paragraph(out, width, 2, &words, |line| line.normal())?;
        }
        (_, None) => {}
    }
    for picture in &report.plots {
        writeln!(out)?;
        plot::draw(picture, width, out)?;
    }
    Ok(())
}

/// Names on the left, numbers with their points under one another, units.
fn numbers(numbers: &[(String, f64, String)], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut values: Vec<String> = numbers
        .iter()
        .map(|(_, value, _)| grouped(*value))
        .collect();
    point_aligned(&mut values);
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(columns).max().unwrap_or(0);
    let value_width = widest(&mut values.iter().map(String::as_str));
    let unit_width = widest(&mut numbers.iter().map(|(_, _, unit)| unit.as_str()));
    let name_width = widest(&mut numbers.iter().map(|(name, _, _)| name.as_str()));
    let room = width.saturating_sub(2 + 2 + value_width + 1 + unit_width);
    let beside = name_width <= room || room >= NARROWEST_NAME;
    let name_width = name_width.min(room);
    for ((name, _, unit), value) in numbers.iter().zip(&values) {
        if !beside {
            paragraph(out, width, 2, name, |line| line.normal())?;
            let words = format!("{} {unit}", value.trim_end());
            paragraph(out, width, 4, &words, |line| line.bold())?;
            continue;
        }
        let lines = wrap(name, name_width);
        let last = lines.len().saturating_sub(1);
        for (i, line) in lines.iter().enumerate() {
            if i < last {
                writeln!(out, "  {line}")?;
                continue;
            }
            let value = right(value, value_width).bold();
            let row = format!("  {}  {value} {unit}", left(line, name_width));
            writeln!(out, "{}", row.trim_end())?;
        }
    }
    Ok(())
}

/// The sealed guess beside what was measured.
fn guessed(guess: f64, measured: f64, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let mut values = [grouped(guess), grouped(measured)];
    point_aligned(&mut values);
    let size = columns(&values[0]).max(columns(&values[1]));
    for (name, value) in ["your sealed guess", "measured"].iter().zip(&values) {
        let value = right(value, size);
        writeln!(out, "  {}  {}", left(name, 17), value.trim_end().bold())?;
    }
    match comparison(guess, measured) {
        Some(words) => paragraph(out, width, 2, &words, |line| line.normal()),
        None => Ok(()),
    }
}

/// How far a guess was off; nothing where no ratio makes sense.
pub(in crate::faces) fn comparison(guess: f64, measured: f64) -> Option<String> {
    if guess == measured {
        return Some("You guessed exactly that.".into());
    }
    let ratio = guess / measured;
    if !ratio.is_finite() || ratio <= 0.0 {
        return None;
    }
    let off = (ratio - 1.0).abs();
    // Of a negative value, twice as much is lower, not higher.
    let (above, below) = match measured > 0.0 {
        true => ("too high", "too low"),
        false => ("too low", "too high"),
    };
    let side = if ratio > 1.0 { above } else { below };
    Some(match ratio {
        0.5..2.0 if off < 0.01 => "You were within one percent.".into(),
        0.5..2.0 => format!("You were {} % {side}.", significant(off * 100.0, 2)),
        _ => {
            let times = significant(ratio.max(1.0 / ratio), 2);
            format!("You were {side} by a factor of {times}.")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::comparison;

    #[test]
    fn a_guess_is_compared_by_its_ratio() {
        let said = |guess, measured| comparison(guess, measured).unwrap_or_default();
        assert_eq!(said(30.0, 30.0), "You guessed exactly that.");
        assert_eq!(said(30.1, 30.0), "You were within one percent.");
        assert_eq!(said(30.0, 27.3), "You were 9.9 % too high.");
        assert_eq!(said(9.0, 27.0), "You were too low by a factor of 3.");
        assert_eq!(said(-4.0, -1.0), "You were too low by a factor of 4.");
        assert_eq!(said(-4.0, 1.0), "");
        assert_eq!(said(1.0, 0.0), "");
        assert_eq!(said(f64::NAN, 1.0), "");
    }
}
