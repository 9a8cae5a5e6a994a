//! Reading the commands: what each takes, and what it makes of it.

use super::alphabet::{self, Alphabet};
use super::fault::FaultKind;
use super::parse::{Parser, Read, Until};
use super::symbols;
use super::tree::{Class, FractionStyle, Grid, Node, Row, Side};

impl Parser {
    /// Reads a command; none for one that sets nothing (`\displaystyle`).
    pub(super) fn command(&mut self) -> Read<Option<Node>> {
        let from = self.at;
        let command = self.take_command().unwrap_or_default();
        let name = &command[1..];
        if let Some(columns) = space(name) {
            return Ok((columns > 0).then_some(Node::Space(columns)));
        }
        if is_placement(&command) || is_style(name) {
            return Ok(None);
        }
        if let Some((size, class)) = sized(name) {
            return self.big(&command, size, class).map(Some);
        }
        if let Some(alphabet) = Alphabet::named(name) {
            let row = self.argument(&command)?;
            return Ok(Some(alphabet::dress(row, alphabet)));
        }
        if let Some(mark) = symbols::accent(name) {
            let body = self.argument(&command)?;
            return Ok(Some(Node::Accent { mark, body }));
        }
        if let Some(node) = self.construct(name, &command, from)? {
            return Ok(Some(node));
        }
        match symbols::symbol(name) {
            Some((glyph, class)) => Ok(Some(Node::symbol(glyph, class))),
            None => Err(self.fault_at(from, FaultKind::UnknownCommand(command))),
        }
    }

    /// The commands with arguments of their own.
    fn construct(&mut self, name: &str, command: &str, from: usize) -> Read<Option<Node>> {
        let node = match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => Node::Fraction {
                style: match name {
                    "tfrac" => FractionStyle::Text,
                    "dfrac" | "cfrac" => FractionStyle::Display,
                    _ => FractionStyle::Natural,
                },
                above: self.argument(command)?,
                below: self.argument(command)?,
            },
            "binom" | "dbinom" | "tbinom" => Node::Binomial {
                above: self.argument(command)?,
                below: self.argument(command)?,
            },
            "sqrt" => self.root(command)?,
            "left" => self.fenced(from)?,
            "middle" => self.big(command, 0, Some(Class::Relation))?,
            "begin" => self.environment(from)?,
            "substack" => self.substack(command)?,
            "underbrace" | "overbrace" => Node::Brace {
                side: if name == "overbrace" {
                    Side::Above
                } else {
                    Side::Below
                },
                body: self.argument(command)?,
                label: None,
            },
            "overset" | "stackrel" | "underset" => self.stack(name, command)?,
            "xrightarrow" | "xleftarrow" => self.arrow(name, command)?,
            "pmod" => {
                let (open, close) = ("(".into(), ")".into());
                let mut body = vec![Node::symbol("mod", Class::Name)];
                body.extend(self.argument(command)?);
                Node::Group(vec![Node::Space(1), Node::Fenced { open, body, close }])
            }
            "not" => self.negation(command)?,
            "textcolor" => {
                self.raw(command)?;
                Node::Group(self.argument(command)?)
            }
            "hspace" | "color" | "label" => {
                self.raw(command)?;
                Node::Space(usize::from(name == "hspace"))
            }
            "tag" => Node::Tag(self.raw(command)?),
            "operatorname" | "mathop" => self.operator(command)?,
            _ if is_text(name) => Node::symbol(self.raw(command)?, Class::Word),
            _ => return Ok(None),
        };
        Ok(Some(node))
    }

    /// `\overset{small}{base}` and its like.
    fn stack(&mut self, name: &str, command: &str) -> Read<Node> {
        let side = match name {
            "underset" => Side::Below,
            _ => Side::Above,
        };
        let small = self.argument(command)?;
        let base = self.argument(command)?;
        Ok(Node::Stack { side, base, small })
    }

    /// An arrow as long as what is written over it.
    fn arrow(&mut self, name: &str, command: &str) -> Read<Node> {
        let glyph = if name == "xrightarrow" { "⟶" } else { "⟵" };
        Ok(Node::Stack {
            side: Side::Above,
            base: vec![Node::symbol(glyph, Class::Relation)],
            small: self.argument(command)?,
        })
    }

    fn root(&mut self, command: &str) -> Read<Node> {
        self.skip_space();
        let mut degree = None;
        let from = self.at;
        if self.eat('[') {
            degree = Some(self.row(Until::Bracket)?);
            if !self.eat(']') {
                return Err(self.fault_at(from, FaultKind::Unclosed("[".into())));
            }
        }
        let body = self.argument(command)?;
        Ok(Node::Root { degree, body })
    }

    fn fenced(&mut self, from: usize) -> Read<Node> {
        let open = self.delimiter("\\left")?;
        let body = self.row(Until::Right)?;
        if self.take_command().as_deref() != Some("\\right") {
            return Err(self.fault_at(from, FaultKind::Unclosed("\\left".into())));
        }
        let close = self.delimiter("\\right")?;
        Ok(Node::Fenced { open, body, close })
    }

    fn big(&mut self, command: &str, size: u8, class: Option<Class>) -> Read<Node> {
        let glyph = self.delimiter(command)?;
        let natural = glyph.chars().next().map(|c| symbols::character(c).1);
        let class = class.or(natural).unwrap_or(Class::Ordinary);
        Ok(Node::Symbol { glyph, class, size })
    }

    fn delimiter(&mut self, of: &str) -> Read<String> {
        self.skip_space();
        let from = self.at;
        let name = match self.take_command() {
            Some(command) => command,
            None => match self.peek() {
                Some(c) => {
                    self.at += 1;
                    c.to_string()
                }
                None => return Err(self.fault(FaultKind::MissingArgument(of.to_owned()))),
            },
        };
        symbols::delimiter(&name).ok_or_else(|| self.fault_at(from, FaultKind::NotADelimiter(name)))
    }

    /// `\not` strikes through the relation that follows it.
    fn negation(&mut self, command: &str) -> Read<Node> {
        let row = self.argument(command)?;
        match row.as_slice() {
            [Node::Symbol { glyph, class, .. }] => {
                Ok(Node::symbol(symbols::negated(glyph), *class))
            }
            _ => Err(self.fault(FaultKind::MissingArgument(command.to_owned()))),
        }
    }

    /// `\operatorname{…}`, with `*` for limits below, and `\mathop{…}`.
    fn operator(&mut self, command: &str) -> Read<Node> {
        let limits = self.eat('*') || command == "\\mathop";
        let row = self.argument(command)?;
        let name = alphabet::plain(&row);
        let class = if limits {
            Class::LimitName
        } else {
            Class::Name
        };
        Ok(Node::symbol(name, class))
    }

    fn substack(&mut self, command: &str) -> Read<Node> {
        self.skip_space();
        let from = self.at;
        if !self.eat('{') {
            return Err(self.fault(FaultKind::MissingArgument(command.to_owned())));
        }
        let mut rows = Vec::new();
        loop {
            let mut part = Row::new();
            self.skip_space();
            while !matches!(self.peek(), None | Some('}'))
                && self.command_ahead().as_deref() != Some("\\\\")
            {
                if let Some(node) = self.atom_with_scripts()? {
                    part.push(node);
                }
                self.skip_space();
            }
            rows.push(vec![part]);
            match self.peek() {
                Some('}') => break self.at += 1,
                None => return Err(self.fault_at(from, FaultKind::Unclosed("{".into()))),
                Some(_) => self.at += 2,
            }
        }
        Ok(Node::Grid {
            kind: Grid::Gathered,
            rows,
        })
    }

    fn atom_with_scripts(&mut self) -> Read<Option<Node>> {
        match self.atom()? {
            Some(node) => self.scripts(node).map(Some),
            None => Ok(None),
        }
    }
}

