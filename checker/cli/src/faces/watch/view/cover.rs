//! What covers the verdict: the list, and pages.

use super::Scene;
use crate::faces::list::{self, Row};
use crate::faces::watch::state::{Filter, List, Page, State};
use colored::Colorize as _;
use std::io::{self, Write};
use textwrap::wrap;

pub(super) fn draw_page(
    page: Page,
    top: usize,
    scene: &Scene,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = scene.height.saturating_sub(2).max(1);
    let last = scene.page.len().saturating_sub(rows);
    let top = top.min(last);
    for line in scene.page.iter().skip(top).take(rows) {
        writeln!(out, "{line}")?;
    }
    let name = match page {
        Page::Notes => "Notes",
        Page::Solution => "Solution",
        Page::CheckAll => "All exercises",
        Page::Verdict => "Verdict",
    };
    let shown = (top + rows).min(scene.page.len());
    let foot = format!(
        "{name}, lines {} to {shown} of {}",
        (top + 1).min(shown),
        scene.page.len()
    );
    writeln!(out, "{}", foot.dimmed())?;
    let keys = "space: on / b: back / j k: line / g G: ends / q: close";
    write!(out, "{}", &keys[..keys.len().min(scene.width)])
}

/// Where a page really begins, however far it was scrolled: so that scrolling back works at
/// once.
pub fn top_of(top: usize, lines: usize, height: usize) -> usize {
    top.min(lines.saturating_sub(height.saturating_sub(2).max(1)))
}

pub(super) fn draw_list(
    state: &State,
    list: &List,
    scene: &Scene,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = state.shown(list);
    let mut rows: Vec<Row> = Vec::new();
    for &place in &shown {
        let mut row = scene.rows[place];
        // Here the mark of the current exercise is the cursor.
        row.current = place == list.cursor;
        rows.push(row);
    }
    let mut table = Vec::new();
    list::draw_table(&mut table, &rows, scene.width)?;
    let table = String::from_utf8_lossy(&table).into_owned();
    let lines: Vec<&str> = table.lines().collect();
    let room = scene.height.saturating_sub(4).max(3);
    // The cursor stays in view: rows come in the order of the table.
    let at = shown
        .iter()
        .position(|&place| place == list.cursor)
        .unwrap_or(0);
    let top = at
        .saturating_sub(room / 2)
        .min(lines.len().saturating_sub(room));
    for line in lines.iter().skip(top).take(room) {
        writeln!(out, "{line}")?;
    }
    let filter = match list.filter {
        Filter::All => "all",
        Filter::Done => "done only",
        Filter::Pending => "pending only",
    };
    let cursor = if list.typing { "_" } else { "" };
    writeln!(out, "\nShowing: {filter}   Search: {}{cursor}", list.search)?;
    let keys = "j k: move / c: go there / r: reset / d p: done, pending / s: search / q: close";
    for line in wrap(keys, scene.width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
