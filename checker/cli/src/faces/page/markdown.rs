//! Markdown as HTML, with formulas in MathML.

use super::{escape, highlight};
use crate::faces::notes::math::{self, Fault, FaultKind};
use crate::faces::notes::{DIALECT, bare};
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};
use std::collections::HashMap;
use std::ops::Range;

/// A document in markup.
#[derive(Debug, Default)]
pub(in crate::faces) struct Document {
    /// The markup of its title, which is not in the body.
    pub title: String,
    /// The markup of the rest.
    pub body: String,
    /// Its chapters in order: the name to link to, and the heading's markup.
    pub chapters: Vec<(String, String)>,
}

/// A formula that cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset {
    /// The line of the document, counted from 1.
    pub line: usize,
    /// The formula's source.
    pub formula: String,
    /// Why it cannot be set.
    pub reason: FaultKind,
}

/// Where the words of a document lead.
pub(in crate::faces) struct Links<'a> {
    /// What stands in place of a link's target.
    pub target: &'a dyn Fn(&str) -> String,
    /// Where a piece of code in the text leads, if anywhere.
    pub code: &'a dyn Fn(&str) -> Option<String>,
}

/// Sets a document.
///
/// # Errors
/// All formulas that cannot be set.
pub(in crate::faces) fn document(
    markdown: &str,
    links: &Links<'_>,
) -> Result<Document, Vec<Unset>> {
    let mut setter = Setter {
        markdown,
        links,
        document: Document::default(),
        events: Vec::new(),
        heading: None,
        names: HashMap::new(),
        linked: 0,
        formula: None,
        unset: Vec::new(),
    };
    let dialect = DIALECT.union(Options::ENABLE_SMART_PUNCTUATION);
    let mut parser = Parser::new_ext(markdown, dialect).into_offset_iter();
    while let Some((event, range)) = parser.next() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let block = parser
                    .by_ref()
                    .take_while(|(event, _)| !matches!(event, Event::End(_)));
                let text: String = block
                    .filter_map(|(event, _)| match event {
                        Event::Text(text) => Some(text.into_string()),
                        _ => None,
                    })
                    .collect();
                setter.block(&kind, &text, range);
            }
            event => setter.event(event, range),
        }
    }
    setter.end_formula("");
    if !setter.unset.is_empty() {
        return Err(setter.unset);
    }
    let mut document = setter.document;
    html::push_html(&mut document.body, setter.events.into_iter());
    Ok(document)
}

struct Setter<'a, 'l> {
    markdown: &'a str,
    links: &'l Links<'l>,
    document: Document,
    events: Vec<Event<'a>>,
    /// The heading that is being read: its events, and its words.
    heading: Option<(Vec<Event<'a>>, String)>,
    /// How often each name of a heading was given.
    names: HashMap<String, usize>,
    /// How many links are open.
    linked: usize,
    /// A formula in the line whose last word is not known yet, and what stands before it
    /// without a space.
    formula: Option<(String, Vec<String>)>,
    unset: Vec<Unset>,
}

impl<'a> Setter<'a, '_> {
    fn push(&mut self, event: Event<'a>) {
        self.end_formula("");
        self.append(event);
    }

    fn append(&mut self, event: Event<'a>) {
        match &mut self.heading {
            Some((events, _)) => events.push(event),
            None => self.events.push(event),
        }
    }

