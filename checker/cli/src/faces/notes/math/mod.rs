//! LaTeX mathematics as text in a terminal.
//!
//! A formula is read into a tree and set in one line ([`inline`]) or in two dimensions
//! ([`display`]). One line keeps every precedence that TeX shows by height, by means of
//! brackets: `\frac{a+b}{c}` is `(a+b)/c`.

mod alphabet;
mod commands;
mod environment;
mod fault;
mod line;
mod mathml;
mod parse;
mod picture;
mod row;
mod spacing;
mod strength;
mod symbols;
mod tall;
mod tree;

#[cfg(test)]
mod formulas;

use unicode_width::UnicodeWidthStr;

pub use fault::{Fault, FaultKind};

use picture::{Align, Picture};
use row::{Style, TIE};
use tree::{Class, Grid, Node, Row};

/// How far the second and later lines of a broken formula are indented.
const HANGING: usize = 4;

/// A formula in one line.
///
/// Spaces at which a line may be broken are plain; the others are no-break spaces.
///
/// # Errors
/// A formula that cannot be read: what is wrong, and where.
pub fn inline(latex: &str) -> Result<String, Fault> {
    let row = parse::parse(latex)?;
    Ok(row::set(&row, Style::BROKEN).picture.text().to_owned())
}

/// A formula in as many lines as it needs, none wider than `width` columns.
///
/// It is set in two dimensions, and broken before its relations if it is too wide. What is
/// too wide even then is set in one line and wrapped.
///
/// # Errors
/// A formula that cannot be read: what is wrong, and where.
pub fn display(latex: &str, width: usize) -> Result<Vec<String>, Fault> {
    let mut row = parse::parse(latex)?;
    let width = width.max(1);
    let picture = match take_tag(&mut row, width) {
        Some(tag) => {
            let room = width - tag.width() - 2;
            let mut picture = fitted(&row, room);
            let gap = " ".repeat(width - picture.width() - tag.width());
            picture.beside(&gap, &Picture::line(tag));
            picture
        }
        None => fitted(&row, width),
    };
    let rows = picture.into_rows();
    Ok(rows
        .iter()
        .map(|row| row.replace(TIE, " ").trim_end().to_owned())
        .collect())
}

/// A formula in MathML, for a line of text: one element, or several where the line may be
/// broken between them.
///
/// # Errors
/// A formula that cannot be read: what is wrong, and where.
///
/// # Examples
/// ```
/// let parts = llmlings::faces::notes::math::inline_mathml("x^2")?;
/// assert_eq!(parts, ["<math><msup><mi>x</mi><mn>2</mn></msup></math>"]);
/// # Ok::<(), llmlings::faces::notes::math::Fault>(())
/// ```
pub fn inline_mathml(latex: &str) -> Result<Vec<String>, Fault> {
    Ok(mathml::inline(&parse::parse(latex)?))
}

/// A formula in MathML, to stand on lines of its own.
///
/// # Errors
/// A formula that cannot be read: what is wrong, and where.
pub fn display_mathml(latex: &str) -> Result<String, Fault> {
    Ok(mathml::display(&parse::parse(latex)?))
}

/// Takes the number of a formula out of it, if it leaves room for the formula.
fn take_tag(row: &mut Row, width: usize) -> Option<String> {
    let (at, tag) = row.iter().enumerate().find_map(|(at, node)| match node {
        Node::Tag(tag) => Some((at, format!("({tag})"))),
        _ => None,
    })?;
    (tag.width() <= width / 3 && width > 6).then(|| {
        row.remove(at);
        tag
    })
}

fn fitted(row: &Row, width: usize) -> Picture {
    let whole = row::set(row, Style::TALL).picture;
    if whole.width() <= width {
        return whole;
    }
    if let [
        Node::Grid {
            kind: Grid::Aligned | Grid::Gathered,
            rows,
        },
    ] = row.as_slice()
    {
        let lines = rows
            .iter()
            .map(|cells| fitted(&cells.concat(), width))
            .collect();
        return tall::piled(lines, Align::Left);
    }
    let apart = split(
        row,
        |node, _| matches!(node, Node::Space(columns) if *columns > 2),
    );
    if apart.len() > 1 {
        let lines = gathered(apart, width);
        let lines = lines.iter().map(|row| fitted(row, width)).collect();
        return tall::piled(lines, Align::Left);
    }
    let relation = |node: &Node, _: &Row| is(node, Class::Relation);
    let operator = |node: &Node, before: &Row| relation(node, before) || is_operator(node, before);
    broken(&split(row, relation), width)
        .or_else(|| broken(&split(row, operator), width))
        .unwrap_or_else(|| wrapped(row, width))
}

