//! Lines over a common horizontal axis.

use super::{Anchor, Drawing, Drawn, EM, WIDTH, fitted, line, text, width};
use crate::faces::number::count;
use crate::faces::plot::axis::{Axis, Tick};
use crate::runner::{PlotLine, SeriesPlot};
use std::fmt::Write as _;

/// The height of the frame.
const HEIGHT: f64 = 190.0;
/// What is above the frame: the name of the vertical axis.
const TOP: f64 = 26.0;
/// Lines with no more points show each of them.
const FEW: usize = 24;
/// How many looks of lines there are.
const LOOKS: usize = 6;

struct Frame<'a> {
    plot: &'a SeriesPlot,
    x: Axis,
    y: Axis,
    /// Where the frame begins and ends.
    left: f64,
    right: f64,
}

pub(super) fn draw(plot: &SeriesPlot) -> Drawn {
    let Some(frame) = Frame::new(plot) else {
        return Drawn::nothing("There is no point to draw.");
    };
    let mut body = frame.axes();
    for (number, line) in plot.lines.iter().enumerate() {
        body.push_str(&frame.line(number, line));
    }
    body.push_str(&frame.labels());
    let height = TOP + HEIGHT + 3.4 * EM;
    Drawn {
        drawing: Some(Drawing { body, height }),
        notes: frame.notes(),
    }
}

impl<'a> Frame<'a> {
    fn new(plot: &'a SeriesPlot) -> Option<Self> {
        // A point without one coordinate has no place: it does not widen the other axis.
        let all = || plot.lines.iter().flat_map(points);
        let lies_on = |value: f64, log: bool| Axis::over([value].into_iter(), log).is_some();
        let x = all().filter(|p| lies_on(p.1, plot.log_y)).map(|p| p.0);
        let y = all().filter(|p| lies_on(p.0, plot.log_x)).map(|p| p.1);
        let (x, y) = (Axis::over(x, plot.log_x)?, Axis::over(y, plot.log_y)?);
        let ticks = y.ticks();
        let gutter = ticks.iter().map(|tick| width(&tick.label));
        let labels = plot.lines.iter().map(|line| width(&line.label));
        let labels = labels.fold(0.0, f64::max).min(WIDTH / 3.0);
        Some(Self {
            plot,
            x,
            y,
            left: gutter.fold(0.0, f64::max) + 14.0,
            right: WIDTH - labels - 10.0,
        })
    }

    fn across(&self, place: f64) -> f64 {
        self.left + place * (self.right - self.left)
    }

    fn down(&self, place: f64) -> f64 {
        TOP + HEIGHT - place * HEIGHT
    }

    fn place(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        Some((self.across(self.x.place(x)?), self.down(self.y.place(y)?)))
    }

    /// Both axes, as long as the data, with their few named values.
    fn axes(&self) -> String {
        let name = |name: &str, log: bool| match log {
            true => format!("{name} (logarithmic)"),
            false => name.into(),
        };
        let (x, y) = (self.left - 6.0, TOP + HEIGHT + 6.0);
        let mut svg = text(
            0.0,
            12.0,
            Anchor::Start,
            "name",
            &name(&self.plot.y, self.plot.log_y),
        );
        svg += &line((x, self.down(0.0)), (x, self.down(1.0)));
        for tick in self.y.ticks() {
            let at = self.down(tick.at);
            svg += &line((x - 4.0, at), (x, at));
            svg += &text(x - 7.0, at + EM / 3.0, Anchor::End, "", &tick.label);
        }
        svg += &line((self.across(0.0), y), (self.across(1.0), y));
        for tick in self.x_ticks() {
            let at = self.across(tick.at);
            svg += &line((at, y), (at, y + 4.0));
            svg += &text(at, y + 5.0 + EM, Anchor::Middle, "", &tick.label);
        }
        let middle = (self.left + self.right) / 2.0;
        let name = name(&self.plot.x, self.plot.log_x);
        svg + &text(middle, y + 7.0 + 2.2 * EM, Anchor::Middle, "name", &name)
    }

    /// The named values that keep clear of one another; the ends come first.
    fn x_ticks(&self) -> Vec<Tick> {
        let mut ticks = self.x.ticks();
        let clear = |one: &Tick, other: &Tick| {
            let apart = (self.across(one.at) - self.across(other.at)).abs();
            apart > (width(&one.label) + width(&other.label)) / 2.0 + EM
        };
        if let [first, middle, last] = ticks.as_slice()
            && !(clear(first, middle) && clear(middle, last))
        {
            ticks.remove(1);
        }
        ticks
    }

    fn line(&self, number: usize, line: &PlotLine) -> String {
        let places: Vec<Option<(f64, f64)>> = points(line).map(|point| self.place(point)).collect();
        let mut path = String::new();
        let mut dots = String::new();
        for (at, place) in places.iter().enumerate() {
            let Some((x, y)) = place else { continue };
            // Where a point is missing, the line has a gap.
            let joined = at > 0 && places[at - 1].is_some();
            let _ = write!(path, "{}{x:.1} {y:.1}", if joined { 'L' } else { 'M' });
            let alone = !joined && places.get(at + 1).is_none_or(Option::is_none);
            if alone || places.len() <= FEW {
                let _ = write!(dots, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\"/>");
            }
        }
        let look = number % LOOKS + 1;
        format!("<g class=\"line look-{look}\"><path d=\"{path}\"/>{dots}</g>\n")
    }

    /// The names of the lines, each as near to its line's end as the others let it be.
    fn labels(&self) -> String {
        let mut ends: Vec<(f64, usize)> = Vec::new();
        for (number, line) in self.plot.lines.iter().enumerate() {
            let last = points(line).filter_map(|point| self.place(point)).last();
            if let (Some((_, y)), false) = (last, line.label.is_empty()) {
                ends.push((y, number));
            }
        }
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = TOP - 4.0;
        let step = EM * 1.1;
        for (y, _) in &mut ends {
            *y = y.max(free);
            free = *y + step;
        }
        // And back up, where they ran out of the frame below.
        let mut free = TOP + HEIGHT + step;
        for (y, _) in ends.iter_mut().rev() {
            *y = y.min(free - step);
            free = *y;
        }
        let mut svg = String::new();
        for (y, number) in ends {
            let class = format!("label look-{}", number % LOOKS + 1);
            let room = WIDTH - self.right - 6.0;
            let label = fitted(&self.plot.lines[number].label, room + EM * 0.6);
            svg += &text(
                self.right + 7.0,
                y + EM / 3.0,
                Anchor::Start,
                &class,
                &label,
            );
        }
        svg
    }

    /// What the picture does not show.
    fn notes(&self) -> Vec<String> {
        let all = self.plot.lines.iter().flat_map(points);
        let missing = all.filter(|point| self.place(*point).is_none()).count();
        if missing == 0 {
            return Vec::new();
        }
        let why = match self.plot.log_x || self.plot.log_y {
            true => "NaN, infinite, or without a logarithm",
            false => "NaN or infinite",
        };
        let what = count(missing, "point has", "points have");
        vec![format!("{what} no place here: {why}.")]
    }
}

fn points(line: &PlotLine) -> impl Iterator<Item = (f64, f64)> {
    line.x.iter().zip(&line.y).map(|(x, y)| (x.0, y.0))
}
