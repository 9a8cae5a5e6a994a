//! What a view drew, for tests.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

/// The widths at which every view must be right.
pub(crate) const WIDTHS: [usize; 3] = [40, 80, 120];

/// Draws at a width, without colours; no line may be wider.
pub(crate) fn plain(
    width: usize,
    draw: impl FnOnce(&mut dyn Write, usize) -> io::Result<()>,
) -> String {
    let text = anstream::adapter::strip_str(&raw(width, draw)).to_string();
    for line in text.lines() {
        assert!(
            line.width() <= width,
            "{} columns of {width}: {line}",
            line.width()
        );
        assert_eq!(line, line.trim_end(), "nothing stands at the end of a line");
    }
    text
}

/// Draws at a width, with colours that can be read in a snapshot.
pub(crate) fn coloured(
    width: usize,
    draw: impl FnOnce(&mut dyn Write, usize) -> io::Result<()>,
) -> String {
    raw(width, draw).replace('\u{1b}', "␛")
}

/// At every width, each under its ruler, plain.
pub(crate) fn at_all_widths(draw: impl Fn(&mut dyn Write, usize) -> io::Result<()>) -> String {
    let part = |width| format!("{:-<width$}\n{}", format!("{width} "), plain(width, &draw));
    WIDTHS.map(part).join("\n")
}

/// At every width, plain and coloured.
pub(crate) fn in_every_way(draw: impl Fn(&mut dyn Write, usize) -> io::Result<()>) -> String {
    let part = |width| {
        format!(
            "{:·<width$}\n{}",
            format!("{width} "),
            coloured(width, &draw)
        )
    };
    let coloured = WIDTHS.map(part).join("\n");
    format!("{}\n\n{coloured}", at_all_widths(draw))
}

fn raw(width: usize, draw: impl FnOnce(&mut dyn Write, usize) -> io::Result<()>) -> String {
    colored::control::set_override(true);
    let mut bytes = Vec::new();
    draw(&mut bytes, width).unwrap();
    String::from_utf8(bytes).unwrap()
}
