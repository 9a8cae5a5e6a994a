//! Setting code.

use colored::Color;
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use super::words::{Ink, Prose};

const COMMENT: Ink = Ink::coloured(Color::BrightBlack);

/// What begins the continuation of a line of code that was too long.
const CONTINUED: &str = "↪ ";

pub(in crate::faces) const RUST: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type",
    "unsafe", "use", "where", "while",
];

const PYTHON: &[&str] = &[
    "and", "as", "assert", "break", "class", "continue", "def", "elif", "else", "except", "False",
    "for", "from", "if", "import", "in", "is", "lambda", "None", "not", "or", "pass", "raise",
    "return", "True", "try", "while", "with", "yield",
];

/// What is needed of a language to light its code a little.
struct Language {
    keywords: &'static [&'static str],
    comment: Option<&'static str>,
}

fn language(name: &str) -> Language {
    let (keywords, comment): (&[&str], _) = match name {
        "rust" | "rs" => (RUST, Some("//")),
        "c" | "cpp" | "c++" | "cuda" | "js" | "javascript" | "json5" => (&[], Some("//")),
        "python" | "py" => (PYTHON, Some("#")),
        "sh" | "bash" | "shell" | "console" | "toml" | "yaml" => (&[], Some("#")),
        _ => (&[], None),
    };
    Language { keywords, comment }
}

/// The lines of a piece of code. Lines that are too long go on below.
pub(super) fn lines(name: &str, code: &str, width: usize) -> Vec<String> {
    let language = language(name);
    let mut set: Vec<String> = caption(name, code, width);
    for line in code.trim_end().lines() {
        let mut in_comment = false;
        for part in folded(&line.replace('\t', "    "), width) {
            let start = match in_comment {
                true => Some(0),
                false => language.comment.and_then(|mark| comment_start(&part, mark)),
            };
            in_comment = start.is_some();
            set.push(lit(&part, start, language.keywords));
        }
    }
    set
}

/// What tells a reader that a diagram is meant to be seen elsewhere.
fn caption(name: &str, code: &str, width: usize) -> Vec<String> {
    if name != "mermaid" {
        return Vec::new();
    }
    let title = code.lines().find_map(|line| {
        let line = line.trim();
        line.strip_prefix("accTitle:")
            .or_else(|| line.strip_prefix("title:"))
    });
    let text = match title.map(str::trim) {
        Some(title) => format!("[diagram: {title}] (drawn where Mermaid is; its source:)"),
        None => "[diagram] (drawn where Mermaid is; its source:)".to_owned(),
    };
    Prose::of(&text, Ink::DIM).lines(width)
}

/// A line of code in parts that fit: broken at its spaces, where a stretch without spaces is
/// too long between its tokens, and where a token is too long inside it.
fn folded(line: &str, width: usize) -> Vec<String> {
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if display_width(&line) <= width {
        return vec![line];
    }
    let indent = line.len() - line.trim_start().len();
    let hanging = " ".repeat(indent.min(width / 2)) + CONTINUED;
    let room = width.saturating_sub(display_width(&hanging)).max(1);
    let words = WordSeparator::AsciiSpace
        .find_words(&line[indent..])
        .flat_map(|word| match display_width(&word) > room {
            true => tokens(word),
            false => vec![word],
        });
    let words = break_words(words, room);
    let widths = [width.saturating_sub(indent).max(1) as f64, room as f64];
    wrap_first_fit(&words, &widths)
        .into_iter()
        .enumerate()
        .map(|(nth, words)| {
            let part: String = words
                .iter()
                .flat_map(|word| [word.word, word.whitespace])
                .collect();
            let prefix = if nth == 0 { &line[..indent] } else { &hanging };
            format!("{prefix}{}", part.trim_end())
        })
        .collect()
}

/// A stretch of code without spaces, cut before its dots and after its brackets and commas.
fn tokens(word: Word<'_>) -> Vec<Word<'_>> {
    let text = word.word;
    let cut = |(at, c): (usize, char)| match c {
        '.' => Some(at),
        ',' | ';' | '(' | '[' | '{' => Some(at + 1),
        _ => None,
    };
    let mut cuts: Vec<usize> = text.char_indices().filter_map(cut).collect();
    cuts.retain(|&at| at > 0 && at < text.len());
    cuts.dedup();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    let mut parts: Vec<Word<'_>> = starts
        .zip(ends)
        .map(|(from, to)| Word::from(&text[from..to]))
        .collect();
    if let Some(last) = parts.last_mut() {
        last.whitespace = word.whitespace;
    }
    parts
}

/// Keywords bold, the comment grey.
fn lit(line: &str, comment: Option<usize>, keywords: &[&str]) -> String {
    let (code, comment) = line.split_at(comment.unwrap_or(line.len()));
    let lit_word = |word: &str| match keywords.contains(&word) {
        true => Ink::BOLD.paint(word),
        false => word.to_owned(),
    };
    let mut set = String::new();
    let mut word = String::new();
    for c in code.chars() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            set.push_str(&lit_word(&std::mem::take(&mut word)));
            set.push(c);
        }
    }
    set + &lit_word(&word) + &COMMENT.paint(comment)
}

/// Where a comment begins: at a mark that is not inside a string.
fn comment_start(line: &str, mark: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if !quoted && line[at..].starts_with(mark) => return Some(at),
            _ => {}
        }
    }
    None
}
