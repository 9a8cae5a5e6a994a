//! What stands in a document.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn parse(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
}

/// The command lines of llmlings in code spans and blocks, as they would be typed where it
/// is installed.
pub fn commands(markdown: &str) -> Vec<String> {
    let mut code: Vec<String> = Vec::new();
    let mut in_block = false;
    for event in parse(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Code(text) => code.push(text.to_string()),
            Event::Text(text) if in_block => code.extend(text.lines().map(String::from)),
            _ => {}
        }
    }
    code.iter().flat_map(|line| of_line(line)).collect()
}

/// The commands of a line of a shell or a workflow, which may hold several.
fn of_line(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or(line);
    let parts = line.split("&&").flat_map(|part| part.split(['>', '<']));
    parts.filter_map(of_part).collect()
}

fn of_part(part: &str) -> Option<String> {
    let part = part.trim().trim_start_matches("- ");
    let part = part.strip_prefix("run: ").unwrap_or(part).trim();
    if let Some(rest) = part.strip_prefix("cargo run -- ") {
        return Some(format!("llmlings {rest}"));
    }
    let is_ours = part == "llmlings" || part.starts_with("llmlings ");
    // A family of commands is no command.
    (is_ours && !part.ends_with('…')).then(|| part.to_string())
}

/// Where links and pictures lead that do not leave the repository.
pub fn links(markdown: &str) -> Vec<String> {
    let target = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    };
    let targets = parse(markdown).filter_map(target);
    let inner = targets.filter(|url| !url.contains("://") && !url.starts_with("mailto:"));
    inner.map(|url| url.to_string()).collect()
}

/// The names by which GitHub links to the headings.
pub fn slugs(markdown: &str) -> Vec<String> {
    let mut slugs = Vec::new();
    let mut heading: Option<String> = None;
    for event in parse(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => slugs.extend(heading.take().map(|h| slug(&h))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    slugs
}

fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let lower = heading.to_lowercase();
    lower
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
