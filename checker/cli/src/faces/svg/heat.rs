//! A matrix as shades.

use super::{Anchor, Drawing, Drawn, EM, WIDTH, fitted, text, width};
use crate::faces::number::{even, significant};
use crate::faces::plot::axis::fraction;
use crate::faces::plot::heat::label;
use crate::runner::HeatPlot;
use std::fmt::Write as _;

/// The largest square of a value.
const LARGEST: f64 = 26.0;
/// What is above the matrix: the names of its sides.
const TOP: f64 = 22.0;
/// Steps of the scale.
const STEPS: usize = 9;

struct Grid<'a> {
    heat: &'a HeatPlot,
    low: f64,
    high: f64,
    /// Where the matrix begins.
    left: f64,
    top: f64,
    cell: f64,
    rows: Vec<String>,
    columns: Vec<String>,
    /// Whether the labels of columns stand upright.
    upright: bool,
}

pub(super) fn draw(heat: &HeatPlot) -> Drawn {
    if heat.rows.is_empty() || heat.columns.is_empty() || heat.values.is_empty() {
        return Drawn::nothing("There is no value to draw.");
    }
    let grid = Grid::new(heat);
    let names = format!("↓ {}   → {}", heat.row, heat.column);
    let mut body = text(0.0, 12.0, Anchor::Start, "name", &names);
    body += &grid.labels();
    body += &grid.cells();
    let bottom = grid.top + grid.cell * heat.rows.len() as f64;
    body += &grid.scale(bottom + 1.2 * EM);
    Drawn {
        drawing: Some(Drawing {
            body,
            height: bottom + 2.6 * EM,
        }),
        notes: grid.notes(),
    }
}

fn widest(labels: &[String]) -> f64 {
    labels.iter().map(|label| width(label)).fold(0.0, f64::max)
}

impl<'a> Grid<'a> {
    fn new(heat: &'a HeatPlot) -> Self {
        let shown = |labels: &[String]| -> Vec<String> {
            let shown = labels
                .iter()
                .map(|text| fitted(&label(text, 40), WIDTH / 4.0));
            shown.collect()
        };
        let (rows, columns) = (shown(&heat.rows), shown(&heat.columns));
        let left = widest(&rows) + 8.0;
        let cell = ((WIDTH - left) / columns.len() as f64).min(LARGEST);
        let upright = widest(&columns) > cell;
        let above = if upright { widest(&columns) } else { EM };
        let finite = || heat.values.iter().map(|v| v.0).filter(|v| v.is_finite());
        Self {
            heat,
            low: finite().fold(f64::INFINITY, f64::min),
            high: finite().fold(f64::NEG_INFINITY, f64::max),
            left,
            top: TOP + above + 6.0,
            cell,
            rows,
            columns,
            upright,
        }
    }

    /// The names of rows and columns: every one that there is room for.
    fn labels(&self) -> String {
        let every = (EM / self.cell).ceil().max(1.0) as usize;
        let middle = |at: usize| (at as f64 + 0.5) * self.cell;
        let mut svg = String::new();
        for (row, name) in self.rows.iter().enumerate().step_by(every) {
            let y = self.top + middle(row) + EM / 3.0;
            svg += &text(self.left - 5.0, y, Anchor::End, "", name);
        }
        for (column, name) in self.columns.iter().enumerate().step_by(every) {
            let (x, y) = (self.left + middle(column), self.top - 5.0);
            if !self.upright {
                svg += &text(x, y, Anchor::Middle, "", name);
                continue;
            }
            let turned = text(0.0, EM / 3.0, Anchor::Start, "", name);
            let _ = write!(
                svg,
                "<g transform=\"translate({x:.1} {y:.1}) rotate(-90)\">{turned}</g>"
            );
        }
        svg
    }

    fn cells(&self) -> String {
        let across = self.heat.columns.len();
        let size = self.cell;
        let mut svg = String::from("<g class=\"cells\">\n");
        let within = self.heat.values.iter().take(across * self.rows.len());
        for (at, value) in within.enumerate() {
            let x = self.left + (at % across) as f64 * size;
            let y = self.top + (at / across) as f64 * size;
            match mark(value.0) {
                Some("") => {}
                Some(mark) => {
                    svg += &text(
                        x + size / 2.0,
                        y + size / 2.0 + EM / 3.0,
                        Anchor::Middle,
                        "",
                        mark,
                    );
                }
                None => svg += &self.square(x, y, size, value.0),
            }
        }
        svg + "</g>\n"
    }

    fn square(&self, x: f64, y: f64, size: f64, value: f64) -> String {
        // The smallest value is not the ground: it is there.
        let shade = 0.05 + 0.9 * fraction(value, self.low, self.high);
        format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{size:.1}\" height=\"{size:.1}\" \
             fill-opacity=\"{shade:.2}\"/>"
        )
    }

    /// Which value is lightest and which one darkest.
    fn scale(&self, y: f64) -> String {
        if self.low > self.high {
            return String::new();
        }
        let ends = (3..17).map(|digits| even(&[self.low, self.high], digits));
        let ends = ends.into_iter().find(|ends| ends[0] != ends[1]);
        let Some(ends) = ends else {
            let words = format!("{}, all alike", significant(self.low, 6));
            return text(self.left, y + EM, Anchor::Start, "", &words);
        };
        let begin = self.left + width(&ends[0]) + 6.0;
        let mut svg = text(self.left, y + EM, Anchor::Start, "", &ends[0]);
        svg += "<g class=\"cells\">";
        for step in 0..STEPS {
            let part = step as f64 / (STEPS - 1) as f64;
            let value = self.low * (1.0 - part) + self.high * part;
            svg += &self.square(begin + step as f64 * EM, y + 1.0, EM, value);
        }
        svg += "</g>\n";
        let end = begin + STEPS as f64 * EM + 6.0;
        svg + &text(end, y + EM, Anchor::Start, "", &ends[1])
    }

    /// What the marks mean.
    fn notes(&self) -> Vec<String> {
        let has = |is: &dyn Fn(f64) -> bool| self.heat.values.iter().any(|v| is(v.0));
        let marks = [
            (
                has(&|v| v == f64::NEG_INFINITY),
                "Where nothing is drawn: −∞ (log 0).",
            ),
            (has(&|v| v == f64::INFINITY), "∞: infinite."),
            (has(&f64::is_nan), "×: NaN."),
        ];
        let meant = marks.iter().filter(|(has, _)| *has);
        meant.map(|(_, words)| (*words).to_string()).collect()
    }
}

/// What stands in place of a shade.
fn mark(value: f64) -> Option<&'static str> {
    match value {
        f64::NEG_INFINITY => Some(""),
        f64::INFINITY => Some("∞"),
        value if value.is_nan() => Some("×"),
        _ => None,
    }
}
