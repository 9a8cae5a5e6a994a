//! A terminal's cells as SVG.

use std::fmt::Write as _;
use vt100::{Cell, Color, Screen};

/// Size of a cell, and of what surrounds a window, in pixels.
const CELL: (f64, f64) = (7.8, 16.0);
const MARGIN: f64 = 14.0;
const CAPTION: f64 = 34.0;

/// Class, and its colour on light and on dark ground. A terminal's black and white are the
/// reader's ink: which of them is legible depends on the ground.
const COLOURS: [(&str, &str, &str); 8] = [
    ("ink", "#24292f", "#d6dde5"),
    ("red", "#cf222e", "#ff7b72"),
    ("green", "#1a7f37", "#3fb950"),
    ("yellow", "#7d4e00", "#d29922"),
    ("blue", "#0969da", "#58a6ff"),
    ("magenta", "#8250df", "#bc8cff"),
    ("cyan", "#1b7c83", "#39c5cf"),
    ("window", "#ffffff", "#0d1117"),
];

const FORM: &str = "\
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.caption { font: 15px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; }
.window { stroke: #8c959f; stroke-opacity: 0.5; }
.bold { font-weight: bold; } .dim { opacity: 0.65; } .italic { font-style: italic; }
.underline { text-decoration: underline; }
";

/// The style sheet: each reader's browser takes the colours of its own scheme.
fn style() -> String {
    let rules = |dark: bool| -> String {
        let rule = |(class, on_light, on_dark): &(&str, &str, &str)| {
            let colour = if dark { on_dark } else { on_light };
            format!(".{class} {{ fill: {colour}; }}\n")
        };
        COLOURS.iter().map(rule).collect()
    };
    let (light, dark) = (rules(false), rules(true));
    format!("{FORM}{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// The screens one below the other, each under its caption.
pub fn svg(shown: &[(&str, Screen)]) -> String {
    let mut body = String::new();
    let mut top = 0.0;
    let mut width = 0.0f64;
    for (caption, screen) in shown {
        let (rows, columns) = (filled_rows(screen), screen.size().1.get());
        let inner = (f64::from(columns) * CELL.0, f64::from(rows) * CELL.1);
        let outer = (inner.0 + 2.0 * MARGIN, inner.1 + 2.0 * MARGIN);
        let text = top + CAPTION - 11.0;
        let _ = writeln!(
            body,
            "<text class=\"caption ink\" x=\"1\" y=\"{text}\">{}</text>",
            escaped(caption)
        );
        top += CAPTION;
        let _ = writeln!(
            body,
            "<rect class=\"window\" x=\"0.5\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\"/>",
            top + 0.5,
            outer.0 - 1.0,
            outer.1 - 1.0
        );
        for row in 0..rows {
            draw_row(
                &mut body,
                screen,
                row,
                top + MARGIN + f64::from(row) * CELL.1,
            );
        }
        top += outer.1;
        width = width.max(outer.0);
    }
    let style = style();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {top:.0}\" \
         width=\"{width:.0}\" height=\"{top:.0}\" role=\"img\">\n\
         <title>A session with llmlings</title>\n<style>\n{style}</style>\n{body}</svg>\n"
    )
}

/// How many rows there are up to the last that is not empty.
fn filled_rows(screen: &Screen) -> u16 {
    let (rows, columns) = screen.size();
    let is_filled = |row: &u16| {
        let mut cells = (0..columns.get()).filter_map(|column| screen.cell(*row, column));
        cells.any(|cell| !cell.contents().trim().is_empty())
    };
    (0..rows.get())
        .rev()
        .find(is_filled)
        .map_or(0, |row| row + 1)
}

/// Draws a row of cells, neighbours of one look together.
fn draw_row(body: &mut String, screen: &Screen, row: u16, y: f64) {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1.get() {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        let contents = if cell.has_contents() {
            cell.contents()
        } else {
            " "
        };
        let (look, ground) = (look(cell), ground(cell));
        match runs.last_mut() {
            Some(run) if run.look == look && run.ground == ground => run.text.push_str(contents),
            _ => runs.push(Run {
                column,
                text: contents.into(),
                look,
                ground,
            }),
        }
    }
    for run in &runs {
        run.draw(body, y);
    }
}

/// Neighbouring cells of one look.
struct Run {
    column: u16,
    text: String,
    /// Its classes; none if the text has the colour of its ground.
    look: Option<String>,
    /// The colour behind it, where that is not the window's.
    ground: Option<String>,
}

impl Run {
    fn draw(&self, body: &mut String, y: f64) {
        if let Some(ground) = &self.ground {
            let (x, width) = self.extent(&self.text, 0);
            let _ = writeln!(
                body,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" \
                 fill=\"{ground}\" shape-rendering=\"crispEdges\"/>",
                CELL.1
            );
        }
        let text = self.text.trim();
        let Some(look) = self.look.as_ref().filter(|_| !text.is_empty()) else {
            return;
        };
        let before = self.text.len() - self.text.trim_start().len();
        let (x, width) = self.extent(text, before);
        // Fonts disagree about how wide a letter is.
        let _ = writeln!(
            body,
            "<text class=\"{look}\" x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\">{}</text>",
            y + 12.0,
            escaped(text)
        );
    }

    /// Where a part of the run begins that has so many cells before it, and how wide it is.
    fn extent(&self, text: &str, before: usize) -> (f64, f64) {
        let x = MARGIN + (f64::from(self.column) + before as f64) * CELL.0;
        (x, text.chars().count() as f64 * CELL.0)
    }
}

/// The classes of a cell; none if its text cannot be seen on its ground.
fn look(cell: &Cell) -> Option<String> {
    if cell.bgcolor() != Color::Default && cell.fgcolor() == cell.bgcolor() {
        return None;
    }
    let colour = match cell.fgcolor() {
        Color::Idx(index @ (1..=6 | 9..=14)) => COLOURS[usize::from(index % 8)].0,
        _ => "ink",
    };
    let marks = [
        (cell.bold(), " bold"),
        (cell.dim(), " dim"),
        (cell.italic(), " italic"),
        (cell.underline(), " underline"),
    ];
    let marks = marks.iter().filter(|(has, _)| *has).map(|(_, name)| *name);
    Some(std::iter::once(colour).chain(marks).collect())
}

/// The colour behind a cell: of the terminal's 256 only the greys, as plots use no others.
fn ground(cell: &Cell) -> Option<String> {
    match cell.bgcolor() {
        Color::Idx(index @ 232..) => {
            let level = 8 + 10 * (index - 232);
            Some(format!("#{level:02x}{level:02x}{level:02x}"))
        }
        _ => None,
    }
}

/// Text for XML; several spaces would become one if they could break.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace(' ', "\u{a0}")
}
