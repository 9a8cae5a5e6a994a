//! Formulas in MathML Core, which browsers set without a script.
//!
//! Spaces are TeX's and stand in the markup, not the browser's: so they are the same in
//! all of them.

use super::spacing::{self, Atom};
use super::tree::{Accent, Class, FractionStyle, Grid, Node, Side};
use crate::faces::page::escape;

/// A formula in a line of text as one or, where the line may be broken, several elements.
pub(super) fn inline(row: &[Node]) -> Vec<String> {
    let breakable = row.iter().map(size).sum::<usize>() > UNBROKEN;
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut depth = 0_i32;
    let mut may_end = false;
    for Element { atom, gap, markup } in elements(row, false) {
        // The space after an operator stays with it: no line begins with one.
        part.push_str(&gap);
        if may_end {
            parts.push(std::mem::take(&mut part));
        }
        part.push_str(&markup);
        depth += match atom {
            Some(Atom::Open) => 1,
            Some(Atom::Close) => -1,
            _ => 0,
        };
        let operator = matches!(atom, Some(Atom::Relation | Atom::Binary));
        may_end = breakable && operator && depth <= 0;
    }
    parts.push(part);
    let math = |part: String| format!("<math>{part}</math>");
    parts.into_iter().map(math).collect()
}

/// A formula on lines of its own.
pub(super) fn display(row: &[Node]) -> String {
    let body = joined(elements(row, false));
    format!("<math display=\"block\">{body}</math>")
}

/// A formula of no more symbols is not broken.
const UNBROKEN: usize = 14;

/// How many symbols a node sets.
fn size(node: &Node) -> usize {
    let row = |row: &[Node]| row.iter().map(size).sum::<usize>();
    match node {
        Node::Symbol { glyph, .. } => glyph.chars().count(),
        Node::Space(_) | Node::Tag(_) => 0,
        Node::Group(body) | Node::Root { body, .. } | Node::Accent { body, .. } => row(body),
        Node::Brace { body, .. } | Node::Stack { base: body, .. } => row(body),
        Node::Fenced { body, .. } => row(body) + 2,
        Node::Fraction { above, below, .. } | Node::Binomial { above, below } => {
            row(above).max(row(below))
        }
        Node::Scripts { base, sub, sup } => {
            let longest = [sub, sup].map(|script| script.as_deref().map_or(0, row));
            size(base) + longest[0].max(longest[1]) / 2
        }
        Node::Grid { rows, .. } => rows.iter().flatten().map(|cell| row(cell)).sum(),
    }
}

/// A node in markup.
struct Element {
    atom: Option<Atom>,
    /// The space before it.
    gap: String,
    markup: String,
}

fn elements(row: &[Node], in_script: bool) -> Vec<Element> {
    let mut before = None;
    let nodes = row.iter().zip(spacing::atoms(row));
    let element = |(node, atom): (&Node, Option<Atom>)| {
        let gap = match (before, atom) {
            (Some(before), Some(atom)) => spacing::between(before, atom, in_script),
            _ => 0,
        };
        before = atom.or(before);
        Element {
            atom,
            gap: space(f64::from(gap) / 18.0),
            markup: markup(node, in_script),
        }
    };
    nodes.map(element).collect()
}

fn joined(elements: Vec<Element>) -> String {
    let parts = elements
        .into_iter()
        .map(|element| element.gap + &element.markup);
    parts.collect()
}

/// A row as exactly one element, which is what most constructions are made of.
fn one(row: &[Node], in_script: bool) -> String {
    let body = joined(elements(row, in_script));
    match row.len() {
        1 => body,
        _ => format!("<mrow>{body}</mrow>"),
    }
}

fn space(em: f64) -> String {
    match em {
        0.0 => String::new(),
        em => format!("<mspace width=\"{em:.3}em\"></mspace>"),
    }
}