/// The columns of a spacing command; zero for one that draws nearer.
fn space(name: &str) -> Option<usize> {
    Some(match name {
        "," | ":" | ";" | ">" | " " | "thinspace" | "medspace" | "thickspace" | "enspace" => 1,
        "space" | "nobreakspace" => 1,
        "quad" => 3,
        "qquad" => 6,
        "!" | "negthinspace" | "mathstrut" | "strut" => 0,
        _ => return None,
    })
}

fn is_text(name: &str) -> bool {
    matches!(
        name,
        "text" | "textrm" | "textbf" | "textit" | "texttt" | "textsf" | "textnormal" | "mbox"
    )
}

fn is_style(name: &str) -> bool {
    matches!(
        name,
        "displaystyle" | "textstyle" | "scriptstyle" | "scriptscriptstyle" | "nonumber" | "notag"
    )
}

pub(super) fn is_placement(command: &str) -> bool {
    matches!(command, "\\limits" | "\\nolimits" | "\\displaylimits")
}

/// How large a command makes the bracket after it, and which class it makes of it.
fn sized(name: &str) -> Option<(u8, Option<Class>)> {
    let (stem, class) = match name.chars().last()? {
        'l' => (&name[..name.len() - 1], Some(Class::Open)),
        'r' => (&name[..name.len() - 1], Some(Class::Close)),
        'm' => (&name[..name.len() - 1], Some(Class::Relation)),
        _ => (name, None),
    };
    let sizes = ["big", "Big", "bigg", "Bigg"];
    let size = sizes.iter().position(|size| *size == stem)?;
    Some((size as u8 + 1, class))
}
