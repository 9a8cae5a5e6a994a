//! A matrix as shades.

use super::axis::fraction;
use super::note;
use crate::faces::columns::cut;
use crate::faces::fit::{clean, columns, left, paragraph, right};
use crate::faces::number::{even, significant};
use crate::runner::HeatPlot;
use colored::{ColoredString, Colorize};
use std::io::{self, Write};

/// From the smallest value to the largest.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

/// The greys of the 256 colours behind the shades, from the smallest value to the largest;
/// neither is lost on a white or a black background.
const LIGHTEST: f64 = 254.0;
const DARKEST: f64 = 236.0;

/// More rows than this are no picture any more.
const MOST_ROWS: usize = 48;

/// Columns of the shades in the line that explains them, where there is room for more than
/// one of each.
const RAMP: usize = 2 * SHADES.len();

/// What stands where a value has no shade.
const MINUS_INFINITY: char = ' ';
const PLUS_INFINITY: char = '∞';
const NOT_A_NUMBER: char = '×';

/// How the matrix is laid out.
struct Grid<'a> {
    heat: &'a HeatPlot,
    low: f64,
    high: f64,
    /// Columns of the row labels.
    gutter: usize,
    /// Columns of one cell.
    cell: usize,
    /// Rows and columns that are shown.
    shown: (usize, usize),
}

/// Draws the matrix, without the title.
pub(super) fn draw(heat: &HeatPlot, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if heat.rows.is_empty() || heat.columns.is_empty() || heat.values.is_empty() {
        return note(out, width, "There is no value to draw.");
    }
    let grid = Grid::new(heat, width);
    let names = format!("↓ {}   → {}", heat.row, heat.column);
    paragraph(out, width, 0, &names, |line| line.dimmed())?;
    let labels = grid.column_labels();
    writeln!(out, "{:1$}{labels}", "", grid.gutter + 1)?;
    for row in 0..grid.shown.0 {
        let label = right(&label(&heat.rows[row], grid.gutter), grid.gutter);
        let cells: String = (0..grid.shown.1)
            .map(|column| grid.painted(row, column).to_string())
            .collect();
        writeln!(out, "{label} {cells}")?;
    }
    writeln!(out)?;
    grid.scale(width, out)?;
    grid.left_out(width, out)
}

impl<'a> Grid<'a> {
    fn new(heat: &'a HeatPlot, width: usize) -> Self {
        let widest = |labels: &[String]| {
            let widths = labels.iter().map(|text| columns(&label(text, width)));
            widths.max().unwrap_or(0).max(1)
        };
        let gutter = widest(&heat.rows).min(width / 4);
        let room = width - gutter - 1;
        let wish = (widest(&heat.columns) + 1).clamp(2, 4);
        let fits = |cell: &usize| cell * heat.columns.len() <= room;
        let cell = (1..=wish).rev().find(fits).unwrap_or(1);
        let finite = || heat.values.iter().map(|v| v.0).filter(|v| v.is_finite());
        Self {
            heat,
            low: finite().fold(f64::INFINITY, f64::min),
            high: finite().fold(f64::NEG_INFINITY, f64::max),
            gutter,
            cell,
            shown: (
                heat.rows.len().min(MOST_ROWS),
                heat.columns.len().min(room / cell),
            ),
        }
    }

    /// The value in a cell; none if the matrix is shorter than its labels promise.
    fn value(&self, row: usize, column: usize) -> Option<f64> {
        let values = &self.heat.values;
        Some(values.get(row * self.heat.columns.len() + column)?.0)
    }

    fn painted(&self, row: usize, column: usize) -> ColoredString {
        let mark = match self.value(row, column) {
            None => ' ',
            Some(f64::NEG_INFINITY) => MINUS_INFINITY,
            Some(f64::INFINITY) => PLUS_INFINITY,
            Some(value) if value.is_nan() => NOT_A_NUMBER,
            Some(value) => return shade(fraction(value, self.low, self.high), self.cell),
        };
        left(&mark.to_string(), self.cell).normal()
    }

