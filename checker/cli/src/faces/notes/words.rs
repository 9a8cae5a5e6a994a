//! Running text: styled words, and breaking them into lines.

use colored::{Color, Colorize};
use textwrap::core::{Fragment, display_width};
use unicode_width::UnicodeWidthChar;

/// A space at which a line is not broken unless nothing else helps.
const TIE: char = '\u{a0}';

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ink {
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub strike: bool,
    pub dim: bool,
    pub colour: Option<Color>,
}

impl Ink {
    pub(super) const PLAIN: Ink = Ink {
        bold: false,
        italic: false,
        underline: false,
        strike: false,
        dim: false,
        colour: None,
    };
    pub(super) const BOLD: Ink = Ink {
        bold: true,
        ..Ink::PLAIN
    };
    pub(super) const DIM: Ink = Ink {
        dim: true,
        ..Ink::PLAIN
    };

    pub(super) const fn coloured(colour: Color) -> Ink {
        Ink {
            colour: Some(colour),
            ..Ink::PLAIN
        }
    }

    /// The text with the escapes that give it this look.
    pub(super) fn paint(self, text: &str) -> String {
        if self == Ink::PLAIN || text.is_empty() {
            return text.to_owned();
        }
        let mut painted = text.normal();
        if let Some(colour) = self.colour {
            painted = painted.color(colour);
        }
        for (wanted, style) in [
            (self.bold, colored::ColoredString::bold as fn(_) -> _),
            (self.italic, colored::ColoredString::italic),
            (self.underline, colored::ColoredString::underline),
            (self.strike, colored::ColoredString::strikethrough),
            (self.dim, colored::ColoredString::dimmed),
        ] {
            if wanted {
                painted = style(painted);
            }
        }
        painted.to_string()
    }
}

/// What a line does not break inside of, with what comes after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Word {
    runs: Vec<(String, Ink)>,
    /// A space follows.
    spaced: bool,
    /// The line ends here.
    last: bool,
}

impl Word {
    fn columns(&self) -> usize {
        self.runs.iter().map(|(text, _)| display_width(text)).sum()
    }

    fn painted(&self) -> String {
        self.runs
            .iter()
            .map(|(text, ink)| ink.paint(&text.replace(TIE, " ")))
            .collect()
    }

    /// Parts of at most `width` columns: broken at its no-break spaces if it has any, and
    /// otherwise wherever the width ends.
    fn broken(self, width: usize) -> Vec<Word> {
        if self.columns() <= width {
            return vec![self];
        }
        let (spaced, last) = (self.spaced, self.last);
        let mut parts = vec![Word::default()];
        let mut columns = 0;
        for (text, ink) in self.runs {
            for piece in text.split_inclusive(TIE) {
                let piece_columns = display_width(piece.trim_end_matches(TIE));
                if columns > 0 && columns + piece_columns > width {
                    next_part(&mut parts);
                    columns = 0;
                }
                for c in piece.chars() {
                    let wide = c.width().unwrap_or(0);
                    if columns + wide > width && c != TIE {
                        next_part(&mut parts);
                        columns = 0;
                    }
                    columns += wide;
                    if let Some(part) = parts.last_mut() {
                        extend(&mut part.runs, c, ink);
                    }
                }
            }
        }
        if let Some(part) = parts.last_mut() {
            (part.spaced, part.last) = (spaced, last);
        }
        parts
    }
}

/// Starts a new part; a no-break space at the old one's end becomes the space between them.
fn next_part(parts: &mut Vec<Word>) {
    if let Some(part) = parts.last_mut()
        && let Some((text, _)) = part.runs.last_mut()
        && text.ends_with(TIE)
    {
        text.pop();
        part.spaced = true;
    }
    parts.push(Word::default());
}

fn extend(runs: &mut Vec<(String, Ink)>, c: char, ink: Ink) {
    match runs.last_mut() {
        Some((text, last)) if *last == ink => text.push(c),
        _ => runs.push((c.to_string(), ink)),
    }
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.columns() as f64
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(u8::from(self.spaced))
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prose {
    words: Vec<Word>,
}

impl Prose {
    pub(super) fn of(text: &str, ink: Ink) -> Self {
        let mut prose = Prose::default();
        prose.push(text, ink);
        prose
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Appends text; its white space separates words.
    pub(super) fn push(&mut self, text: &str, ink: Ink) {
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                self.glue(word, ink);
            }
            if word.len() < piece.len() {
                self.space();
            }
        }
    }

    /// Appends text that holds together with what is before it.
    fn glue(&mut self, text: &str, ink: Ink) {
        let clean = text.chars().filter(|c| !c.is_control());
        let open = self
            .words
            .last()
            .is_some_and(|word| !word.spaced && !word.last);
        if !open {
            self.words.push(Word::default());
        }
        if let Some(word) = self.words.last_mut() {
            for c in clean {
                extend(&mut word.runs, c, ink);
            }
        }
    }

    pub(super) fn space(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.spaced = true;
        }
    }

    /// Ends the line, whatever room is left on it.
    pub(super) fn end_line(&mut self) {
        if let Some(word) = self.words.last_mut() {
            word.last = true;
        }
    }

    /// `header: value`.
    pub(super) fn labelling(&self, value: &Prose) -> Prose {
        let mut both = self.clone();
        both.push(": ", Ink::BOLD);
        both.words.extend(value.words.iter().cloned());
        both
    }

    /// The columns that the text takes on lines as long as it likes.
    pub(super) fn columns(&self) -> usize {
        self.lines(usize::MAX >> 12)
            .iter()
            .map(|line| display_width(line))
            .max()
            .unwrap_or(0)
    }

    /// The columns of its longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.words.iter().map(Word::columns).max().unwrap_or(0)
    }

    /// The text on lines of at most `width` columns, with the escapes that style it.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let words: Vec<Word> = self
            .words
            .iter()
            .cloned()
            .flat_map(|word| word.broken(width.max(1)))
            .collect();
        words
            .split_inclusive(|word| word.last)
            .flat_map(|words| {
                textwrap::wrap_algorithms::wrap_first_fit(words, &[width.max(1) as f64])
            })
            .map(joined)
            .collect()
    }
}

fn joined(words: &[Word]) -> String {
    let mut line = String::new();
    for (i, word) in words.iter().enumerate() {
        line.push_str(&word.painted());
        if word.spaced && i + 1 < words.len() {
            line.push(' ');
        }
    }
    line
}
