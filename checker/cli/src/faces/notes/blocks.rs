//! Setting blocks as lines.

use colored::Color;
use pulldown_cmark::{BlockQuoteKind, HeadingLevel};
use textwrap::core::display_width;

use super::document::{Block, Item, RAW, bare};
use super::words::{Ink, Prose};
use super::{code, math, tables};

/// No block is set narrower than this, however deep it is nested.
const NARROWEST: usize = 12;

/// Below this width, indents are halved.
const ROOMY: usize = 60;

/// The lines of some blocks, with a blank line between each two.
pub(super) fn lines(blocks: &[Block], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block_lines(block, width.max(NARROWEST)));
    }
    lines
}

fn block_lines(block: &Block, width: usize) -> Vec<String> {
    match block {
        Block::Heading(level, prose) => heading(*level, prose, width),
        Block::Paragraph(prose) => prose.lines(width),
        Block::Formula(latex) => formula(latex, width),
        Block::Code { language, text } => {
            let indent = indent(width);
            prefixed(
                code::lines(language, text, width - indent.len()),
                &indent,
                &indent,
            )
        }
        Block::Quote(kind, blocks) => quote(*kind, blocks, width),
        Block::List { first, items } => list(*first, items, width),
        Block::Table(table) => tables::lines(table, width),
        Block::Footnote(label, blocks) => {
            let mark = format!("[{label}] ");
            let hanging = " ".repeat(display_width(&mark));
            prefixed(
                lines(blocks, width.saturating_sub(hanging.len())),
                &Ink::DIM.paint(&mark),
                &hanging,
            )
        }
        Block::Rule => vec![Ink::DIM.paint(&"─".repeat(width))],
    }
}

fn indent(width: usize) -> String {
    " ".repeat(if width < ROOMY { 2 } else { 4 })
}

/// Lines with something before the first and something before the others.
fn prefixed(lines: Vec<String>, first: &str, others: &str) -> Vec<String> {
    let prefix = |(i, line): (usize, String)| {
        let prefix = if i == 0 { first } else { others };
        match line.is_empty() {
            true => prefix.trim_end().to_owned(),
            false => format!("{prefix}{line}"),
        }
    };
    lines.into_iter().enumerate().map(prefix).collect()
}

/// A heading is underlined, the more heavily the higher it stands.
fn heading(level: HeadingLevel, prose: &Prose, width: usize) -> Vec<String> {
    let rule = match level {
        HeadingLevel::H1 => '━',
        HeadingLevel::H2 => '─',
        _ => '╌',
    };
    let mut lines: Vec<String> = prose.lines(width);
    let longest = lines
        .iter()
        .map(|line| display_width(line))
        .max()
        .unwrap_or(0);
    for line in &mut lines {
        *line = Ink::BOLD.paint(line);
    }
    lines.push(Ink::BOLD.paint(&rule.to_string().repeat(longest)));
    lines
}

fn formula(latex: &str, width: usize) -> Vec<String> {
    let indent = indent(width);
    let room = width - indent.len();
    let set = math::display(bare(latex), room).unwrap_or_else(|_| {
        let source = latex.lines().map(str::trim).filter(|line| !line.is_empty());
        let source = source.flat_map(|line| Prose::of(line, RAW).lines(room));
        let fence = || RAW.paint("$$");
        std::iter::once(fence())
            .chain(source)
            .chain([fence()])
            .collect()
    });
    prefixed(set, &indent, &indent)
}

fn quote(kind: Option<BlockQuoteKind>, blocks: &[Block], width: usize) -> Vec<String> {
    let title = kind.map(|kind| match kind {
        BlockQuoteKind::Note => ("Note", Color::Blue),
        BlockQuoteKind::Tip => ("Tip", Color::Green),
        BlockQuoteKind::Important => ("Important", Color::Magenta),
        BlockQuoteKind::Warning => ("Warning", Color::Yellow),
        BlockQuoteKind::Caution => ("Caution", Color::Red),
    });
    let mut inner = lines(blocks, width - 2);
    let bar = match title {
        Some((title, colour)) => {
            let ink = Ink {
                bold: true,
                ..Ink::coloured(colour)
            };
            inner.insert(0, ink.paint(title));
            Ink::coloured(colour).paint("┃")
        }
        None => Ink::DIM.paint("│"),
    };
    let bar = format!("{bar} ");
    prefixed(inner, &bar, &bar)
}

fn list(first: Option<u64>, items: &[Item], width: usize) -> Vec<String> {
    let last = first.map(|first| first + items.len() as u64 - 1);
    let hanging = last.map_or(2, |last| last.to_string().len() + 2);
    let loose = items.iter().any(|item| item.loose);
    let mut set = Vec::new();
    for (nth, item) in (0..).zip(items) {
        if nth > 0 && loose {
            set.push(String::new());
        }
        let mark = match first {
            Some(first) => format!("{:>1$}. ", first + nth, hanging - 2),
            None => "• ".to_owned(),
        };
        let room = width.saturating_sub(hanging).max(NARROWEST);
        let inner = if loose {
            lines(&item.blocks, room)
        } else {
            tight(&item.blocks, room)
        };
        let inner = if inner.is_empty() {
            vec![String::new()]
        } else {
            inner
        };
        set.extend(prefixed(inner, &mark, &" ".repeat(hanging)));
    }
    set
}

/// The blocks of an item without blank lines, except around what is not text.
fn tight(blocks: &[Block], width: usize) -> Vec<String> {
    let mut set: Vec<String> = Vec::new();
    let mut airy = false;
    for block in blocks {
        let needs_air = !matches!(block, Block::Paragraph(_) | Block::List { .. });
        if !set.is_empty() && (needs_air || airy) {
            set.push(String::new());
        }
        airy = needs_air;
        set.extend(block_lines(block, width));
    }
    set
}
