//! What authors see of `llmlings dev …`.

use crate::author::check::Row;
use crate::author::oracle::Recomputed;
use crate::author::skeleton::Created;
use crate::author::starters::Copied;
use crate::author::{ExerciseCheck, Fate, Finding, Mutation, Role};
use colored::Colorize as _;
use std::io::{self, Write};
use std::path::Path;
use textwrap::{Options, wrap};
use unicode_width::UnicodeWidthStr as _;

/// Draws what came of checking one exercise: a line for each answer, then what to mend.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_check(check: &ExerciseCheck, out: &mut dyn Write, width: usize) -> io::Result<()> {
    let title = format!("{}{}", check.id.bold(), seeds(&check.seeds));
    paragraph_after(out, &title, "", "  ", width)?;
    let heads: Vec<String> = check.rows.iter().map(head).collect();
    let widest = heads.iter().map(|head| head.width()).max().unwrap_or(0);
    for (row, head) in check.rows.iter().zip(&heads) {
        let mark = if is_bad(row, check) {
            "✗".red()
        } else {
            "✓".green()
        };
        let facts = facts(row, check.seeds.len());
        // Beside the answer's name where there is room for a sentence, below it elsewhere.
        if width >= widest + 40 {
            let indent = " ".repeat(widest + 4);
            let pad = " ".repeat(widest - head.width());
            let lines = wrap(&facts, width - widest - 4);
            writeln!(
                out,
                "{mark} {head}{pad}  {}",
                lines.join(&format!("\n{indent}"))
            )?;
        } else {
            writeln!(out, "{mark} {head}")?;
            paragraph(out, &facts, "    ", width)?;
        }
    }
    if let Some(agreement) = check.agreement.filter(|a| a.observations > 0) {
        let words = format!(
            "{} observations ({} elements) have outside values; largest error {:.0e}",
            agreement.observations, agreement.elements, agreement.largest_error
        );
        paragraph(out, &words, "", width)?;
    }
    draw_findings(&check.findings, out, width)?;
    let seconds = check.took.as_secs_f64();
    let verdict = match check.findings.len() {
        0 => "finished".green().to_string(),
        1 => "1 thing to mend".red().to_string(),
        n => format!("{n} things to mend").red().to_string(),
    };
    writeln!(out, "{verdict} ({seconds:.1} s)")
}

/// Draws findings, each with its place and what to do.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_findings(findings: &[Finding], out: &mut dyn Write, width: usize) -> io::Result<()> {
    for finding in findings {
        let place = if finding.place.is_empty() { "" } else { ": " };
        let first = format!("✗ {}{place}{}", finding.place, finding.message);
        paragraph_after(out, &first, "", "  ", width)?;
        paragraph_after(out, &format!("= {}", finding.advice), "  ", "    ", width)?;
    }
    Ok(())
}

/// Draws what became of the small changes of a reference: a line of counts, then what
/// nobody noticed.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_mutation(mutation: &Mutation, out: &mut dyn Write, width: usize) -> io::Result<()> {
    let mark = if mutation.findings.is_empty() {
        "✓".green()
    } else {
        "✗".red()
    };
    let id = mutation.id.bold();
    let words = match mutation.fates.len() {
        0 => format!("{id} has no mutant"),
        1 => format!("{id}, 1 mutant: {}", fates(mutation)),
        n => format!("{id}, {n} mutants: {}", fates(mutation)),
    };
    write!(out, "{mark}")?;
    paragraph_after(out, &words, " ", "  ", width - 1)?;
    draw_findings(&mutation.findings, out, width)
}

/// Draws how the learner's files stand to the starters.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_starters(
    copied: &[(String, Copied)],
    out: &mut dyn Write,
    width: usize,
) -> io::Result<()> {
    for (id, copied) in copied {
        let (mark, words) = match copied {
            Copied::Same => ("•".normal(), "is the starter already"),
            Copied::Written => ("✓".green(), "is the starter now"),
            Copied::Replaced => (
                "✓".green(),
                "is the starter now; what was there is kept: `llmlings reset --undo`",
            ),
            Copied::Kept => (
                "✗".red(),
                "holds somebody's work and was left alone; `--force` replaces it",
            ),
        };
        write!(out, "{mark}")?;
        paragraph_after(out, &format!("{id} {words}"), " ", "  ", width - 1)?;
    }
    Ok(())
}

