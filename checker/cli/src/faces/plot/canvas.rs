//! A sheet of characters, each of which holds 2 × 4 dots (Braille) or one mark.

use colored::{Color, Colorize};

/// Dots across a character.
pub(super) const ACROSS: usize = 2;
/// Dots down a character.
pub(super) const DOWN: usize = 4;

/// The dots of U+2800 and following, by place in the character.
const BITS: [[u8; ACROSS]; DOWN] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// Colours that can be read on light and on dark.
const INKS: [Color; 6] = [
    Color::Cyan,
    Color::Magenta,
    Color::Yellow,
    Color::Green,
    Color::Blue,
    Color::Red,
];

/// The colour of line number `line`.
pub(super) fn ink(line: usize) -> Color {
    INKS[line % INKS.len()]
}

#[derive(Clone, Copy, Default)]
struct Cell {
    dots: u8,
    mark: Option<char>,
    line: usize,
}

/// The sheet; dots are counted from the lower left.
pub(super) struct Canvas {
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
}

impl Canvas {
    pub fn new(columns: usize, rows: usize) -> Self {
        Self {
            columns,
            rows,
            cells: vec![Cell::default(); columns * rows],
        }
    }

    /// The dot at a place in the unit square.
    pub fn at(&self, x: f64, y: f64) -> (usize, usize) {
        let dot = |place: f64, dots: usize| (place * (dots - 1) as f64).round() as usize;
        (dot(x, self.columns * ACROSS), dot(y, self.rows * DOWN))
    }

    /// The row, from the top, of a dot.
    pub fn row_of(&self, (_, y): (usize, usize)) -> usize {
        self.rows - 1 - (y / DOWN).min(self.rows - 1)
    }

    fn cell(&mut self, dot: (usize, usize)) -> &mut Cell {
        let row = self.row_of(dot);
        let column = (dot.0 / ACROSS).min(self.columns - 1);
        &mut self.cells[row * self.columns + column]
    }

    /// A dot of `line`.
    pub fn dot(&mut self, dot: (usize, usize), line: usize) {
        let cell = self.cell(dot);
        cell.dots |= BITS[DOWN - 1 - dot.1 % DOWN][dot.0 % ACROSS];
        cell.line = line;
    }

    /// The straight stroke between two dots.
    pub fn stroke(&mut self, from: (usize, usize), to: (usize, usize), line: usize) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        let between = |a: usize, b: usize, i: usize| {
            let way = (b as f64 - a as f64) * i as f64 / steps as f64;
            (a as f64 + way).round() as usize
        };
        for i in 0..=steps {
            let dot = (between(from.0, to.0, i), between(from.1, to.1, i));
            self.dot(dot, line);
        }
    }

    /// A mark of `line` in place of the dots around `dot`; an earlier mark stays.
    pub fn mark(&mut self, dot: (usize, usize), mark: char, line: usize) {
        let cell = self.cell(dot);
        if cell.mark.is_none() {
            cell.mark = Some(mark);
            cell.line = line;
        }
    }

    /// A row, from the top, in colours.
    pub fn row(&self, row: usize) -> String {
        let cells = &self.cells[row * self.columns..(row + 1) * self.columns];
        let alike = |a: &Cell, b: &Cell| a.is_blank() == b.is_blank() && a.line == b.line;
        let runs = cells.chunk_by(alike).map(|run| {
            let text: String = run.iter().map(Cell::character).collect();
            if run[0].is_blank() {
                return text;
            }
            text.color(ink(run[0].line)).to_string()
        });
        runs.collect()
    }
}

impl Cell {
    fn is_blank(&self) -> bool {
        self.dots == 0 && self.mark.is_none()
    }

    fn character(&self) -> char {
        match self.mark {
            Some(mark) => mark,
            None if self.dots == 0 => ' ',
            None => char::from_u32(0x2800 + u32::from(self.dots)).unwrap_or('•'),
        }
    }
}
