//! How well a row holds together beside a slash: what needs brackets there.

use super::alphabet::vulgar;
use super::row::{Style, set};
use super::tree::{Class, Node, Row};

/// How well a row holds together beside a slash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// One thing: a symbol, a bracket, a function's value, a differential.
    Single,
    /// Factors side by side.
    Product,
    /// Anything weaker.
    Loose,
}

/// How well a row holds together.
pub(super) fn strength(row: &[Node]) -> Strength {
    if let [Node::Group(inner)] = row {
        return strength(inner);
    }
    if is_enclosed(row) || is_differential(row) {
        return Strength::Single;
    }
    let mut depth = 0_usize;
    for node in row {
        match class_of(node) {
            Class::Open => depth += 1,
            Class::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_loose(node) => return Strength::Loose,
            _ => {}
        }
    }
    match row.len() {
        0 | 1 => Strength::Single,
        _ => Strength::Product,
    }
}

fn is_loose(node: &Node) -> bool {
    use Class::{Binary, Integral, Large, LimitName, Name, Punctuation, Relation};
    match node {
        Node::Symbol { glyph, class, .. } => {
            matches!(
                class,
                Binary | Relation | Punctuation | Large | Integral | Name | LimitName
            ) || glyph.contains([' ', '/'])
        }
        Node::Scripts { base, .. } => is_loose(base) && !matches!(**base, Node::Fraction { .. }),
        Node::Fraction { above, below, .. } => {
            let tight = |row: &Row| set(row, Style::TIGHT).picture.text().to_owned();
            vulgar(&tight(above), &tight(below)).is_none()
        }
        Node::Group(row) => row.iter().any(is_loose),
        Node::Space(_) | Node::Brace { .. } | Node::Stack { .. } => true,
        _ => false,
    }
}

/// A bracket from end to end, with or without a function's name before it.
fn is_enclosed(row: &[Node]) -> bool {
    if is_barred(row) {
        return true;
    }
    let call = match row.first() {
        Some(node) if class_of(node) != Class::Open => &row[1..],
        _ => row,
    };
    if let [Node::Fenced { .. }] = call {
        return true;
    }
    let mut depth = 0_usize;
    for (i, node) in call.iter().enumerate() {
        match class_of(node) {
            Class::Open => depth += 1,
            Class::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i > 0 && i + 1 == call.len();
                }
            }
            _ if i == 0 => return false,
            _ => {}
        }
    }
    false
}

/// `|x|` and `‖x‖²`.
fn is_barred(row: &[Node]) -> bool {
    let bar = |node: &Node| match node {
        Node::Symbol { glyph, .. } => glyph == "|" || glyph == "‖",
        Node::Scripts { base, .. } => {
            matches!(&**base, Node::Symbol { glyph, .. } if glyph == "|" || glyph == "‖")
        }
        _ => false,
    };
    row.len() > 2 && bar(&row[0]) && row.iter().skip(1).position(bar) == Some(row.len() - 2)
}

/// `∂x`, `∂²L`, `dx`, `∂x∂y`: a denominator that nobody brackets.
fn is_differential(row: &[Node]) -> bool {
    let sign = |node: &Node| {
        let base = match node {
            Node::Scripts {
                base, sub: None, ..
            } => base,
            other => other,
        };
        matches!(base, Node::Symbol { glyph, .. } if matches!(glyph.as_str(), "∂" | "d" | "Δ" | "δ"))
    };
    let mut pairs = row.chunks(2);
    !row.is_empty()
        && pairs.all(|pair| matches!(pair, [first, second] if sign(first) && !is_loose(second)))
}

/// The class of a node, seen through its scripts.
pub(super) fn class_of(node: &Node) -> Class {
    match node {
        Node::Symbol { class, .. } => *class,
        Node::Scripts { base, .. } => class_of(base),
        _ => Class::Ordinary,
    }
}