/// Draws what a new exercise consists of.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_created(
    created: &Created,
    root: &Path,
    out: &mut dyn Write,
    width: usize,
) -> io::Result<()> {
    for file in &created.files {
        writeln!(
            out,
            "{} {}",
            "✓".green(),
            file.strip_prefix(root).unwrap_or(file).display()
        )?;
    }
    let next = "Write where `TODO` stands, the starter first; the stage's notes have to derive \
                what it uses. Then `llmlings dev starters`, `llmlings dev oracle`, `cargo test`, \
                `cargo insta review`, and `llmlings dev check` until it finds nothing.";
    paragraph(out, next, "", width)
}

/// Draws that outside values were computed.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw_recomputed(
    id: &str,
    recomputed: &Recomputed,
    out: &mut dyn Write,
    width: usize,
) -> io::Result<()> {
    let words = match recomputed.changed {
        true => "has new values from outside: look at what changed with `git diff`",
        false => "has the same values from outside as before",
    };
    write!(out, "{}", "✓".green())?;
    paragraph_after(out, &format!("{id} {words}"), " ", "  ", width - 1)
}

/// How many mutants met which fate; fates that none met are left out.
fn fates(mutation: &Mutation) -> String {
    let name = |fate: &Fate| match fate {
        Fate::Rejected(_) => "rejected",
        Fate::Stopped(_) => "stopped by a crash",
        Fate::TooSlow => "too slow",
        Fate::DoesNotCompile => "refused by the compiler",
        Fate::Equivalent(_) => "equivalent",
        Fate::Survived => "survived",
    };
    let names: Vec<&str> = mutation.fates.iter().map(|(_, fate)| name(fate)).collect();
    let mut told: Vec<&str> = Vec::new();
    for &name in &names {
        if !told.contains(&name) {
            told.push(name);
        }
    }
    let counted = told.iter().map(|name| {
        let count = names.iter().filter(|other| other == &name).count();
        format!("{count} {name}")
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// The seeds as a range, with how to use them again.
fn seeds(seeds: &[u64]) -> String {
    match (seeds.first(), seeds.last()) {
        (Some(first), Some(last)) => format!(" on seeds {first} to {last} (--seed {first})"),
        _ => String::new(),
    }
}

fn head(row: &Row) -> String {
    match row.role {
        Role::Reference | Role::Starter => row.name.clone(),
        Role::Accepted => format!("accepted {}", row.name),
        Role::Mistake => format!("mistake {}", row.name),
    }
}

fn facts(row: &Row, seeds: usize) -> String {
    let Some(rejected) = row.rejected else {
        return "did not run to its end".into();
    };
    if rejected == 0 {
        return format!("passes on {seeds} of {seeds} seeds");
    }
    let mut words = format!("rejected on {rejected} of {seeds}");
    if let Some(clarity) = row.clarity.as_ref().filter(|_| row.role != Role::Starter) {
        words += &format!(", {}", clarity.separation);
    }
    if let Some(check) = &row.first_failing {
        words += &format!(", first by \"{check}\"");
    }
    match (&row.recognised, row.role) {
        (Some(name), Role::Mistake) if *name == row.name => words += ", recognised",
        (Some(name), _) => words += &format!(", recognised as `{name}`"),
        (None, Role::Mistake) => words += ", not recognised",
        (None, _) => {}
    }
    words
}

/// Whether the row shows what must not be; the findings say it in words.
fn is_bad(row: &Row, check: &ExerciseCheck) -> bool {
    let every = Some(check.seeds.len());
    match row.role {
        Role::Reference | Role::Accepted => row.rejected != Some(0) || row.first_failing.is_some(),
        Role::Starter => row.rejected != every,
        Role::Mistake => {
            let clear = row
                .clarity
                .as_ref()
                .is_some_and(|c| c.separation.is_enough());
            row.rejected != every || !clear || row.recognised.as_ref() != Some(&row.name)
        }
    }
}

fn paragraph(out: &mut dyn Write, words: &str, indent: &str, width: usize) -> io::Result<()> {
    paragraph_after(out, words, indent, indent, width)
}

fn paragraph_after(
    out: &mut dyn Write,
    words: &str,
    first: &str,
    rest: &str,
    width: usize,
) -> io::Result<()> {
    // A path that is longer than a line stands out of it, so that it can be copied.
    let options = Options::new(width.max(20))
        .break_words(false)
        .initial_indent(first)
        .subsequent_indent(rest);
    for line in wrap(words, options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