    /// Labels above the columns: as much of each as there is room for, or, where numbers
    /// cut short would mislead, fewer of them.
    fn column_labels(&self) -> String {
        let labels = &self.heat.columns[..self.shown.1];
        let widest = labels.iter().map(|text| columns(text)).max().unwrap_or(0);
        let numbers = labels.iter().all(|label| label.parse::<i64>().is_ok());
        let every = match numbers && widest + 1 > self.cell && widest > 1 {
            true => {
                let needed = (widest + 1).div_ceil(self.cell);
                [2, 5, 10].into_iter().find(|&n| n >= needed).unwrap_or(20)
            }
            false => 1,
        };
        let mut line = String::new();
        let room = self.shown.1 * self.cell;
        for (i, text) in labels.iter().enumerate().step_by(every) {
            let most = match every {
                1 => (self.cell - 1).max(1),
                _ => widest,
            };
            let text = label(text, most);
            let start = i * self.cell;
            if start + columns(&text) <= room {
                line = left(&line, start) + &text;
            }
        }
        line
    }

    /// Which value is lightest and which one darkest, and what the other marks mean.
    fn scale(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut parts = Vec::new();
        if self.low < self.high {
            let text = |digits: usize| even(&[self.low, self.high], digits);
            let ends = (3..17).map(text).find(|ends| ends[0] != ends[1]);
            let ends = ends.unwrap_or_else(|| text(17));
            let (low, high) = (&ends[0], &ends[1]);
            let steps = if width < 40 { SHADES.len() } else { RAMP };
            let step = |i: usize| shade(i as f64 / (steps - 1) as f64, 1).to_string();
            let ramp: String = (0..steps).map(step).collect();
            let plain = columns(low) + columns(high) + steps + 4;
            parts.push((format!("{low} │{ramp}│ {high}"), plain));
        } else if self.low == self.high {
            let ramp = shade(0.5, 2);
            let value = significant(self.low, 6);
            parts.push((format!("{ramp} {value}, all alike"), columns(&value) + 14));
        }
        let has = |is: fn(f64) -> bool| self.heat.values.iter().any(|v| is(v.0));
        let mut explain = |is: fn(f64) -> bool, mark: char, meaning: &str| {
            if has(is) {
                let text = format!("{mark} {meaning}");
                let plain = columns(&text);
                parts.push((text, plain));
            }
        };
        explain(|v| v == f64::NEG_INFINITY, MINUS_INFINITY, "−∞ (log 0)");
        explain(|v| v == f64::INFINITY, PLUS_INFINITY, "infinite");
        explain(f64::is_nan, NOT_A_NUMBER, "NaN");
        write_parts(out, &parts, width)
    }

    /// What did not fit.
    fn left_out(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let (rows, across) = (self.heat.rows.len(), self.heat.columns.len());
        let mut missing = Vec::new();
        if self.shown.1 < across {
            missing.push(format!("the first {} of {across} columns", self.shown.1));
        }
        if self.shown.0 < rows {
            missing.push(format!("the first {} of {rows} rows", self.shown.0));
        }
        if missing.is_empty() {
            return Ok(());
        }
        let text = format!("Shown here: {}.", missing.join(" and "));
        note(out, width, &text)
    }
}

/// A piece of the matrix, as wide as a cell. Its character is told apart without colour;
/// with colour it vanishes in its own shade of grey, of which there are more.
fn shade(place: f64, width: usize) -> ColoredString {
    let last = SHADES.len() - 1;
    let character = SHADES[((place * SHADES.len() as f64) as usize).min(last)];
    let grey = (LIGHTEST + place * (DARKEST - LIGHTEST)).round() as u8;
    let cell: String = std::iter::repeat_n(character, width).collect();
    cell.ansi_color(grey).on_ansi_color(grey)
}

/// A label that can be seen: blanks have signs of their own.
pub(in crate::faces) fn label(text: &str, width: usize) -> String {
    match text {
        " " => return "␣".into(),
        "\n" => return "⏎".into(),
        "\t" => return "⇥".into(),
        _ => {}
    }
    let text = clean(text).replace('\n', "⏎");
    if width > 1 || columns(&text) <= 1 {
        return cut(&text, width);
    }
    text.chars()
        .next()
        .map_or_else(String::new, |c| cut(&c.to_string(), width))
}

/// Texts, given with their widths, beside one another, or below where there is no room.
fn write_parts(out: &mut dyn Write, parts: &[(String, usize)], width: usize) -> io::Result<()> {
    let mut used = 0;
    for (i, (text, plain)) in parts.iter().enumerate() {
        if i > 0 && used + 3 + plain > width {
            writeln!(out)?;
            used = 0;
        } else if i > 0 {
            write!(out, "   ")?;
            used += 3;
        }
        write!(out, "{text}")?;
        used += plain;
    }
    if parts.is_empty() {
        Ok(())
    } else {
        writeln!(out)
    }
}