    fn markup(&mut self, html: String) {
        self.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let (Some((_, words)), Event::Text(text) | Event::Code(text)) =
            (&mut self.heading, &event)
        {
            words.push_str(text);
        }
        match event {
            Event::Start(Tag::Heading { .. }) => self.heading = Some((Vec::new(), String::new())),
            Event::End(TagEnd::Heading(level)) => self.end_heading(level),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                self.linked += 1;
                let dest_url = (self.links.target)(&dest_url).into();
                self.push(Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }));
            }
            Event::End(TagEnd::Link) => {
                self.linked = self.linked.saturating_sub(1);
                self.push(Event::End(TagEnd::Link));
            }
            Event::Start(Tag::Table(alignments)) => {
                self.markup("<div class=\"wide\">".into());
                self.push(Event::Start(Tag::Table(alignments)));
            }
            Event::End(TagEnd::Table) => {
                self.push(Event::End(TagEnd::Table));
                self.markup("</div>\n".into());
            }
            Event::InlineMath(latex) => self.inline_formula(bare(&latex), range),
            Event::DisplayMath(latex) => self.formula(&latex, range.start),
            Event::Code(code) => self.code(code),
            Event::Text(text) if self.formula.is_some() => {
                let word = text.find(char::is_whitespace).unwrap_or(text.len());
                self.end_formula(&text[..word]);
                self.append(Event::Text(text[word..].to_owned().into()));
            }
            event => self.push(event),
        }
    }

    fn code(&mut self, code: CowStr<'a>) {
        let target = match self.linked > 0 || self.heading.is_some() {
            true => None,
            false => (self.links.code)(&code),
        };
        match target {
            Some(target) => self.markup(format!(
                "<a href=\"{}\"><code>{}</code></a>",
                escape(&target),
                escape(&code)
            )),
            None => self.push(Event::Code(code)),
        }
    }

    /// A block of code, or a formula that is written as one.
    fn block(&mut self, kind: &CodeBlockKind<'_>, text: &str, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language == "math" {
            let fence = self.markdown[range.clone()]
                .find('\n')
                .map_or(0, |at| at + 1);
            return self.formula(text, range.start + fence);
        }
        let code = highlight::code(language, text);
        self.markup(format!("<pre><code>{code}</code></pre>\n"));
    }

    fn inline_formula(&mut self, latex: &str, range: Range<usize>) {
        self.end_formula("");
        match math::inline_mathml(latex) {
            Ok(parts) => {
                let head = self.open_word();
                self.formula = Some((head, parts));
            }
            Err(fault) => self.fault(latex, fault, range.start),
        }
    }

    /// Takes an opening bracket or quotation mark from the text that comes just before.
    fn open_word(&mut self) -> String {
        let events = match &mut self.heading {
            Some((events, _)) => events,
            None => &mut self.events,
        };
        let Some(Event::Text(text)) = events.last_mut() else {
            return String::new();
        };
        let kept = text.trim_end_matches(['(', '[', '“', '‘', '"', '\'']).len();
        let head = text[kept..].to_owned();
        *text = text[..kept].to_owned().into();
        head
    }

    /// Writes the formula that is open, together with the rest of its last word: browsers
    /// would break the line between a formula and the comma behind it.
    fn end_formula(&mut self, tail: &str) {
        let Some((head, mut parts)) = self.formula.take() else {
            return;
        };
        if let Some(first) = parts.first_mut() {
            first.insert_str(0, &escape(&head));
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(&escape(tail));
        }
        let whole = |part: &String| format!("<span>{part}</span>");
        let parts: Vec<String> = match parts.len() {
            1 => parts,
            _ => parts.iter().map(whole).collect(),
        };
        let html = format!("<span class=\"math\">{}</span>", parts.join("<wbr>"));
        self.append(Event::InlineHtml(html.into()));
    }

    fn formula(&mut self, latex: &str, start: usize) {
        match math::display_mathml(latex) {
            // In a paragraph no division may stand, but this is one for the style sheet.
            Ok(math) => self.markup(format!("<span class=\"formula\">{math}</span>\n")),
            Err(fault) => self.fault(latex, fault, start),
        }
    }

    fn fault(&mut self, latex: &str, fault: Fault, start: usize) {
        let before = latex.chars().take(fault.at).filter(|&c| c == '\n').count();
        self.unset.push(Unset {
            line: self.markdown[..start].matches('\n').count() + 1 + before,
            formula: latex.trim().to_owned(),
            reason: fault.kind,
        });
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        self.end_formula("");
        let Some((events, words)) = self.heading.take() else {
            return;
        };
        let mut heading = String::new();
        html::push_html(&mut heading, events.into_iter());
        if level == HeadingLevel::H1 && self.document.title.is_empty() {
            self.document.title = heading;
            return;
        }
        let name = self.name(&words);
        self.markup(format!(
            "<{level} id=\"{}\">{heading}</{level}>\n",
            escape(&name)
        ));
        if level == HeadingLevel::H2 {
            self.document.chapters.push((name, heading));
        }
    }

    /// The name by which GitHub, too, links to a heading.
    fn name(&mut self, words: &str) -> String {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let lower = words.to_lowercase();
        let name: String = lower.chars().filter(kept).collect();
        let name = name.replace(' ', "-");
        let given = self.names.entry(name.clone()).or_default();
        *given += 1;
        match *given {
            1 => name,
            n => format!("{name}-{}", n - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(markdown: &str) -> Result<Document, Vec<Unset>> {
        let links = Links {
            target: &|target| format!("to-{target}"),
            code: &|code| (code == "known").then(|| "known.html".into()),
        };
        document(markdown, &links)
    }

    #[test]
    fn a_document_in_markup() {
        let markdown = "# The *title*\n\n## Part `one`\n\nSee `known`, [`known`](x.md) and $x$.\n\n\
            $$y$$\n\n| a |\n|---|\n| b |\n\n```rust\nlet x;\n```\n\n```math\nz\n```\n\n## Part `one`\n";
        let document = set(markdown).unwrap();
        assert_eq!(document.title, "The <em>title</em>");
        let names: Vec<&str> = document
            .chapters
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["part-one", "part-one-1"]);
        insta::assert_snapshot!(document.body, @r#"
        <h2 id="part-one">Part <code>one</code></h2>
        <p>See <a href="known.html"><code>known</code></a>, <a href="to-x.md"><code>known</code></a> and <span class="math"><math><mi>x</mi></math>.</span></p>
        <p><span class="formula"><math display="block"><mi>y</mi></math></span>
        </p>
        <div class="wide"><table><thead><tr><th>a</th></tr></thead><tbody>
        <tr><td>b</td></tr>
        </tbody></table>
        </div>
        <pre><code><i class="keyword">let</i> x;
        </code></pre>
        <span class="formula"><math display="block"><mi>z</mi></math></span>
        <h2 id="part-one-1">Part <code>one</code></h2>
        "#);
    }

    #[test]
    fn each_formula_that_cannot_be_set_is_told_with_its_line() {
        let unset =
            set("# T\n\nSo $\\foo$ is\n\n```math\nx \\\\\n```\n\n$$\na\n\\bar$$\n").unwrap_err();
        let told: Vec<String> = unset
            .iter()
            .map(|u| format!("{} {}", u.line, u.reason))
            .collect();
        assert_eq!(
            told,
            [
                "3 unknown command \\foo",
                "6 unexpected \\\\",
                "11 \\bar lacks an argument"
            ]
        );
    }
}
