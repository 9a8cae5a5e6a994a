//! Lines over a common horizontal axis.

use super::axis::{Axis, Tick};
use super::canvas::{Canvas, DOWN, ink};
use super::note;
use crate::faces::columns::cut;
use crate::faces::fit::{columns, left, right};
use crate::faces::number::count;
use crate::runner::{PlotLine, SeriesPlot};
use colored::Colorize;
use std::io::{self, Write};

/// What tells lines apart without colour.
const MARKS: [char; 8] = ['●', '○', '◆', '◇', '▲', '△', '■', '□'];

/// A wider picture would only flatten the slopes.
const WIDEST: usize = 72;

/// Columns in which a slope can still be seen.
const FEWEST: usize = 8;

/// The data of a picture with their axes, and how much of the width each part takes.
struct Picture<'a> {
    series: &'a SeriesPlot,
    x: Axis,
    y: Axis,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
    /// Columns of the labels on the left.
    gutter: usize,
    columns: usize,
    rows: usize,
    /// Columns of the labels on the right.
    labels: usize,
}

/// Draws the lines, without the title.
pub(super) fn draw(series: &SeriesPlot, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(picture) = Picture::new(series, width) else {
        return note(out, width, "There is no point to draw.");
    };
    let (canvas, ends) = picture.lines();
    let labels = picture.labels(&ends);
    let name = cut(&axis_name(&series.y, series.log_y), width);
    writeln!(out, "{}", name.dimmed())?;
    for (row, label) in labels.iter().enumerate() {
        let tick = picture.y_ticks.iter().find(|tick| picture.row(tick) == row);
        let text = tick.map_or("", |tick| tick.label.as_str());
        let axis = if tick.is_some() { "┤" } else { "│" };
        let gutter = format!("{} {axis}", right(text, picture.gutter));
        let line = format!("{}{}{label}", gutter.dimmed(), canvas.row(row));
        writeln!(out, "{}", line.trim_end())?;
    }
    picture.foot(width, out)?;
    picture.notes(&labels, width, out)
}

impl<'a> Picture<'a> {
    fn new(series: &'a SeriesPlot, width: usize) -> Option<Self> {
        // A point without one coordinate has no place: it does not widen the other axis.
        let all = || series.lines.iter().flat_map(points);
        let has_y = |(_, y): &(f64, f64)| Axis::over([*y].into_iter(), series.log_y).is_some();
        let has_x = |(x, _): &(f64, f64)| Axis::over([*x].into_iter(), series.log_x).is_some();
        let x = Axis::over(all().filter(has_y).map(|p| p.0), series.log_x)?;
        let y = Axis::over(all().filter(has_x).map(|p| p.1), series.log_y)?;
        let (x_ticks, y_ticks) = (x.ticks(), y.ticks());
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
        let gutter = widest(&mut y_ticks.iter().map(|tick| columns(&tick.label)));
        let mark = if series.lines.len() > 1 { 2 } else { 0 };
        let labels = widest(&mut series.lines.iter().map(|line| columns(&line.label)));
        let labels = (labels + mark).min(width / 3);
        let across = width.saturating_sub(gutter + 2 + 1 + labels);
        let across = across.clamp(FEWEST, WIDEST);
        let rows = match y.is_point() {
            true => 3,
            false => (across / 5 + 2).clamp(8, 14),
        };
        Some(Self {
            series,
            x,
            y,
            x_ticks,
            y_ticks,
            gutter,
            columns: across,
            rows: rows.max(series.lines.len().min(14)),
            labels,
        })
    }

    /// The row, from the top, of a value named on the left.
    fn row(&self, tick: &Tick) -> usize {
        let dots = (self.rows * DOWN - 1) as f64;
        self.rows - 1 - (tick.at * dots).round() as usize / DOWN
    }

    /// The drawn lines, and the row in which each one ends.
    fn lines(&self) -> (Canvas, Vec<Option<usize>>) {
        let mut canvas = Canvas::new(self.columns, self.rows);
        let mut ends = Vec::new();
        let mut marks = Vec::new();
        for (number, line) in self.series.lines.iter().enumerate() {
            let place = |(x, y)| Some(canvas.at(self.x.place(x)?, self.y.place(y)?));
            let dots: Vec<Option<(usize, usize)>> = points(line).map(place).collect();
            for (i, dot) in dots.iter().enumerate() {
                let Some(dot) = *dot else { continue };
                // Where a point is missing, the line has a gap.
                let before = i.checked_sub(1).and_then(|i| dots[i]);
                canvas.stroke(before.unwrap_or(dot), dot, number);
            }
            let drawn: Vec<(usize, usize)> = dots.into_iter().flatten().collect();
            ends.push(drawn.last().map(|&dot| canvas.row_of(dot)));
            marks.extend(self.marked(number, &drawn).map(|dot| (dot, number)));
        }
        for (dot, number) in marks {
            canvas.mark(dot, mark(number), number);
        }
        (canvas, ends)
    }

