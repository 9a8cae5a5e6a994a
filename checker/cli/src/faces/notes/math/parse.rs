//! Reading LaTeX maths into a tree.

use super::fault::{Fault, FaultKind};
use super::symbols;
use super::tree::{Class, Node, Row};
use super::{commands, environment};

/// Nesting beyond this is nobody's formula.
const DEEPEST: usize = 40;

/// The result of reading a part of a formula.
pub(super) type Read<T> = Result<T, Fault>;

/// What ends the row that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    End,
    Brace,
    Bracket,
    Right,
    Cell,
}

/// Reads a formula, without its dollar signs.
pub(super) fn parse(source: &str) -> Read<Row> {
    let mut parser = Parser {
        source: source.chars().collect(),
        at: 0,
        depth: 0,
    };
    let row = parser.row(Until::End)?;
    if row.is_empty() {
        return Err(parser.fault(FaultKind::Empty));
    }
    Ok(row)
}

pub(super) struct Parser {
    pub(super) source: Vec<char>,
    pub(super) at: usize,
    pub(super) depth: usize,
}

impl Parser {
    pub(super) fn fault(&self, kind: FaultKind) -> Fault {
        Fault { at: self.at, kind }
    }

    pub(super) fn fault_at(&self, at: usize, kind: FaultKind) -> Fault {
        Fault { at, kind }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.source.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while self
            .peek()
            .is_some_and(|c| c.is_whitespace() || c.is_control())
        {
            self.at += 1;
        }
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    /// The command at the cursor with its backslash, without moving.
    pub(super) fn command_ahead(&self) -> Option<String> {
        if self.peek() != Some('\\') {
            return None;
        }
        let rest = &self.source[self.at + 1..];
        let letters = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let length = if letters == 0 {
            rest.len().min(1)
        } else {
            letters
        };
        Some(
            std::iter::once('\\')
                .chain(rest[..length].iter().copied())
                .collect(),
        )
    }

    pub(super) fn take_command(&mut self) -> Option<String> {
        let command = self.command_ahead()?;
        self.at += command.chars().count();
        Some(command)
    }

    /// Whether the cursor stands at the end of the row, which is left for the caller to eat.
    pub(super) fn at_end(&mut self, until: Until) -> Read<bool> {
        self.skip_space();
        let Some(c) = self.peek() else {
            return Ok(true);
        };
        let command = self.command_ahead().unwrap_or_default();
        let ends = match until {
            Until::End => false,
            Until::Brace => c == '}',
            Until::Bracket => c == ']',
            Until::Right => command == "\\right",
            Until::Cell => c == '&' || command == "\\\\" || command == "\\end",
        };
        let stray =
            matches!(c, '}' | '&') || matches!(command.as_str(), "\\right" | "\\end" | "\\\\");
        if !ends && stray {
            let what = if command.is_empty() {
                c.to_string()
            } else {
                command
            };
            return Err(self.fault(FaultKind::Unexpected(what)));
        }
        Ok(ends)
    }

    pub(super) fn row(&mut self, until: Until) -> Read<Row> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(FaultKind::TooDeep));
        }
        let mut row = Row::new();
        while !self.at_end(until)? {
            let from = self.at;
            let node = if matches!(self.peek(), Some('^' | '_' | '\'')) {
                // A script with nothing before it: `{}^2`.
                Some(Node::Group(Row::new()))
            } else {
                self.atom()?
            };
            if let Some(node) = node {
                let node = self.scripts(node)?;
                row.push(node);
            }
            debug_assert!(self.at > from);
        }
        self.depth -= 1;
        Ok(row)
    }

    /// Reads primes, `^` and `_` after a base.
    pub(super) fn scripts(&mut self, base: Node) -> Read<Node> {
        let (mut sub, mut sup) = (None, None);
        let mut primes = 0;
        loop {
            self.skip_space();
            let from = self.at;
            match self.peek() {
                Some('\'') => {
                    self.at += 1;
                    primes += 1;
                }
                Some(mark @ ('^' | '_')) => {
                    self.at += 1;
                    let script = self.argument(if mark == '^' { "^" } else { "_" })?;
                    let slot = if mark == '^' { &mut sup } else { &mut sub };
                    if slot.replace(script).is_some() {
                        return Err(self.fault_at(from, FaultKind::DoubleScript(mark)));
                    }
                }
                _ if self
                    .command_ahead()
                    .is_some_and(|c| commands::is_placement(&c)) =>
                {
                    self.take_command();
                }
                _ => break,
            }
        }
        if primes > 0 {
            let glyph = match primes {
                2 => "″".to_owned(),
                3 => "‴".to_owned(),
                n => "′".repeat(n),
            };
            let primes = Node::symbol(glyph, Class::Ordinary);
            sup.get_or_insert_with(Row::new).insert(0, primes);
        }
        Ok(match (base, sub, sup) {
            (base, None, None) => base,
            (Node::Brace { side, body, .. }, sub, sup) => Node::Brace {
                side,
                body,
                label: sub.or(sup),
            },
            (base, sub, sup) => Node::Scripts {
                base: Box::new(base),
                sub,
                sup,
            },
        })
    }

    /// Reads what a command applies to: a group, or the next token alone.
    pub(super) fn argument(&mut self, of: &str) -> Read<Row> {
        self.skip_space();
        let missing = || FaultKind::MissingArgument(of.to_owned());
        match self.peek() {
            None | Some('}' | '&' | '^' | '_') => Err(self.fault(missing())),
            Some('{') => self.group(),
            Some(c) if c.is_ascii_digit() => {
                self.at += 1;
                Ok(vec![Node::symbol(c, Class::Ordinary)])
            }
            Some(_) => {
                if self.at_end(Until::End).is_err() {
                    return Err(self.fault(missing()));
                }
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.fault(FaultKind::TooDeep));
                }
                let node = self.atom()?;
                self.depth -= 1;
                node.map(|node| vec![node])
                    .ok_or_else(|| self.fault(missing()))
            }
        }
    }

    /// Reads `{…}`.
    fn group(&mut self) -> Read<Row> {
        let from = self.at;
        self.at += 1;
        let row = self.row(Until::Brace)?;
        if !self.eat('}') {
            return Err(self.fault_at(from, FaultKind::Unclosed("{".into())));
        }
        Ok(row)
    }

    /// Reads one atom; none for a command that sets nothing (`\displaystyle`).
    pub(super) fn atom(&mut self) -> Read<Option<Node>> {
        let Some(c) = self.peek() else {
            return Err(self.fault(FaultKind::Empty));
        };
        match c {
            '{' => Ok(Some(Node::Group(self.group()?))),
            '\\' => self.command(),
            '~' => {
                self.at += 1;
                Ok(Some(Node::Space(1)))
            }
            '#' | '%' | '$' => Err(self.fault(FaultKind::Unexpected(c.to_string()))),
            '0'..='9' => Ok(Some(self.number())),
            _ => {
                self.at += 1;
                let (glyph, class) = symbols::character(c);
                Ok(Some(Node::symbol(glyph, class)))
            }
        }
    }

    /// Digits, with a decimal point only where a digit follows it.
    fn number(&mut self) -> Node {
        let mut digits = String::new();
        while let Some(c) = self.peek() {
            let point = c == '.'
                && self
                    .source
                    .get(self.at + 1)
                    .is_some_and(char::is_ascii_digit);
            if !c.is_ascii_digit() && !point {
                break;
            }
            digits.push(c);
            self.at += 1;
        }
        Node::symbol(digits, Class::Ordinary)
    }

    /// Reads `{…}` as text: spaces count, and the escapes of text mode are undone.
    pub(super) fn raw(&mut self, of: &str) -> Read<String> {
        self.skip_space();
        let from = self.at;
        if !self.eat('{') {
            return Err(self.fault(FaultKind::MissingArgument(of.to_owned())));
        }
        let mut text = String::new();
        let mut open = 1;
        while let Some(c) = self.peek() {
            if c == '\\' {
                let at = self.at;
                let command = self.take_command().unwrap_or_default();
                text.push_str(environment::escaped(&command).ok_or_else(|| {
                    self.fault_at(at, FaultKind::UnknownCommand(command.clone()))
                })?);
                continue;
            }
            self.at += 1;
            match c {
                '{' => open += 1,
                '}' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(text);
                    }
                }
                '~' => text.push(' '),
                c if c.is_whitespace() => text.push(' '),
                c if c.is_control() => {}
                c => text.push(c),
            }
        }
        Err(self.fault_at(from, FaultKind::Unclosed("{".into())))
    }
}