fn markup(node: &Node, in_script: bool) -> String {
    let body = |row: &[Node]| one(row, in_script);
    let script = |row: &[Node]| one(row, true);
    match node {
        Node::Symbol { glyph, class, size } => symbol(glyph, *class, *size),
        Node::Space(1) => space(0.2),
        Node::Space(columns) => space(*columns as f64 / 3.0),
        Node::Group(row) => one(row, in_script),
        Node::Fraction {
            style,
            above,
            below,
        } => fraction(*style, &body(above), &body(below)),
        Node::Binomial { above, below } => {
            let (above, below) = (body(above), body(below));
            let pile = format!("<mfrac linethickness=\"0\">{above}{below}</mfrac>");
            fenced("(", &pile, ")")
        }
        Node::Root { degree: None, body } => format!("<msqrt>{}</msqrt>", one(body, in_script)),
        Node::Root {
            degree: Some(degree),
            body,
        } => format!("<mroot>{}{}</mroot>", one(body, in_script), script(degree)),
        Node::Scripts { base, sub, sup } => {
            scripts(base, sub.as_deref(), sup.as_deref(), in_script)
        }
        Node::Accent { mark, body } => accent(*mark, &one(body, in_script), body.len() > 1),
        Node::Brace { side, body, label } => {
            let brace = match side {
                Side::Above => "⏞",
                Side::Below => "⏟",
            };
            let brace = format!("<mo stretchy=\"true\">{brace}</mo>");
            let braced = beside(*side, &one(body, in_script), &brace);
            match label {
                Some(label) => beside(*side, &braced, &script(label)),
                None => braced,
            }
        }
        Node::Stack { side, base, small } => beside(*side, &body(base), &script(small)),
        Node::Fenced {
            open,
            body: row,
            close,
        } => fenced(open, &body(row), close),
        Node::Grid { kind, rows } => grid(*kind, rows, in_script),
        Node::Tag(text) => {
            let gap = space(2.0);
            format!("<mrow>{gap}<mtext>({})</mtext></mrow>", escape(text))
        }
    }
}

fn symbol(glyph: &str, class: Class, size: u8) -> String {
    let text = escape(glyph);
    if size > 0 {
        let height = ["1.2em", "1.623em", "2.047em", "2.470em"][usize::from(size - 1).min(3)];
        return format!(
            "<mo stretchy=\"true\" symmetric=\"true\" minsize=\"{height}\" maxsize=\"{height}\" \
             lspace=\"0\" rspace=\"0\">{text}</mo>"
        );
    }
    match class {
        Class::Ordinary => ordinary(glyph, &text),
        // A space at the end of a text would be taken for one of the markup.
        Class::Word => format!("<mtext>{}</mtext>", text.replace(' ', "\u{a0}")),
        Class::Name => format!("<mo lspace=\"0\" rspace=\"0\">{text}</mo>"),
        Class::LimitName => {
            format!("<mo movablelimits=\"true\" lspace=\"0\" rspace=\"0\">{text}</mo>")
        }
        Class::Large | Class::Integral => format!("<mo lspace=\"0\" rspace=\"0\">{text}</mo>"),
        _ => operator(&text),
    }
}

