//! Paragraphs that fit a width.

use colored::ColoredString;
use std::io::{self, Write};
use textwrap::{Options, WordSplitter};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a line of plain text is dressed.
pub(super) type Style = fn(&str) -> ColoredString;

/// Columns that plain text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Without escapes, and with nothing else in it that moves a cursor, but newlines.
pub(super) fn clean(text: &str) -> String {
    let plain = anstream::adapter::strip_str(text).to_string();
    let plain = plain.replace("\r\n", "\n").replace('\t', "    ");
    plain.replace(|c: char| c.is_control() && c != '\n', "")
}

/// Lines of at most `width` columns; longer words are broken, and nowhere else: a hyphen
/// may be a minus.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width.max(1)).word_splitter(WordSplitter::NoHyphenation);
    let text = clean(text);
    let lines = textwrap::wrap(&text, options);
    lines.into_iter().map(String::from).collect()
}

/// Lines of at most `width` columns with every space kept, as program output wants it.
pub(super) fn chop(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in line.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width.max(2) {
            lines.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

/// A drawn line, escapes and all, as the rows that it takes in a window of `width` columns.
pub(super) fn rows(line: &str, width: usize) -> Vec<String> {
    if columns(&anstream::adapter::strip_str(line).to_string()) <= width {
        return vec![line.into()];
    }
    let mut rows = vec![String::new()];
    let (mut used, mut escape) = (0, false);
    for c in line.chars() {
        escape |= c == '\x1b';
        let wide = if escape { 0 } else { c.width().unwrap_or(0) };
        if used + wide > width.max(2) {
            rows.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(last) = rows.last_mut() {
            last.push(c);
        }
        escape &= !c.is_ascii_alphabetic();
    }
    rows
}

/// Filled up with spaces on the right.
pub(super) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", gap(text, width))
}

/// Filled up with spaces on the left.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", gap(text, width))
}

fn gap(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(columns(text)))
}

/// A paragraph, `indent` columns from the left.
pub(super) fn paragraph(
    out: &mut dyn Write,
    width: usize,
    indent: usize,
    text: &str,
    style: Style,
) -> io::Result<()> {
    for line in wrap(text, width.saturating_sub(indent)) {
        write_line(out, indent, &line, style)?;
    }
    Ok(())
}

/// A path, broken where there is no room for it, but between its parts.
pub(super) fn path(
    out: &mut dyn Write,
    width: usize,
    indent: usize,
    text: &str,
    style: Style,
) -> io::Result<()> {
    let room = width.saturating_sub(indent);
    let mut lines = vec![String::new()];
    for part in clean(text).split_inclusive(['/', '\\']) {
        for piece in chop(part, room) {
            match lines.last_mut() {
                Some(line) if columns(line) + columns(&piece) <= room => line.push_str(&piece),
                _ => lines.push(piece),
            }
        }
    }
    let mut lines = lines.iter();
    lines.try_for_each(|line| write_line(out, indent, line, style))
}

/// A paragraph beside a mark: its later lines stand under its first.
pub(super) fn hanging(
    out: &mut dyn Write,
    width: usize,
    indent: usize,
    mark: &ColoredString,
    text: &str,
    style: Style,
) -> io::Result<()> {
    let inner = indent + columns(&mark.input) + 1;
    for (i, line) in wrap(text, width.saturating_sub(inner)).iter().enumerate() {
        if i == 0 {
            writeln!(out, "{:indent$}{mark} {}", "", style(line))?;
        } else {
            write_line(out, inner, line, style)?;
        }
    }
    Ok(())
}

fn write_line(out: &mut dyn Write, indent: usize, line: &str, style: Style) -> io::Result<()> {
    if line.is_empty() {
        return writeln!(out);
    }
    writeln!(out, "{:indent$}{}", "", style(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_may_be_a_minus_and_is_no_place_to_break() {
        assert_eq!(wrap("an error of 1e-5", 15), ["an error of", "1e-5"]);
    }

    #[test]
    fn paths_are_broken_between_their_parts() {
        let mut out = Vec::new();
        path(&mut out, 12, 2, "exercises/a/src/lib.rs:7", |line| {
            line.into()
        })
        .unwrap();
        let lines = String::from_utf8(out).unwrap();
        assert_eq!(lines, "  exercises/\n  a/src/\n  lib.rs:7\n");
    }

    #[test]
    fn program_output_keeps_its_spaces_and_loses_what_moves_the_cursor() {
        assert_eq!(clean("\x1b[31mred\x1b[0m\tx\x07\r\n"), "red    x\n");
        assert_eq!(chop("  a b  c", 4), ["  a ", "b  c"]);
    }

    #[test]
    fn escapes_take_no_room_in_a_row() {
        let line = "\x1b[31mabc\x1b[0mdef";
        assert_eq!(rows(line, 6), [line]);
        assert_eq!(rows(line, 4), ["\x1b[31mabc\x1b[0md", "ef"]);
    }
}
