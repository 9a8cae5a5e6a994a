//! Setting a node in one line.

use unicode_width::UnicodeWidthChar;

use super::alphabet::{lowered, raised, vulgar};
use super::picture::Picture;
use super::row::{Piece, Shape, Style, TIE, bracketed, set};
use super::strength::{Strength, class_of, strength};
use super::tree::{Accent, Class, Grid, Node, Row, Side};

/// One node in one line.
pub(super) fn piece(node: &Node, style: Style) -> Piece {
    match node {
        Node::Symbol { glyph, class, .. } => Piece::line(glyph.replace(' ', TIE), *class),
        Node::Space(columns) => Piece::line(TIE.repeat(*columns), Class::Ordinary),
        Node::Group(row) => group(row, style),
        Node::Fraction { above, below, .. } => fraction(above, below),
        Node::Binomial { above, below } => {
            let text = format!("C({},{TIE}{})", tight(above), tight(below));
            Piece::line(text, Class::Ordinary)
        }
        Node::Root { degree, body } => root(degree.as_ref(), body),
        Node::Scripts { base, sub, sup } => scripts(piece(base, style), sub.as_ref(), sup.as_ref()),
        Node::Accent { mark, body } => accent(*mark, body, style),
        Node::Brace { body, label, .. } => brace(body, label.as_ref(), style),
        Node::Stack { base, small, side } => stack(base, small, *side == Side::Above),
        Node::Fenced { open, body, close } => {
            let mut piece = Piece::line(format!("{open}{}{close}", text(body, style)), Class::Open);
            piece.right = Class::Close;
            piece
        }
        Node::Grid { kind, rows } => grid(*kind, rows, style),
        Node::Tag(tag) => {
            let mut piece = Piece::line(format!("({tag})"), Class::Inner);
            piece.gap = 2;
            piece
        }
    }
}

fn text(row: &Row, style: Style) -> String {
    set(row, style).picture.text().to_owned()
}

fn tight(row: &Row) -> String {
    text(row, Style::TIGHT)
}

/// Braces make one ordinary thing of a row: `1{,}000` has no gap after its comma.
fn group(row: &Row, style: Style) -> Piece {
    let mut piece = set(row, style);
    if let Some(Node::Space(columns)) = row.first() {
        piece.gap = *columns;
    }
    if !matches!(piece.left, Class::Word | Class::Open) {
        piece.left = Class::Ordinary;
    }
    if !matches!(piece.right, Class::Word | Class::Close) {
        piece.right = Class::Ordinary;
    }
    piece
}

fn fraction(above: &Row, below: &Row) -> Piece {
    let (upper, lower) = (tight(above), tight(below));
    if let Some(glyph) = vulgar(&upper, &lower) {
        return Piece::line(glyph, Class::Ordinary);
    }
    // −a/b is the same whether the sign is the numerator's or the fraction's.
    let unsigned = match above.as_slice() {
        [Node::Symbol { glyph, .. }, rest @ ..] if glyph == "−" && !rest.is_empty() => rest,
        all => all,
    };
    let upper = match strength(unsigned) {
        Strength::Loose => format!("({upper})"),
        _ => upper,
    };
    let lower = match strength(below) {
        Strength::Single => lower,
        _ => format!("({lower})"),
    };
    Piece::line(format!("{upper}/{lower}"), Class::Ordinary).shaped(Shape::Quotient)
}

fn root(degree: Option<&Row>, body: &Row) -> Piece {
    let sign = match degree.map(tight).as_deref() {
        None | Some("2") => "√".to_owned(),
        Some("3") => "∛".to_owned(),
        Some("4") => "∜".to_owned(),
        Some(other) => format!("{}√", raised(other).unwrap_or_else(|| format!("({other})"))),
    };
    let under = tight(body);
    let bare = match body.as_slice() {
        [Node::Group(inner)] => return root(degree, inner),
        [Node::Symbol { class, .. }] => *class == Class::Ordinary,
        [
            Node::Scripts {
                base, sup: None, ..
            },
        ] => class_of(base) == Class::Ordinary,
        [Node::Fenced { open, .. }] => open == "(",
        _ => false,
    };
    let text = if bare {
        format!("{sign}{under}")
    } else {
        format!("{sign}({under})")
    };
    Piece::line(text, Class::Ordinary).shaped(Shape::Radical)
}

/// Writes scripts after their base: in small letters where Unicode has them, and otherwise
/// as `_max`, `_(i,j)`, `^(−x²)`.
pub(super) fn scripts(base: Piece, sub: Option<&Row>, sup: Option<&Row>) -> Piece {
    let mut piece = match base.shape {
        Shape::Quotient | Shape::Radical => bracketed(&base),
        Shape::OpenEnded if sub.is_some() => bracketed(&base),
        _ => base,
    };
    let mut text = piece.picture.text().to_owned();
    piece.shape = Shape::Solid;
    for (row, mark) in [(sub, '_'), (sup, '^')] {
        let Some(row) = row else { continue };
        let script = tight(row);
        let (script, open_ended) = written_script(&script, mark, is_named(row));
        text.push_str(&script);
        if open_ended {
            piece.shape = Shape::OpenEnded;
        } else if !script.is_empty() {
            piece.shape = Shape::Solid;
        }
    }
    piece.picture = Picture::line(text);
    piece
}