fn operator(text: &str) -> String {
    format!("<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">{text}</mo>")
}

fn ordinary(glyph: &str, text: &str) -> String {
    let mut letters = glyph.chars();
    match (letters.next(), letters.next()) {
        (Some('0'..='9'), _) => format!("<mn>{text}</mn>"),
        (Some('/' | '|' | '‖' | '!' | '?' | '.' | '…' | '⋯' | '′' | '″' | '‴'), _) => {
            operator(text)
        }
        // TeX sets capital Greek letters and the nabla upright. They are no `mi`, beside
        // which Firefox would put a space of its own.
        (Some('Α'..='Ω' | '∇'), None) => format!("<mtext>{text}</mtext>"),
        (Some(c), None) if !c.is_alphabetic() && c != '∂' => format!("<mtext>{text}</mtext>"),
        _ => format!("<mi>{text}</mi>"),
    }
}

fn fraction(style: FractionStyle, above: &str, below: &str) -> String {
    let fraction = format!("<mfrac>{above}{below}</mfrac>");
    match style {
        FractionStyle::Natural => fraction,
        FractionStyle::Text => {
            format!("<mstyle displaystyle=\"false\" scriptlevel=\"0\">{fraction}</mstyle>")
        }
        FractionStyle::Display => {
            format!("<mstyle displaystyle=\"true\" scriptlevel=\"0\">{fraction}</mstyle>")
        }
    }
}

fn scripts(base: &Node, sub: Option<&[Node]>, sup: Option<&[Node]>, in_script: bool) -> String {
    let mut whole = markup(base, in_script);
    if matches!(base, Node::Symbol { size: 1.., .. }) {
        // As the only part of its base a bracket would be stretched with the scripts.
        whole = format!("<mrow>{whole}<mi></mi></mrow>");
    }
    let mut sup = sup;
    // Fonts draw a prime where it belongs: it is raised already.
    if let Some([Node::Symbol { glyph, .. }, rest @ ..]) = sup
        && glyph.starts_with(['′', '″', '‴'])
    {
        whole = format!("<mrow>{whole}{}</mrow>", operator(glyph));
        sup = Some(rest).filter(|rest| !rest.is_empty());
    }
    let limits = matches!(
        base,
        Node::Symbol {
            class: Class::Large | Class::LimitName,
            ..
        }
    );
    let sub = sub.map(|row| one(row, true));
    let sup = sup.map(|row| one(row, true));
    let (lower, upper, both) = match limits {
        true => ("munder", "mover", "munderover"),
        false => ("msub", "msup", "msubsup"),
    };
    match (sub, sup) {
        (None, None) => whole,
        (Some(sub), None) => format!("<{lower}>{whole}{sub}</{lower}>"),
        (None, Some(sup)) => format!("<{upper}>{whole}{sup}</{upper}>"),
        (Some(sub), Some(sup)) => format!("<{both}>{whole}{sub}{sup}</{both}>"),
    }
}

fn accent(accent: Accent, body: &str, wide: bool) -> String {
    let (glyph, stretches) = match accent.name {
        "hat" => ("^", wide),
        "tilde" => ("~", wide),
        "bar" => ("‾", true),
        "underline" => ("_", true),
        "vec" => ("→", wide),
        "dot" => ("˙", false),
        "ddot" => ("¨", false),
        "check" => ("ˇ", false),
        "breve" => ("˘", false),
        "acute" => ("´", false),
        "grave" => ("`", false),
        _ => ("˚", false),
    };
    let mark = format!("<mo stretchy=\"{stretches}\">{glyph}</mo>");
    match accent.name {
        "underline" => format!("<munder accentunder=\"true\">{body}{mark}</munder>"),
        _ => format!("<mover accent=\"true\">{body}{mark}</mover>"),
    }
}

fn beside(side: Side, base: &str, small: &str) -> String {
    match side {
        Side::Above => format!("<mover>{base}{small}</mover>"),
        Side::Below => format!("<munder>{base}{small}</munder>"),
    }
}

/// Brackets that grow with what is between them.
fn fenced(open: &str, body: &str, close: &str) -> String {
    let bracket = |glyph: &str| match glyph {
        "" => String::new(),
        glyph => format!(
            "<mo stretchy=\"true\" symmetric=\"true\" lspace=\"0\" rspace=\"0\">{}</mo>",
            escape(glyph)
        ),
    };
    format!("<mrow>{}{body}{}</mrow>", bracket(open), bracket(close))
}

fn grid(kind: Grid, rows: &[Vec<Vec<Node>>], in_script: bool) -> String {
    let mut body = String::new();
    for cells in rows {
        body.push_str("<mtr>");
        for (column, cell) in cells.iter().enumerate() {
            // What follows an `&` goes on from what stands before it.
            let continued = kind == Grid::Aligned && column % 2 == 1;
            let lead: &[Node] = if continued {
                &[Node::Group(Vec::new())]
            } else {
                &[]
            };
            let cell = [lead, cell].concat();
            body.push_str(&format!("<mtd>{}</mtd>", one(&cell, in_script)));
        }
        body.push_str("</mtr>");
    }
    let table = |class: &str, attributes: &str| {
        format!("<mtable class=\"{class}\"{attributes}>{body}</mtable>")
    };
    match kind {
        Grid::Matrix { open, close } => fenced(open, &table("matrix", ""), close),
        Grid::Cases => fenced("{", &table("cases", ""), ""),
        Grid::Aligned => table("aligned", " displaystyle=\"true\""),
        Grid::Gathered if in_script => table("gathered", ""),
        Grid::Gathered => table("gathered", " displaystyle=\"true\""),
    }
}

#[cfg(test)]
mod tests;
