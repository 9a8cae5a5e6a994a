//! The table itself: which columns there is room for, and their colours.

use std::io::{self, Write};

use colored::{ColoredString, Colorize as _};
use unicode_width::UnicodeWidthStr as _;

use super::{Row, status_word};
use crate::{
    course::{Entry, Kind, Status},
    faces::columns::{cut, fit, fit_right},
};

/// A column besides the mark and the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Title,
    Kind,
    Difficulty,
    Minutes,
    Points,
    Status,
}

impl Column {
    /// In the order in which they stand.
    const ALL: [Self; 6] = [
        Self::Title,
        Self::Kind,
        Self::Difficulty,
        Self::Minutes,
        Self::Points,
        Self::Status,
    ];

    /// In the order in which they are given room. The word of the status comes late: its
    /// mark stands at the beginning of every row.
    const BY_WEIGHT: [Self; 6] = [
        Self::Title,
        Self::Difficulty,
        Self::Minutes,
        Self::Kind,
        Self::Status,
        Self::Points,
    ];

    /// How wide it must be at least; only the title takes more.
    fn width(self) -> usize {
        match self {
            Self::Title => 24,
            Self::Kind => "capstone".len(),
            Self::Difficulty => 4,
            Self::Minutes => "60 min".len(),
            Self::Points => "50 pts".len(),
            Self::Status => "changed".len(),
        }
    }

    fn cell(self, row: &Row<'_>, title: usize) -> ColoredString {
        let exercise = row.entry.exercise;
        match self {
            Self::Title => fit(&exercise.title, title).normal(),
            Self::Kind => fit(task(exercise.kind), self.width()).normal(),
            Self::Difficulty => {
                let filled = usize::from(exercise.difficulty).min(4);
                ("●".repeat(filled) + &"○".repeat(4 - filled)).normal()
            }
            Self::Minutes => fit_right(&format!("{} min", exercise.minutes), self.width()).normal(),
            Self::Points => fit_right(&format!("{} pts", exercise.points), self.width()).normal(),
            Self::Status => painted(status_word(row.status), row.status),
        }
    }
}

/// What a kind asks for, in a word: beside "passed", "todo" would read as "still to do".
fn task(kind: Kind) -> &'static str {
    match kind {
        Kind::Todo => "write",
        Kind::Bug => "mend",
        Kind::Predict | Kind::Perf | Kind::Capstone => kind.as_str(),
    }
}

/// Between two columns.
const GAP: usize = 2;
/// The mark of the current exercise, the mark of the status, a blank.
const MARKS: usize = 3;

/// Draws rows in their order, with a line for the stage before each new one.
///
/// # Errors
/// Those of `out`.
pub fn draw_table(out: &mut dyn Write, rows: &[Row<'_>], width: usize) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "No exercise is like that.");
    }
    let widest = rows.iter().map(|row| row.entry.exercise.id.width()).max();
    let id = widest.unwrap_or(0).min(width.saturating_sub(MARKS));
    let (columns, title) = choose(width.saturating_sub(MARKS + id));
    let mut stage = None;
    for row in rows {
        if stage.replace(&row.entry.stage.folder) != Some(&row.entry.stage.folder) {
            draw_stage(out, row.entry, width)?;
        }
        draw_row(out, row, id, &columns, title)?;
    }
    writeln!(out)?;
    for line in textwrap::wrap(LEGEND, width.max(1)) {
        writeln!(out, "{}", line.dimmed())?;
    }
    Ok(())
}

const LEGEND: &str = "✓ passed · ~ changed since it passed · ✗ pending · > you are here";

/// The columns that there is room for, in order, and the width of the title.
fn choose(mut room: usize) -> (Vec<Column>, usize) {
    let mut chosen = Vec::new();
    for column in Column::BY_WEIGHT {
        if let Some(left) = room.checked_sub(GAP + column.width()) {
            room = left;
            chosen.push(column);
        }
    }
    // Beyond what the longest titles need, a wider column only tears the row apart.
    let title = (Column::Title.width() + room).min(60);
    let in_order = Column::ALL
        .into_iter()
        .filter(|column| chosen.contains(column));
    (in_order.collect(), title)
}

fn draw_stage(out: &mut dyn Write, entry: Entry<'_>, width: usize) -> io::Result<()> {
    let number = format!("{:02} ", entry.stage.number);
    let title = cut(&entry.stage.title, width.saturating_sub(number.width()));
    let room = width.saturating_sub(number.width() + title.width());
    let spiral = format!(" · {}", entry.spiral.title);
    let spiral = if spiral.width() <= room {
        spiral.as_str()
    } else {
        ""
    };
    writeln!(out, "{}{}{}", number.bold(), title.bold(), spiral.dimmed())
}

fn draw_row(
    out: &mut dyn Write,
    row: &Row<'_>,
    id: usize,
    columns: &[Column],
    title: usize,
) -> io::Result<()> {
    let here = if row.current {
        ">".cyan().bold()
    } else {
        " ".normal()
    };
    let mark = painted(status_mark(row.status), row.status);
    write!(out, "{here}{mark} ")?;
    let name = &row.entry.exercise.id;
    // What ends the line is not filled up.
    let name = if columns.is_empty() {
        cut(name, id)
    } else {
        fit(name, id)
    };
    write!(out, "{}", name.cyan())?;
    for (place, column) in columns.iter().enumerate() {
        write!(out, "{:GAP$}", "")?;
        if *column == Column::Title && place + 1 == columns.len() {
            write!(out, "{}", cut(&row.entry.exercise.title, title))?;
        } else {
            write!(out, "{}", column.cell(row, title))?;
        }
    }
    writeln!(out)
}

fn status_mark(status: Status) -> &'static str {
    match status {
        Status::Passed => "✓",
        Status::ChangedSincePassed => "~",
        Status::Pending => "✗",
    }
}

fn painted(text: &str, status: Status) -> ColoredString {
    match status {
        Status::Passed => text.green(),
        Status::ChangedSincePassed => text.yellow(),
        Status::Pending => text.normal(),
    }
}
