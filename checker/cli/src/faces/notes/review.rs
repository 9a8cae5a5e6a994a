//! Which formulas a reader would not see as mathematics.

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::document::{DIALECT, bare};
use super::github::{self, Site, Trap};
use super::math::{self, FaultKind};

/// A formula that is not shown as mathematics, in the terminal or on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrenderable {
    /// The line of the document, counted from 1.
    pub line: usize,
    /// The formula's source.
    pub formula: String,
    /// Why it is not shown.
    pub reason: Reason,
}

/// Why a formula is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not LaTeX that can be read.
    Fault(FaultKind),
    /// GitHub does not show it.
    GitHub(Trap),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::GitHub(trap) => trap.fmt(f),
        }
    }
}

impl fmt::Display for Unrenderable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let formula: Vec<&str> = self.formula.split_whitespace().collect();
        write!(
            f,
            "line {}: {}: {}",
            self.line,
            formula.join(" "),
            self.reason
        )
    }
}

/// The formulas of a document that a reader would not see as mathematics, in order.
///
/// # Examples
/// ```
/// let found = llmlings::faces::notes::unrenderable("Let $\\softmax(z)$ be given.");
/// assert_eq!(found[0].line, 1);
/// assert_eq!(found[0].reason.to_string(), r"unknown command \softmax: write \mathrm{softmax}");
/// ```
#[must_use]
pub fn unrenderable(markdown: &str) -> Vec<Unrenderable> {
    let mut review = Review {
        markdown,
        markup: github::markup(markdown),
        open: Vec::new(),
        found: Vec::new(),
    };
    for (event, range) in Parser::new_ext(markdown, DIALECT).into_offset_iter() {
        review.event(&event, range);
    }
    review.found
}

struct Review<'a> {
    markdown: &'a str,
    /// Where Markdown without formulas finds markup.
    markup: Vec<(usize, &'static str)>,
    /// The elements that are open, outermost first, and where they stand.
    open: Vec<(TagEnd, Range<usize>)>,
    found: Vec<Unrenderable>,
}

impl Review<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &**info == "math" => {
                self.fenced(range.clone());
                self.open.push((TagEnd::CodeBlock, range));
            }
            Event::Start(tag) => self.open.push((tag.to_end(), range)),
            Event::End(_) => {
                self.open.pop();
            }
            Event::InlineMath(latex) => self.dollars(latex, range, false),
            Event::DisplayMath(latex) => self.dollars(latex, range, true),
            Event::Text(_) if !self.is_inside(TagEnd::CodeBlock) => self.stray_dollars(range),
            _ => {}
        }
    }

    fn is_inside(&self, tag: TagEnd) -> bool {
        self.open.iter().any(|(open, _)| *open == tag)
    }

    /// A formula between dollar signs.
    fn dollars(&mut self, source: &str, range: Range<usize>, display: bool) {
        let latex = bare(source);
        let site = Site {
            markdown: self.markdown,
            range: range.clone(),
            protected: latex.len() < source.len(),
            display,
        };
        let traps = github::traps(latex, &site);
        self.fault(latex, &range);
        for trap in traps {
            self.note(latex, range.start, Reason::GitHub(trap));
        }
        if !site.protected {
            let markup = self.markup.iter().find(|(at, _)| range.contains(at));
            if let Some(&(_, what)) = markup {
                self.note(latex, range.start, Reason::GitHub(Trap::Markup(what)));
            }
        }
        if display && !self.is_alone(&range) {
            self.note(latex, range.start, Reason::GitHub(Trap::NotAlone));
        }
        for (tag, what) in [
            (TagEnd::FootnoteDefinition, "footnotes"),
            (TagEnd::Link, "links"),
        ] {
            if self.is_inside(tag) {
                self.note(latex, range.start, Reason::GitHub(Trap::Inside(what)));
            }
        }
    }

    /// A formula in a block of its own.
    fn fenced(&mut self, range: Range<usize>) {
        let block = &self.markdown[range.clone()];
        let body = block
            .lines()
            .skip(1)
            .map(|line| line.trim_start_matches(['>', ' ']));
        let body: Vec<&str> = body.take_while(|line| !line.starts_with("```")).collect();
        let latex = body.join("\n");
        let site = Site {
            markdown: self.markdown,
            range: range.clone(),
            protected: true,
            display: true,
        };
        // The formula begins on the line after the fence.
        let start = range.start + block.find('\n').map_or(0, |at| at + 1);
        self.fault(&latex, &(start..range.end));
        for trap in github::traps(&latex, &site) {
            self.note(&latex, start, Reason::GitHub(trap));
        }
    }

    /// Whether a displayed formula has its paragraph to itself.
    fn is_alone(&self, range: &Range<usize>) -> bool {
        let paragraph = match self.open.last() {
            Some((TagEnd::Paragraph, paragraph)) => self.markdown[paragraph.clone()].trim(),
            _ => return false,
        };
        !self.is_inside(TagEnd::Item) && paragraph == &self.markdown[range.clone()]
    }

    fn stray_dollars(&mut self, range: Range<usize>) {
        let text = &self.markdown[range.clone()];
        let escaped = self.markdown[..range.start].ends_with('\\');
        if text.starts_with('$') && !escaped {
            let rest = self.markdown[range.start..].lines().next().unwrap_or(text);
            let excerpt: String = rest.chars().take(24).collect();
            let stray = Reason::GitHub(Trap::StrayDollar);
            let line = self.line_of(range.start);
            if self
                .found
                .last()
                .is_some_and(|last| last.line == line && last.reason == stray)
            {
                return;
            }
            self.note(&excerpt, range.start, stray);
        }
    }

    fn fault(&mut self, latex: &str, range: &Range<usize>) {
        if let Err(fault) = math::inline(latex) {
            let before = latex.chars().take(fault.at);
            let lines = before.filter(|&c| c == '\n').count();
            let line = self.line_of(range.start) + lines;
            self.found.push(Unrenderable {
                line,
                formula: latex.to_owned(),
                reason: Reason::Fault(fault.kind),
            });
        }
    }

    fn note(&mut self, formula: &str, at: usize, reason: Reason) {
        self.found.push(Unrenderable {
            line: self.line_of(at),
            formula: formula.to_owned(),
            reason,
        });
    }

    fn line_of(&self, at: usize) -> usize {
        self.markdown[..at].matches('\n').count() + 1
    }
}
