//! What GitHub makes of a formula that is right.
//!
//! GitHub reads a document as Markdown first and looks for formulas in what is left of it. So a
//! formula is lost where its characters mean something in Markdown. Each trap names the report
//! that describes it. Formulas between `` $` `` and `` `$ `` and in ```` ```math ```` blocks are
//! safe from most of them.

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::document::DIALECT;

/// A formula that GitHub does not show as mathematics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trap {
    /// A character before the opening `$`, or after the closing one, hides the formula.
    ///
    /// <https://github.com/github/markup/issues/1742>,
    /// <https://github.com/go-gitea/gitea/issues/27617> (quotation marks). Reports disagree
    /// about `(`, which is therefore let through.
    Neighbour(char),
    /// Markdown removes a backslash before punctuation, or one of two inside a line.
    ///
    /// <https://github.com/github/markup/issues/1746>,
    /// <https://github.com/mathjax/MathJax-src/issues/1257>,
    /// <https://stackoverflow.com/questions/77727151> (`\\` is safe at a line's end only).
    Backslash(String),
    /// Markdown finds emphasis, a link or a tag inside the formula.
    ///
    /// <https://github.com/github/markup/issues/1575> (`_`),
    /// <https://github.com/github/markup/issues/1747> (tags and links).
    Markup(&'static str),
    /// A macro that GitHub has switched off.
    ///
    /// <https://github.com/github/markup/issues/1688>,
    /// <https://github.com/Artificial-Intelligence-HSBI-TDU/KI-Vorlesung/issues/439>.
    Forbidden(&'static str),
    /// `$$` that does not have a paragraph to itself, or stands in a list or table, is shown
    /// within the line.
    ///
    /// <https://github.com/marktext/marktext/pull/4935> (checked against GitHub's own API),
    /// <https://github.com/github/markup/issues/1745>.
    NotAlone,
    /// A `<` directly before a letter begins a tag.
    ///
    /// <https://github.com/nschloe/github-math-bugs>, <https://github.com/go-gitea/gitea/issues/27617>.
    LessThan,
    /// Formulas in footnotes and links stay text.
    ///
    /// <https://github.com/nschloe/github-math-bugs>.
    Inside(&'static str),
    /// A `$` in the text that belongs to no formula may pair with one that does.
    ///
    /// <https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions>.
    StrayDollar,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Neighbour(c) => {
                write!(
                    f,
                    "GitHub sees no formula beside {c:?}: put a space between"
                )
            }
            Self::Backslash(what) => write!(
                f,
                "GitHub's Markdown takes the backslash of {what}: {}",
                instead_of(what)
            ),
            Self::Markup(what) => write!(
                f,
                "GitHub's Markdown finds {what} in the formula: write $`…`$, or ```math"
            ),
            Self::Forbidden(name) => write!(
                f,
                "GitHub does not allow {name}: write \\mathrm{{…}}, or \\mathop{{\\text{{…}}}}"
            ),
            Self::NotAlone => write!(
                f,
                "GitHub shows $$ as inline unless it has a paragraph, outside lists and tables, to itself"
            ),
            Self::LessThan => write!(f, "GitHub takes < before a letter for a tag: write \\lt"),
            Self::Inside(what) => write!(f, "GitHub shows no formulas in {what}"),
            Self::StrayDollar => write!(
                f,
                "a dollar sign that belongs to no formula: write <span>$</span> if money is meant"
            ),
        }
    }
}

/// What to write instead of a command that Markdown spoils.
fn instead_of(what: &str) -> &'static str {
    match what {
        "\\{" => "write \\lbrace, or the formula between $` and `$",
        "\\}" => "write \\rbrace, or the formula between $` and `$",
        "\\|" => "write \\Vert, or the formula between $` and `$",
        "\\," => "write \\thinspace, or the formula between $` and `$",
        "\\\\" => "end the line there, or use a ```math block",
        _ => "write the formula between $` and `$, or in a ```math block",
    }
}

/// Where the formula stands in the document, and how it is delimited.
pub(super) struct Site<'a> {
    pub markdown: &'a str,
    pub range: Range<usize>,
    /// Between `` $` `` and `` `$ ``, or in a ```` ```math ```` block.
    pub protected: bool,
    pub display: bool,
}

/// The traps that a formula falls into by what is written in and around it.
pub(super) fn traps(latex: &str, site: &Site<'_>) -> Vec<Trap> {
    let mut traps = Vec::new();
    if !site.display {
        traps.extend(neighbours(site).map(Trap::Neighbour));
    }
    if !site.protected {
        traps.extend(backslashes(latex).map(Trap::Backslash));
    }
    for name in ["\\operatorname", "\\mbox", "\\phantom"] {
        if latex.contains(name) {
            traps.push(Trap::Forbidden(name));
        }
    }
    let mut pairs = latex.chars().zip(latex.chars().skip(1));
    if pairs.any(|(c, next)| c == '<' && next.is_ascii_alphabetic()) {
        traps.push(Trap::LessThan);
    }
    traps
}

fn neighbours(site: &Site<'_>) -> impl Iterator<Item = char> {
    let before = site.markdown[..site.range.start].chars().next_back();
    let after = site.markdown[site.range.end..].chars().next();
    let protected = site.protected;
    let before = before.filter(move |&c| {
        c.is_alphanumeric() || !protected && matches!(c, '-' | '\'' | '"' | '[' | '{' | '/')
    });
    before
        .into_iter()
        .chain(after.filter(|c| c.is_alphanumeric()))
}

/// The commands whose backslash CommonMark reads as an escape.
fn backslashes(latex: &str) -> impl Iterator<Item = String> {
    let mut lost: Vec<String> = Vec::new();
    for line in latex.trim_end().lines() {
        let mut rest = line;
        while let Some(at) = rest.find('\\') {
            let after = &rest[at + 1..];
            let Some(c) = after.chars().next() else { break };
            rest = &after[c.len_utf8()..];
            let breaks_line = c == '\\' && rest.trim().is_empty();
            let command = format!("\\{c}");
            if c.is_ascii_punctuation() && !breaks_line && !lost.contains(&command) {
                lost.push(command);
            }
        }
    }
    lost.into_iter()
}

/// Where a reader of Markdown that knows no formulas finds markup.
pub(super) fn markup(markdown: &str) -> Vec<(usize, &'static str)> {
    use pulldown_cmark::Tag::{Emphasis, Image, Link, Strikethrough, Strong};
    let without_formulas = DIALECT.difference(Options::ENABLE_MATH);
    let found = |event: &Event<'_>| match event {
        Event::Start(Emphasis | Strong) => Some("emphasis (_ or *)"),
        Event::Start(Strikethrough) => Some("a strike-through (~)"),
        Event::Start(Link { .. } | Image { .. }) => Some("a link"),
        Event::InlineHtml(_) => Some("an HTML tag"),
        Event::Code(_) => Some("code (`)"),
        _ => None,
    };
    Parser::new_ext(markdown, without_formulas)
        .into_offset_iter()
        .filter_map(|(event, range)| found(&event).map(|what| (range.start, what)))
        .collect()
}
