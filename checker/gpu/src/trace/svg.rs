//! A trace as a picture.

use std::fmt::Write;

use super::{Mark, Panel, Trace};

const CELL: usize = 14;
const LABEL: usize = 130;
const LINE: usize = 20;

impl Trace {
    /// The panels of the [`Display`](std::fmt::Display) form as an SVG document: reads blue,
    /// writes red, both violet, atomics green.
    ///
    /// ```
    /// use gpu::Trace;
    ///
    /// assert!(Trace::default().to_svg().starts_with("<svg"));
    /// ```
    pub fn to_svg(&self) -> String {
        let panels = self.panels();
        let columns = panels.iter().map(|panel| panel.elements.len()).max().unwrap_or(0);
        let width = LABEL + columns * CELL + LINE;
        let (mut body, mut y) = (String::new(), LINE);
        for panel in &panels {
            y = draw(&mut body, panel, y);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{y}\" \
             font-family=\"monospace\" font-size=\"11\">\n{body}</svg>\n"
        )
    }
}

/// Draws a panel from `y` down, and returns where the next one begins.
fn draw(svg: &mut String, panel: &Panel, mut y: usize) -> usize {
    let title = format!("interval {}: {}", panel.interval, panel.memory);
    text(svg, 4, y, &title);
    for (column, element) in panel.elements.iter().enumerate() {
        // Every fourth number, so that they do not run into each other.
        if column % 4 == 0 {
            text(svg, LABEL + column * CELL, y, &element.to_string());
        }
    }
    y += LINE / 2;
    for (unit, marks) in &panel.rows {
        let ([cx, cy, cz], [x, uy, z]) = (unit.cube, unit.unit);
        text(svg, 4, y + CELL - 3, &format!("({cx},{cy},{cz}) ({x},{uy},{z})"));
        for (column, mark) in marks.iter().enumerate() {
            cell(svg, LABEL + column * CELL, y, *mark);
        }
        y += CELL;
    }
    y + LINE + LINE / 2
}

fn text(svg: &mut String, x: usize, y: usize, text: &str) {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\">{escaped}</text>");
}

fn cell(svg: &mut String, x: usize, y: usize, mark: Option<Mark>) {
    let fill = match mark {
        None => "#f2f2f2",
        Some(Mark::Read) => "#4c78a8",
        Some(Mark::Written) => "#e45756",
        Some(Mark::Both) => "#9467bd",
        Some(Mark::Atomic) => "#54a24b",
    };
    let size = CELL - 1;
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" fill=\"{fill}\"/>"
    );
}
