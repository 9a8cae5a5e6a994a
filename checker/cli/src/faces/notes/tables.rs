//! Setting tables.

use pulldown_cmark::Alignment;
use textwrap::core::display_width;

use super::document::Table;
use super::words::{Ink, Prose};

/// The columns between two columns of a table.
const GUTTER: usize = 2;

/// A column is wrapped no narrower than this, unless all it holds is narrower.
const NARROWEST: usize = 10;

/// A table in at most `width` columns: as it is, with its cells wrapped, or, where that
/// would be a column of splinters, one block of `header: value` lines a row.
pub(super) fn lines(table: &Table, width: usize) -> Vec<String> {
    match column_widths(table, width) {
        Some(widths) => columns(table, &widths),
        None => records(table, width),
    }
}

fn cells(table: &Table, column: usize) -> impl Iterator<Item = &Prose> {
    let rows = std::iter::once(&table.head).chain(&table.rows);
    rows.filter_map(move |row| row.get(column))
}

/// The widths of the columns, if the table can be set in columns at all.
fn column_widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let count = table.head.len();
    let room = width.checked_sub(GUTTER * count.saturating_sub(1))?;
    let widest = |column| cells(table, column).map(Prose::columns).max().unwrap_or(0);
    let narrowest = |column| {
        let word = cells(table, column)
            .map(Prose::longest_word)
            .max()
            .unwrap_or(0);
        word.max(NARROWEST.min(widest(column)))
    };
    let mut widths: Vec<usize> = (0..count).map(widest).collect();
    let least: Vec<usize> = (0..count).map(narrowest).collect();
    // The widest column gives way first.
    while widths.iter().sum::<usize>() > room {
        let (column, _) = (0..count)
            .filter(|&column| widths[column] > least[column])
            .map(|column| (column, widths[column]))
            .max_by_key(|&(_, wide)| wide)?;
        widths[column] -= 1;
    }
    Some(widths)
}

fn columns(table: &Table, widths: &[usize]) -> Vec<String> {
    let rule: Vec<String> = widths.iter().map(|&wide| "─".repeat(wide)).collect();
    let rule = Ink::DIM.paint(&rule.join(&" ".repeat(GUTTER)));
    let mut set = row(table, &table.head, widths);
    set.push(rule);
    let body: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|cells| row(table, cells, widths))
        .collect();
    let airy = body.iter().any(|lines| lines.len() > 1);
    for (nth, lines) in body.into_iter().enumerate() {
        if airy && nth > 0 {
            set.push(String::new());
        }
        set.extend(lines);
    }
    set
}

fn row(table: &Table, cells: &[Prose], widths: &[usize]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(widths)
        .map(|(cell, &wide)| cell.lines(wide))
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|y| {
            let parts = wrapped
                .iter()
                .zip(widths)
                .enumerate()
                .map(|(column, (lines, &wide))| {
                    let text = lines.get(y).map_or("", String::as_str);
                    let align = table.alignments.get(column).copied();
                    aligned(text, wide, align.unwrap_or(Alignment::None))
                });
            let line = parts.collect::<Vec<_>>().join(&" ".repeat(GUTTER));
            line.trim_end().to_owned()
        })
        .collect()
}

fn aligned(text: &str, width: usize, alignment: Alignment) -> String {
    let missing = width.saturating_sub(display_width(text));
    let left = match alignment {
        Alignment::None | Alignment::Left => 0,
        Alignment::Center => missing / 2,
        Alignment::Right => missing,
    };
    format!("{}{text}{}", " ".repeat(left), " ".repeat(missing - left))
}

/// One block a row, one `header: value` line a cell.
fn records(table: &Table, width: usize) -> Vec<String> {
    let mut set = Vec::new();
    for (nth, cells) in table.rows.iter().enumerate() {
        if nth > 0 {
            set.push(String::new());
        }
        for (header, cell) in table.head.iter().zip(cells) {
            if !cell.is_empty() {
                set.extend(record(header, cell, width));
            }
        }
    }
    set
}

fn record(header: &Prose, cell: &Prose, width: usize) -> Vec<String> {
    let entry = if header.is_empty() {
        cell.clone()
    } else {
        header.labelling(cell)
    };
    let lines = entry.lines(width - GUTTER);
    let indent = |(i, line)| {
        if i == 0 {
            line
        } else {
            format!("{}{line}", " ".repeat(GUTTER))
        }
    };
    lines.into_iter().enumerate().map(indent).collect()
}