    /// Which points of a line carry its mark: all if they are few, some if there are other
    /// lines to tell it from.
    fn marked<'d>(
        &self,
        number: usize,
        dots: &'d [(usize, usize)],
    ) -> impl Iterator<Item = (usize, usize)> + use<'d> {
        let lines = self.series.lines.len();
        let (first, step) = match dots.len() {
            few if few <= self.columns / 4 => (0, 1),
            _ if lines == 1 => (dots.len(), 1),
            // Staggered, so that the marks of lines that run together stay apart.
            many => (many * (number % 4 + 1) / 12, many / 3),
        };
        dots.iter().skip(first).step_by(step.max(1)).copied()
    }

    /// The label, if there is one, beside each row: as near to its line's end as the other
    /// labels let it be.
    fn labels(&self, ends: &[Option<usize>]) -> Vec<String> {
        let mut wanted: Vec<(usize, usize)> = Vec::new();
        wanted.extend(
            ends.iter()
                .enumerate()
                .filter_map(|(line, end)| Some(((*end)?, line))),
        );
        wanted.sort_unstable();
        wanted.truncate(self.rows);
        let mut free = self.rows;
        let mut labels = vec![String::new(); self.rows];
        // From below, so that those which have to give way do so upwards …
        let mut rows: Vec<usize> = wanted.iter().map(|(row, _)| *row).collect();
        for row in rows.iter_mut().rev() {
            *row = (*row).min(free.saturating_sub(1));
            free = *row;
        }
        // … and down again where there was no room above.
        let mut free = 0;
        for row in &mut rows {
            *row = (*row).max(free);
            free = *row + 1;
        }
        for (row, (_, line)) in rows.into_iter().zip(wanted) {
            labels[row] = self.label(line);
        }
        labels
    }

    fn label(&self, line: usize) -> String {
        let text = &self.series.lines[line].label;
        let text = match self.series.lines.len() {
            1 => text.clone(),
            _ => format!("{} {text}", mark(line)),
        };
        if text.is_empty() {
            return text;
        }
        format!(" {}", cut(&text, self.labels).color(ink(line)))
    }

    /// The horizontal axis with its values and its name.
    fn foot(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let (axis, mut values) = self.named();
        let indent = self.gutter + 2;
        writeln!(out, "{:1$}{2}", "", indent - 1, format!("└{axis}").dimmed())?;
        let name = axis_name(&self.series.x, self.series.log_x);
        let beside = indent + columns(&values) + 2 + columns(&name) <= width;
        if beside {
            values = format!("{values}  {name}");
        }
        writeln!(out, "{:indent$}{}", "", values.dimmed())?;
        if beside {
            return Ok(());
        }
        let name = cut(&name, width.saturating_sub(indent));
        writeln!(out, "{:indent$}{}", "", name.dimmed())
    }

    /// The horizontal axis with its ticks, and the values below them: those at the ends do
    /// not stick out, and the one between is left out where there is no room for it.
    fn named(&self) -> (String, String) {
        let mut axis = vec!['─'; self.columns];
        let mut values = String::new();
        let column = |tick: &Tick| (tick.at * (self.columns - 1) as f64).round() as usize;
        let (first, last) = (&self.x_ticks[0], &self.x_ticks[self.x_ticks.len() - 1]);
        let end = self.columns.saturating_sub(columns(&last.label));
        for tick in &self.x_ticks {
            let centred = column(tick).saturating_sub(columns(&tick.label) / 2);
            let start = match tick {
                _ if self.x.is_point() => centred,
                _ if tick == first => 0,
                _ if tick == last => end,
                _ => centred,
            };
            let is_between = tick != first && tick != last;
            let collides = !values.is_empty() && start < columns(&values) + 2;
            if collides || is_between && start + columns(&tick.label) + 2 > end {
                continue;
            }
            axis[column(tick)] = '┬';
            values = left(&values, start) + &tick.label;
        }
        (axis.into_iter().collect(), values)
    }

    /// What the picture does not show.
    fn notes(&self, labels: &[String], width: usize, out: &mut dyn Write) -> io::Result<()> {
        let all = self.series.lines.iter().flat_map(points);
        let has_no_place =
            |(x, y): &(f64, f64)| self.x.place(*x).is_none() || self.y.place(*y).is_none();
        let missing = all.filter(has_no_place).count();
        if missing > 0 {
            let what = count(missing, "point has", "points have");
            let why = match self.series.log_x || self.series.log_y {
                true => "NaN, infinite, or without a logarithm",
                false => "NaN or infinite",
            };
            note(out, width, &format!("{what} no place here: {why}."))?;
        }
        let labelled = labels.iter().filter(|label| !label.is_empty()).count();
        let lines = self
            .series
            .lines
            .iter()
            .filter(|line| !line.label.is_empty());
        match lines.count().saturating_sub(labelled) {
            0 => Ok(()),
            n => note(
                out,
                width,
                &format!("{} no label here.", count(n, "line has", "lines have")),
            ),
        }
    }
}

fn mark(line: usize) -> char {
    MARKS[line % MARKS.len()]
}

fn axis_name(name: &str, logarithmic: bool) -> String {
    match logarithmic {
        true => format!("{name} (logarithmic)"),
        false => name.into(),
    }
}

fn points(line: &PlotLine) -> impl Iterator<Item = (f64, f64)> {
    line.x.iter().zip(&line.y).map(|(x, y)| (x.0, y.0))
}
