//! Reading `\begin{…} … \end{…}`.

use super::fault::FaultKind;
use super::parse::{Parser, Read, Until};
use super::tree::{Grid, Node, Row};

/// How an environment sets its cells.
fn grid(name: &str) -> Option<Grid> {
    let matrix = |open, close| Grid::Matrix { open, close };
    Some(match name.trim_end_matches('*') {
        "matrix" | "smallmatrix" | "array" => matrix("", ""),
        "pmatrix" => matrix("(", ")"),
        "bmatrix" => matrix("[", "]"),
        "Bmatrix" => matrix("{", "}"),
        "vmatrix" => matrix("|", "|"),
        "Vmatrix" => matrix("‖", "‖"),
        "cases" | "dcases" => Grid::Cases,
        "aligned" | "align" | "split" | "alignedat" | "alignat" | "eqnarray" => Grid::Aligned,
        "gathered" | "gather" | "equation" | "multline" => Grid::Gathered,
        _ => return None,
    })
}

/// The text that an escape of text mode stands for.
pub(super) fn escaped(command: &str) -> Option<&'static str> {
    Some(match command {
        "\\_" => "_",
        "\\%" => "%",
        "\\&" => "&",
        "\\#" => "#",
        "\\$" => "$",
        "\\{" => "{",
        "\\}" => "}",
        "\\ " | "\\," | "\\;" | "\\:" | "\\quad" => " ",
        "\\-" | "\\!" => "",
        "\\ldots" | "\\dots" => "…",
        "\\textbackslash" => "\\",
        _ => return None,
    })
}

impl Parser {
    pub(super) fn environment(&mut self, from: usize) -> Read<Node> {
        let name = self.raw("\\begin")?;
        let Some(kind) = grid(&name) else {
            self.at = from;
            return Err(self.fault(FaultKind::UnknownEnvironment(name)));
        };
        self.skip_space();
        if self.peek() == Some('[') {
            self.skip_option();
        }
        if name.starts_with("array") || name.contains("alignedat") || name.contains("alignat") {
            self.raw("\\begin")?;
        }
        let rows = self.cells(from, &name)?;
        Ok(Node::Grid { kind, rows })
    }

    /// The rows up to `\end{name}`, which is eaten.
    fn cells(&mut self, from: usize, name: &str) -> Read<Vec<Vec<Row>>> {
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.row(Until::Cell)?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            let command = self.command_ahead().unwrap_or_default();
            match (self.peek(), command.as_str()) {
                (Some('&'), _) => self.at += 1,
                (_, "\\\\") => {
                    self.at += 2;
                    // `\\[2pt]` adds space between the rows.
                    if self.peek() == Some('[') {
                        self.skip_option();
                    }
                    rows.push(Vec::new());
                }
                (_, "\\end") => {
                    let at = self.at;
                    self.at += command.len();
                    let ended = self.raw("\\end")?;
                    if ended != name {
                        self.at = at;
                        let what = format!("\\end{{{ended}}} of \\begin{{{name}}}");
                        return Err(self.fault(FaultKind::Unexpected(what)));
                    }
                    break;
                }
                _ => {
                    self.at = from;
                    let what = format!("\\begin{{{name}}}");
                    return Err(self.fault(FaultKind::Unclosed(what)));
                }
            }
        }
        // A `\\` after the last row opens none.
        if rows.last().is_some_and(|row| row.iter().all(Vec::is_empty)) {
            rows.pop();
        }
        Ok(rows)
    }

    fn skip_option(&mut self) {
        while let Some(c) = self.peek() {
            self.at += 1;
            if c == ']' {
                break;
            }
        }
    }
}
