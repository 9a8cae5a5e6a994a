//! Pictures of a run as SVG, for pages on a light or a dark ground.
//!
//! Axes reach as far as the data do, lines are named where they end, and nothing is told
//! by colour alone.

mod heat;
mod series;
#[cfg(test)]
mod tests;

use crate::faces::page::escape;
use crate::runner::Plot;
use std::fmt::Write as _;

/// The width of a picture in its own units; a page sets it between a phone's width and
/// that of its text.
const WIDTH: f64 = 460.0;

/// The height of letters.
const EM: f64 = 12.5;

/// The mean width of a letter, in heights.
const LETTER: f64 = 0.48;

/// A picture with its title and what it does not show.
pub(super) fn figure(plot: &Plot) -> String {
    let (title, drawn) = match plot {
        Plot::Series(plot) => (&plot.title, series::draw(plot)),
        Plot::Heat(plot) => (&plot.title, heat::draw(plot)),
    };
    let title = escape(title);
    let mut figure = format!("<figure class=\"plot\">\n<figcaption>{title}</figcaption>\n");
    if let Some(Drawing { body, height }) = drawn.drawing {
        let _ = write!(
            figure,
            "<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n{body}</svg>\n"
        );
    }
    for note in drawn.notes {
        let _ = writeln!(figure, "<p class=\"note\">{}</p>", escape(&note));
    }
    figure + "</figure>\n"
}

/// What was drawn, and what is to be said of it.
struct Drawn {
    drawing: Option<Drawing>,
    notes: Vec<String>,
}

struct Drawing {
    body: String,
    height: f64,
}

impl Drawn {
    fn nothing(why: &str) -> Self {
        Self {
            drawing: None,
            notes: vec![why.into()],
        }
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A text; `class` chooses its colour.
fn text(x: f64, y: f64, anchor: Anchor, class: &str, words: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{}</text>\n",
        escape(&typeset(words))
    )
}

/// A number with a true minus; other words as they are.
fn typeset(words: &str) -> String {
    match words.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("−{rest}"),
        _ => words.into(),
    }
}

fn line(from: (f64, f64), to: (f64, f64)) -> String {
    let ((x1, y1), (x2, y2)) = (from, to);
    format!("<path class=\"axis\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>\n")
}

/// About how wide a text is.
fn width(text: &str) -> f64 {
    text.chars().count() as f64 * EM * LETTER
}

/// As much of a text as there is room for.
fn fitted(text: &str, room: f64) -> String {
    let most = (room / (EM * LETTER)) as usize;
    if text.chars().count() <= most {
        return text.into();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    kept + "…"
}
