//! Reading Markdown into blocks.

use colored::Color;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::math;
use super::words::{Ink, Prose};

/// The Markdown of GitHub.
pub(in crate::faces) const DIALECT: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

pub(super) const CODE: Ink = Ink::coloured(Color::Cyan);
/// The look of a formula that could not be read.
pub(super) const RAW: Ink = Ink::coloured(Color::Yellow);

/// A part of a document that begins on a line of its own.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    Heading(HeadingLevel, Prose),
    Paragraph(Prose),
    /// LaTeX, without its dollar signs.
    Formula(String),
    Code {
        language: String,
        text: String,
    },
    Quote(Option<BlockQuoteKind>, Vec<Block>),
    List {
        first: Option<u64>,
        items: Vec<Item>,
    },
    Table(Table),
    Footnote(String, Vec<Block>),
    Rule,
}

/// An item of a list.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Item {
    pub blocks: Vec<Block>,
    /// Set apart by blank lines.
    pub loose: bool,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub head: Vec<Prose>,
    pub rows: Vec<Vec<Prose>>,
}

/// Reads a document. Its footnotes come last.
pub(super) fn read(markdown: &str) -> Vec<Block> {
    let mut reader = Reader {
        events: Parser::new_ext(markdown, DIALECT),
        inks: vec![Ink::PLAIN],
        prose: Prose::default(),
        links: Vec::new(),
        footnotes: Vec::new(),
    };
    let mut blocks = reader.blocks().blocks;
    if !reader.footnotes.is_empty() {
        blocks.push(Block::Rule);
        blocks.append(&mut reader.footnotes);
    }
    blocks
}

struct Reader<'a> {
    events: Parser<'a>,
    inks: Vec<Ink>,
    prose: Prose,
    /// The targets of the links that are open, and the text seen in each.
    links: Vec<(String, String)>,
    footnotes: Vec<Block>,
}

impl<'a> Reader<'a> {
    fn ink(&self) -> Ink {
        self.inks.last().copied().unwrap_or_default()
    }