/// Puts formulas that were apart back on one line where they fit on it.
fn gathered(apart: Vec<Row>, width: usize) -> Vec<Row> {
    let mut lines: Vec<Row> = Vec::new();
    for row in apart {
        let together = lines
            .last()
            .map(|line| [line.as_slice(), &[Node::Space(3)], &row].concat());
        match (together, lines.last_mut()) {
            (Some(together), Some(line)) if indented(&together, 0).width() <= width => {
                *line = together;
            }
            _ => lines.push(row),
        }
    }
    lines
}

/// Sets parts of a formula on as few lines as hold them, if each fits on one.
fn broken(parts: &[Row], width: usize) -> Option<Picture> {
    let hanging = HANGING.min(width / 8);
    let mut lines: Vec<Picture> = Vec::new();
    let mut current = Row::new();
    for part in parts {
        let indent = if lines.is_empty() { 0 } else { hanging };
        let longer: Row = current.iter().chain(part).cloned().collect();
        if !current.is_empty() && indented(&longer, indent).width() > width {
            lines.push(indented(&current, indent));
            current = part.clone();
        } else {
            current = longer;
        }
    }
    let indent = if lines.is_empty() { 0 } else { hanging };
    lines.push(indented(&current, indent));
    let fits = lines.iter().all(|line| line.width() <= width);
    fits.then(|| tall::piled(lines, Align::Left))
}

fn indented(row: &Row, columns: usize) -> Picture {
    let mut picture = Picture::line(" ".repeat(columns));
    let mut row = row.clone();
    if row.first().is_some_and(|node| is(node, Class::Binary)) && columns > 0 {
        // It continues the line above: it is no sign.
        row.insert(0, Node::Group(Row::new()));
    }
    picture.beside("", &row::set(&row, Style::TALL).picture);
    picture
}

fn is(node: &Node, wanted: Class) -> bool {
    matches!(node, Node::Symbol { class, .. } if *class == wanted)
}

/// Whether a node is an operator with something to its left, and not a sign.
fn is_operator(node: &Node, before: &Row) -> bool {
    let sign_after = [
        Class::Relation,
        Class::Binary,
        Class::Punctuation,
        Class::Open,
    ];
    let sign = before
        .last()
        .is_none_or(|last| sign_after.iter().any(|&class| is(last, class)));
    is(node, Class::Binary) && !sign
}

/// Splits a row before the nodes that begin a part, outside of brackets. Wide spaces
/// between the parts go.
fn split(row: &Row, begins: impl Fn(&Node, &Row) -> bool) -> Vec<Row> {
    let mut parts: Vec<Row> = vec![Row::new()];
    let mut depth = 0_usize;
    for node in row {
        if is(node, Class::Open) {
            depth += 1;
        } else if is_closing(node) {
            depth = depth.saturating_sub(1);
        }
        let Some(part) = parts.last_mut() else {
            continue;
        };
        if depth > 0 || !begins(node, part) {
            part.push(node.clone());
        } else if matches!(node, Node::Space(_)) {
            parts.push(Row::new());
        } else {
            parts.push(vec![node.clone()]);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_closing(node: &Node) -> bool {
    match node {
        Node::Scripts { base, .. } => is_closing(base),
        node => is(node, Class::Close),
    }
}

/// A formula in one line, wrapped.
fn wrapped(row: &Row, width: usize) -> Picture {
    let text = row::set(row, Style::BROKEN).picture.text().to_owned();
    let hanging = " ".repeat(HANGING.min(width / 8));
    let wrap = |text: &str| -> Vec<String> {
        let options = textwrap::Options::new(width)
            .subsequent_indent(&hanging)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(text, options)
            .into_iter()
            .map(Into::into)
            .collect()
    };
    let tied = wrap(&text);
    // A part that is too long in itself is broken at its inner spaces too.
    let untied = text
        .split(' ')
        .any(|word| word.width() + hanging.len() > width);
    let lines = if untied {
        wrap(&text.replace(TIE, " "))
    } else {
        tied
    };
    tall::piled(lines.into_iter().map(Picture::line).collect(), Align::Left)
}
