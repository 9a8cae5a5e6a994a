//! The reference beside the learner's answer.

use colored::Colorize as _;
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// Draws the reference whole, then how the answer differs from it.
///
/// # Errors
/// Those of `out`.
pub fn draw(answer: &str, reference: &str, id: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", format!("The reference of {id}").bold())?;
    for line in reference.lines() {
        writeln!(out, "{}", format!("    {line}").trim_end())?;
    }
    let answer = code(answer);
    let reference = code(reference);
    writeln!(out, "\n{}", "From yours to the reference".bold())?;
    if answer == reference {
        return writeln!(out, "    The code is the same.");
    }
    writeln!(
        out,
        "    {} only yours, {} only the reference\n",
        "-".red(),
        "+".green()
    )?;
    let difference = TextDiff::from_lines(&answer, &reference);
    for (i, group) in difference.grouped_ops(3).iter().enumerate() {
        if i > 0 {
            writeln!(out, "    {}", "⋯".dimmed())?;
        }
        for change in group.iter().flat_map(|op| difference.iter_changes(op)) {
            let text = change.value().trim_end();
            match change.tag() {
                ChangeTag::Delete => writeln!(out, "  {} {}", "-".red(), text.red())?,
                ChangeTag::Insert => writeln!(out, "  {} {}", "+".green(), text.green())?,
                ChangeTag::Equal => writeln!(out, "{}", format!("    {text}").trim_end())?,
            }
        }
    }
    Ok(())
}

/// A source without the text at its top, which is longer in a starter by intention.
fn code(source: &str) -> String {
    let lines = source
        .lines()
        .skip_while(|line| line.starts_with("//!") || line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faces::drawn::in_every_way;

    #[test]
    fn the_difference_is_of_code_not_of_the_text_above_it() {
        let answer = "//! # Title\n//! Understand: …\n\nfn f() -> u8 {\n    let x = 1;\n    x\n}\n";
        let reference = "//! Short.\nfn f() -> u8 {\n    1\n}\n";
        // Code is not broken: the width of the window changes nothing.
        insta::assert_snapshot!(in_every_way(|out, _| draw(answer, reference, "one", out)));
    }
}