/// Whether a script is a word, which reads better in letters of full size.
fn is_named(row: &Row) -> bool {
    match row.as_slice() {
        [Node::Symbol { glyph, class, .. }] => {
            matches!(class, Class::Word | Class::Name | Class::LimitName) && glyph.len() > 1
        }
        [Node::Group(inner)] => is_named(inner),
        _ => false,
    }
}

/// The script as written, and whether a letter after it would look like part of it.
fn written_script(script: &str, mark: char, named: bool) -> (String, bool) {
    if script.is_empty() {
        return (String::new(), false);
    }
    let small = if mark == '_' {
        lowered(script)
    } else {
        raised(script)
    };
    if let Some(small) = small.filter(|_| !named) {
        return (small, false);
    }
    let rest = script.strip_prefix(['<', '>', '≤', '≥']).unwrap_or(script);
    let letters = rest.chars().filter(|c| c.width() != Some(0)).count();
    let bare = script == "−∞"
        || letters == 1 && !rest.contains(['(', '|'])
        || rest.chars().all(|c| c.is_ascii_alphanumeric()) && !rest.is_empty();
    if bare {
        (format!("{mark}{script}"), true)
    } else if is_bracketed(script) {
        (format!("{mark}{script}"), false)
    } else {
        (format!("{mark}({script})"), false)
    }
}

/// Whether one pair of brackets holds the whole text.
fn is_bracketed(text: &str) -> bool {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('⌈', '⌉'), ('⌊', '⌋')];
    let mut chars = text.chars();
    let ends = (chars.next(), chars.next_back());
    let Some((open, close)) = PAIRS.into_iter().find(|&(o, c)| ends == (Some(o), Some(c))) else {
        return false;
    };
    let mut depth = 1_usize;
    for c in chars {
        depth = match c {
            c if c == open => depth + 1,
            c if c == close => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            return false;
        }
    }
    depth == 1
}

fn accent(accent: Accent, body: &Row, style: Style) -> Piece {
    let piece = set(body, style);
    let text = piece.picture.text();
    let letters = text.chars().filter(|c| c.width() != Some(0)).count();
    let one_letter = letters == 1 || matches!(body.as_slice(), [Node::Scripts { .. }]);
    let marked = if one_letter {
        over_first(text, accent.mark)
    } else if accent.repeats && text.chars().all(char::is_alphanumeric) {
        text.chars().flat_map(|c| [c, accent.mark]).collect()
    } else {
        format!("{}({text})", accent.name)
    };
    Piece::line(marked, Class::Ordinary)
}

/// Puts a mark over the first letter, after the marks that it already has.
fn over_first(text: &str, mark: char) -> String {
    let mut chars = text.chars().peekable();
    let mut marked: String = chars.next().into_iter().collect();
    while let Some(c) = chars.next_if(|c| c.width() == Some(0)) {
        marked.push(c);
    }
    marked.push(mark);
    marked.extend(chars);
    marked
}

fn brace(body: &Row, label: Option<&Row>, style: Style) -> Piece {
    let body = text(body, style);
    let text = match label {
        Some(label) => format!("({body}:{TIE}{})", text(label, style)),
        None => format!("({body})"),
    };
    Piece::line(text, Class::Ordinary)
}

fn stack(base: &Row, small: &Row, above: bool) -> Piece {
    let arrow = match base.as_slice() {
        [Node::Symbol { glyph, .. }] => matches!(glyph.as_str(), "⟶" | "⟵").then_some(glyph),
        _ => None,
    };
    match arrow {
        Some(arrow) => {
            let small = tight(small);
            let text = if arrow == "⟶" {
                format!("─{small}→")
            } else {
                format!("←{small}─")
            };
            Piece::line(text, Class::Relation)
        }
        None => {
            let piece = set(base, Style::LINE);
            let (sub, sup) = if above {
                (None, Some(small))
            } else {
                (Some(small), None)
            };
            scripts(piece, sub, sup)
        }
    }
}

fn grid(kind: Grid, rows: &[Vec<Row>], style: Style) -> Piece {
    let joined = |between: &str, cells: &Vec<Row>| -> String {
        cells
            .iter()
            .map(|cell| text(cell, style))
            .collect::<Vec<_>>()
            .join(between)
    };
    let comma = format!(",{TIE}");
    let lines: Vec<String> = rows
        .iter()
        .map(|cells| match kind {
            Grid::Matrix { .. } => joined(&comma, cells),
            Grid::Cases => joined(TIE, cells),
            Grid::Aligned | Grid::Gathered => text(&cells.concat(), style),
        })
        .collect();
    let (open, close, between) = match kind {
        Grid::Matrix { open: "", .. } => ("[", "]", format!(";{TIE}")),
        Grid::Matrix { open, close } => (open, close, format!(";{TIE}")),
        Grid::Cases => ("{", "}", format!(";{TIE}")),
        Grid::Aligned => ("", "", "; ".to_owned()),
        Grid::Gathered => ("", "", format!(",{TIE}")),
    };
    Piece::line(
        format!("{open}{}{close}", lines.join(&between)),
        Class::Ordinary,
    )
}
