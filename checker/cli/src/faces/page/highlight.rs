//! Code in quiet colours: what a reader skims over is lighter, what structures is darker.

use super::escape;
use crate::faces::notes::RUST;

/// A piece of code in markup.
pub(in crate::faces) fn code(language: &str, text: &str) -> String {
    match language {
        "rust" | "rs" => rust(text),
        _ => escape(text),
    }
}

/// What a piece of Rust is.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    Comment,
    Text,
    Number,
    Word,
    Other,
}

fn rust(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((token, length)) = first(rest) {
        let (piece, after) = rest.split_at(length);
        rest = after;
        let class = match token {
            Token::Comment => "comment",
            Token::Text => "text",
            Token::Number => "number",
            Token::Word if RUST.contains(&piece) => "keyword",
            Token::Word | Token::Other => {
                html.push_str(&escape(piece));
                continue;
            }
        };
        html.push_str(&format!("<i class=\"{class}\">{}</i>", escape(piece)));
    }
    html
}

/// What stands first, and how long it is.
fn first(text: &str) -> Option<(Token, usize)> {
    let c = text.chars().next()?;
    let until = |ends: &dyn Fn(char) -> bool| text.find(ends).unwrap_or(text.len());
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    Some(match c {
        '/' if text.starts_with("//") => (Token::Comment, until(&|c| c == '\n')),
        '/' if text.starts_with("/*") => {
            let end = text.find("*/").map(|at| at + 2);
            (Token::Comment, end.unwrap_or(text.len()))
        }
        '"' => (Token::Text, quoted(text, '"')),
        'r' | 'b' if raw_or_bytes(text).is_some() => (Token::Text, raw_or_bytes(text)?),
        '\'' if is_character(text) => (Token::Text, quoted(text, '\'')),
        '0'..='9' => (Token::Number, number(text)),
        c if in_word(c) => (Token::Word, until(&|c| !in_word(c))),
        c => (Token::Other, c.len_utf8()),
    })
}

/// The length of a text in quotation marks, which may hold escaped ones.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#`, `b"…"` or `b'…'`.
fn raw_or_bytes(text: &str) -> Option<usize> {
    let rest = &text[1..];
    if text.starts_with('b') {
        let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        return Some(1 + quoted(rest, mark));
    }
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 1 + hashes + 1;
    let close = text[body..].find(&end).map(|at| body + at + end.len());
    Some(close.unwrap_or(text.len()))
}

/// Whether an apostrophe begins a character; else it begins a lifetime or a label.
fn is_character(text: &str) -> bool {
    let mut after = text.chars().skip(1);
    matches!(
        (after.next(), after.next()),
        (Some('\\'), _) | (Some(_), Some('\''))
    )
}

/// The length of a number; `0..n` is the number 0 and a range.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(&byte) = bytes.get(end) {
        let before = end.checked_sub(1).map(|at| bytes[at]);
        let point = byte == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let sign = matches!(byte, b'+' | b'-')
            && matches!(before, Some(b'e' | b'E'))
            && !text.starts_with("0x");
        if !(byte.is_ascii_alphanumeric() || byte == b'_' || point || sign) {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Markup in which tags are short enough to be read.
    fn lit(code: &str) -> String {
        let html = rust(code).replace("<i class=\"", "[").replace("\">", " ");
        html.replace("</i>", "]")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
    }

    #[test]
    fn what_is_told_apart() {
        let code = "let x: &'a str = \"a \\\" // b\"; // c\nfor i in 0..1_000 { f(1.5e-3, 'x') }";
        assert_eq!(
            lit(code),
            "[keyword let] x: &amp;'a str = [text \"a \\\" // b\"]; [comment // c]\n\
             [keyword for] i [keyword in] [number 0]..[number 1_000] { f([number 1.5e-3], [text 'x']) }"
        );
        assert_eq!(
            lit("r#\"a\"b\"# b'\\n' row"),
            "[text r#\"a\"b\"#] [text b'\\n'] row"
        );
        assert_eq!(lit("x.0 /* a"), "x.[number 0] [comment /* a]");
    }
}
