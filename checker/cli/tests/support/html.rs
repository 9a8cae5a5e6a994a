//! Reading HTML pages of ours: strictly, so that what is badly nested is found.

use std::fs;
use std::path::Path;

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "wbr", "input"];

/// A start tag.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page, in order.
///
/// # Errors
/// What is not closed, closes nothing, or is no tag.
pub fn elements(html: &str) -> Result<Vec<Element>, String> {
    let mut elements = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').ok_or("a tag without end")?;
        let (tag, after) = rest.split_at(end);
        rest = &after[1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().unwrap_or_default();
            if last != name {
                return Err(format!("</{name}> in <{last}>, before {}", cut(rest)));
            }
            continue;
        }
        let (tag, closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let element = element(tag)?;
        if element.name == "style" {
            let end = rest.find("</style>").ok_or("a style without end")?;
            rest = &rest[end..];
        }
        if !closed && !VOID.contains(&element.name.as_str()) {
            open.push(element.name.clone());
        }
        elements.push(element);
    }
    match open.pop() {
        Some(name) => Err(format!("<{name}> is never closed")),
        None => Ok(elements),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

fn element(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("<{tag}> is no tag"));
    }
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let bad = || format!("<{tag}>: attributes are written key=\"value\"");
        let (key, value) = rest.split_once("=\"").ok_or_else(bad)?;
        let (value, after) = value.split_once('"').ok_or_else(bad)?;
        attributes.push((key.trim().to_owned(), plain(value)));
        rest = after;
    }
    let name = name.to_owned();
    Ok(Element { name, attributes })
}

/// A text without its escapes.
fn plain(value: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    signs.iter().fold(value.to_owned(), |text, (escape, sign)| {
        text.replace(escape, sign)
    })
}

/// Panics if a page or a style sheet would load anything from elsewhere, or run anything.
pub fn assert_self_contained(name: &str, text: &str) {
    assert!(!text.contains("@import"), "{name} imports");
    for url in text.split("url(").skip(1) {
        let url = url.split(')').next().unwrap_or_default();
        assert!(!url.contains("//"), "{name} loads {url}");
    }
    if name.ends_with(".css") {
        return;
    }
    for element in elements(text).unwrap_or_else(|e| panic!("{name}: {e}")) {
        let runs = matches!(
            element.name.as_str(),
            "script" | "iframe" | "object" | "embed"
        );
        let runs = runs
            || element
                .attributes
                .iter()
                .any(|(key, _)| key.starts_with("on"));
        assert!(!runs, "{name} runs {element:?}");
        let target = element.get("href").or(element.get("src"));
        let target = target.unwrap_or_default();
        assert!(
            !target.starts_with("javascript:"),
            "{name} runs {element:?}"
        );
        let loads = element.name != "a" && target.contains("//");
        assert!(!loads, "{name} loads {element:?}");
    }
}

/// Panics if a link of a page leads nowhere. Links to the network are not followed.
pub fn assert_links_resolve(folder: &Path, page: &str) {
    let read = |file: &Path| {
        fs::read_to_string(file).unwrap_or_else(|e| panic!("{page}: {}: {e}", file.display()))
    };
    let here = folder.join(page);
    for element in elements(&read(&here)).unwrap_or_else(|e| panic!("{page}: {e}")) {
        let Some(link) = element.get("href").filter(|link| !link.contains("://")) else {
            continue;
        };
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = match path {
            "" => here.clone(),
            path => folder.join(path.replace("%20", " ")),
        };
        assert!(target.exists(), "{page}: {link} leads nowhere");
        if anchor.is_empty() {
            continue;
        }
        let there = elements(&read(&target)).unwrap_or_else(|e| panic!("{link}: {e}"));
        let named = there
            .iter()
            .any(|element| element.get("id") == Some(anchor));
        assert!(named, "{page}: {link} names nothing");
    }
}
