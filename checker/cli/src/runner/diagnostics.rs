//! The compiler's own words.

use serde::{Deserialize, Serialize};

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It stops the compiler.
    Error,
    /// It does not.
    Warning,
}

/// One message of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub level: Level,
    /// The first line of it.
    pub message: String,
    /// File, relative to the workspace's root; none for a message about no place.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: usize,
    /// The whole message as the compiler draws it, with colours.
    #[serde(skip)]
    pub rendered: String,
}

#[derive(Deserialize)]
struct Raw {
    level: String,
    message: String,
    #[serde(default)]
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

/// Reads what rustc wrote under `--error-format=json`, one message a line. What is no
/// message (an internal compiler error, say) is kept as an error without a place.
pub fn parse(stderr: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut stray = String::new();
    for line in stderr.lines() {
        match serde_json::from_str::<Raw>(line) {
            Ok(raw) => found.extend(diagnostic(raw)),
            Err(_) if line.trim_start().starts_with("{\"$message_type\"") => {}
            Err(_) => stray = stray + line + "\n",
        }
    }
    if !stray.trim().is_empty() {
        found.push(Diagnostic {
            level: Level::Error,
            message: stray.lines().next().unwrap_or_default().to_string(),
            file: None,
            line: 0,
            rendered: stray,
        });
    }
    found
}

fn diagnostic(raw: Raw) -> Option<Diagnostic> {
    let level = match raw.level.as_str() {
        "error" | "error: internal compiler error" => Level::Error,
        "warning" => Level::Warning,
        _ => return None,
    };
    // "aborting due to 2 previous errors" and "3 warnings emitted" have no place: the
    // messages themselves say enough.
    if raw.spans.is_empty() && (raw.message.contains("aborting") || raw.message.contains("emitted"))
    {
        return None;
    }
    let span = raw.spans.iter().find(|span| span.is_primary);
    Some(Diagnostic {
        level,
        file: span.map(|span| span.file_name.clone()),
        line: span.map_or(0, |span| span.line_start),
        rendered: raw.rendered.unwrap_or_else(|| raw.message.clone()),
        message: raw.message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_and_the_closing_count_is_left_out() {
        let stderr = concat!(
            r#"{"$message_type":"diagnostic","level":"error","message":"mismatched types","rendered":"error[E0308]…","spans":[{"file_name":"exercises/a/src/lib.rs","line_start":7,"is_primary":true}]}"#,
            "\n",
            r#"{"$message_type":"diagnostic","level":"error","message":"aborting due to 1 previous error","rendered":"","spans":[]}"#,
            "\nthread 'rustc' panicked\n",
        );
        let found = parse(stderr);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].file.as_deref(), Some("exercises/a/src/lib.rs"));
        assert_eq!(found[0].line, 7);
        assert_eq!(found[1].message, "thread 'rustc' panicked");
    }
}