    /// The blocks up to the end of the element that holds them.
    fn blocks(&mut self) -> Item {
        let outer = std::mem::take(&mut self.prose);
        let mut item = Item::default();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(end) if is_inline(end) => self.end_inline(end),
                Event::End(TagEnd::Paragraph) => self.flush(&mut item.blocks),
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => {
                    self.flush(&mut item.blocks);
                    item.loose = true;
                }
                Event::Start(tag) if is_inline(tag.to_end()) => self.start_inline(tag),
                Event::Start(tag) => {
                    self.flush(&mut item.blocks);
                    self.block(tag, &mut item.blocks);
                }
                Event::Rule => {
                    self.flush(&mut item.blocks);
                    item.blocks.push(Block::Rule);
                }
                Event::DisplayMath(latex) => {
                    self.flush(&mut item.blocks);
                    item.blocks.push(Block::Formula(latex.into_string()));
                }
                event => self.inline(event),
            }
        }
        self.flush(&mut item.blocks);
        self.prose = outer;
        item
    }

    /// Ends the paragraph that is being gathered.
    fn flush(&mut self, blocks: &mut Vec<Block>) {
        let prose = std::mem::take(&mut self.prose);
        if !prose.is_empty() {
            blocks.push(Block::Paragraph(prose));
        }
    }

    fn block(&mut self, tag: Tag<'a>, blocks: &mut Vec<Block>) {
        let block = match tag {
            Tag::Heading { level, .. } => Block::Heading(level, self.run_of_text()),
            Tag::BlockQuote(kind) => Block::Quote(kind, self.blocks().blocks),
            Tag::CodeBlock(kind) => self.code(&kind),
            Tag::List(first) => Block::List {
                first,
                items: self.items(),
            },
            Tag::Table(alignments) => Block::Table(self.table(alignments)),
            Tag::FootnoteDefinition(label) => {
                let note = Block::Footnote(label.into_string(), self.blocks().blocks);
                self.footnotes.push(note);
                return;
            }
            Tag::HtmlBlock => {
                let html = self.text_until_end();
                let text = without_tags(&html);
                if text.trim().is_empty() {
                    return;
                }
                Block::Paragraph(Prose::of(&text, Ink::PLAIN))
            }
            _ => {
                blocks.append(&mut self.blocks().blocks);
                return;
            }
        };
        blocks.push(block);
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.events.next() {
            items.push(self.blocks());
        }
        items
    }

    /// The inline content up to the end of the block that holds it.
    fn run_of_text(&mut self) -> Prose {
        let outer = std::mem::take(&mut self.prose);
        while let Some(event) = self.events.next() {
            match event {
                Event::End(end) if is_inline(end) => self.end_inline(end),
                Event::End(_) => break,
                Event::Start(tag) => self.start_inline(tag),
                Event::DisplayMath(latex) => self.formula(&latex),
                event => self.inline(event),
            }
        }
        std::mem::replace(&mut self.prose, outer)
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Block {
        let text = self.text_until_end();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        match language {
            "math" => Block::Formula(text),
            language => Block::Code {
                language: language.to_owned(),
                text,
            },
        }
    }

    fn text_until_end(&mut self) -> String {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(part) | Event::Html(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    fn table(&mut self, alignments: Vec<Alignment>) -> Table {
        let mut table = Table {
            alignments,
            ..Table::default()
        };
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => {
                    self.inks.push(Ink::BOLD);
                    table.head = self.cells();
                    self.inks.pop();
                }
                Event::Start(Tag::TableRow) => {
                    let row = self.cells();
                    table.rows.push(row);
                }
                _ => break,
            }
        }
        table
    }

    fn cells(&mut self) -> Vec<Prose> {
        let mut cells = Vec::new();
        while let Some(Event::Start(Tag::TableCell)) = self.events.next() {
            cells.push(self.run_of_text());
        }
        cells
    }

    fn start_inline(&mut self, tag: Tag<'a>) {
        let mut ink = self.ink();
        match tag {
            Tag::Emphasis => ink.italic = true,
            Tag::Strong => ink.bold = true,
            Tag::Strikethrough => {
                // Without styles, the text would say what it takes back.
                ink.strike = true;
                self.prose.push("~", ink);
            }
            Tag::Link { dest_url, .. } => {
                ink.underline = true;
                self.links.push((dest_url.into_string(), String::new()));
            }
            Tag::Image { dest_url, .. } => {
                ink.dim = true;
                self.prose.push("[picture: ", ink);
                self.links.push((dest_url.into_string(), String::new()));
            }
            _ => {}
        }
        self.inks.push(ink);
    }

    fn end_inline(&mut self, end: TagEnd) {
        let ink = self.ink();
        if end == TagEnd::Strikethrough {
            self.prose.push("~", ink);
        }
        if self.inks.len() > 1 {
            self.inks.pop();
        }
        if !matches!(end, TagEnd::Link | TagEnd::Image) {
            return;
        }
        let Some((target, text)) = self.links.pop() else {
            return;
        };
        if end == TagEnd::Image {
            self.prose.push("]", ink);
        }
        if !is_obvious(&target, &text) {
            self.prose.space();
            self.prose.push(&format!("({target})"), Ink::DIM);
        }
    }

    fn inline(&mut self, event: Event<'a>) {
        let ink = self.ink();
        match event {
            Event::Text(text) => {
                if let Some((_, seen)) = self.links.last_mut() {
                    seen.push_str(&text);
                }
                self.prose.push(&text, ink);
            }
            Event::Code(code) => {
                if let Some((_, seen)) = self.links.last_mut() {
                    seen.push_str(&code);
                }
                let colour = CODE.colour;
                self.prose.push(&format!("`{code}`"), Ink { colour, ..ink });
            }
            Event::InlineMath(latex) => self.formula(&latex),
            Event::SoftBreak => self.prose.space(),
            Event::HardBreak => self.prose.end_line(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.prose.end_line(),
            Event::FootnoteReference(label) => self.prose.push(&format!("[{label}]"), Ink::DIM),
            Event::TaskListMarker(done) => {
                self.prose.push(if done { "[x] " } else { "[ ] " }, ink);
            }
            _ => {}
        }
    }

    /// Sets a formula in the line, or shows its source where it cannot be read.
    fn formula(&mut self, latex: &str) {
        match math::inline(bare(latex)) {
            Ok(text) => self.prose.push(&text, self.ink()),
            Err(_) => self.prose.push(&format!("${latex}$"), RAW),
        }
    }
}

/// A formula without the backticks of GitHub's second way to write one: `` $`x`$ ``.
pub(in crate::faces) fn bare(latex: &str) -> &str {
    latex
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
        .unwrap_or(latex)
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Whether a reader can tell where a link leads from its text.
fn is_obvious(target: &str, text: &str) -> bool {
    let bare_target = target
        .trim_start_matches("mailto:")
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let bare_text = text
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/');
    target.starts_with('#') || bare_target == bare_text
}

/// The text of a piece of HTML.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let end = if rest[open..].starts_with("<!--") {
            "-->"
        } else {
            ">"
        };
        match rest[open..].find(end) {
            Some(close) => rest = &rest[open + close + end.len()..],
            None => return text,
        }
    }
    text + rest
}
