//! What HTML pages share: the frame, the looks, Markdown, code.
//!
//! A page needs no script and loads nothing from elsewhere. Both grounds, light and dark,
//! and paper are the style sheet's business.

pub(super) mod highlight;
pub(super) mod markdown;

use std::fmt::Write as _;

/// The looks of all pages.
pub(super) const STYLE: &str = include_str!("style.css");

/// Text as it stands in HTML, in an element or in a quoted attribute. Control characters,
/// which HTML has not, are left out.
pub(super) fn escape(text: &str) -> String {
    let visible = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.chars().filter(visible).collect();
    quick_xml::escape::escape(text.as_str()).into_owned()
}

/// A phrase of the course in markup: what stands between backticks is code.
pub(super) fn phrase(text: &str) -> String {
    let mut html = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 == 1 && at + 1 < parts.len() {
            true => drop(write!(html, "<code>{}</code>", escape(part))),
            // A backtick that nothing closes is one.
            false if at % 2 == 1 => drop(write!(html, "`{}", escape(part))),
            false => html.push_str(&escape(part)),
        }
    }
    html
}

/// Where a page finds its looks.
pub(super) enum Looks<'a> {
    /// In a file beside it.
    File(&'a str),
    /// In itself.
    Inside,
}

/// A whole page around its body.
pub(super) fn page(title: &str, looks: &Looks<'_>, body: &str) -> String {
    let style = match looks {
        Looks::File(file) => format!("<link rel=\"stylesheet\" href=\"{}\">", escape(file)),
        Looks::Inside => format!("<style>\n{STYLE}</style>"),
    };
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n{style}\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// A link as it stands in an attribute: what has a meaning in URLs, and is meant to have
/// none, is encoded.
pub(crate) fn href(path: &str) -> String {
    let mut url = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                url.push(char::from(byte));
            }
            _ => drop(write!(url, "%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_becomes_markup() {
        assert_eq!(
            escape("<b> & \"c\" \u{7}"),
            "&lt;b&gt; &amp; &quot;c&quot; "
        );
        assert_eq!(phrase("of `a<b` and `c"), "of <code>a&lt;b</code> and `c");
        assert_eq!(href("a b/ü\"#.rs"), "a%20b/%C3%BC%22%23.rs");
    }
}
