//! Setting a node in two dimensions, where that reads better than one line.

use super::alphabet::{lowered, raised, vulgar};
use super::line;
use super::picture::{Align, Picture, bracket};
use super::row::{Piece, Style, set};
use super::tree::{Class, Grid, Node, Row, Side};

/// A node in two dimensions; none where one line is enough.
pub(super) fn piece(node: &Node, style: Style) -> Option<Piece> {
    if !style.tall || !is_tall(node) {
        return None;
    }
    let style = style.inside();
    Some(match node {
        Node::Fraction { above, below, .. } => inner(fraction(above, below)),
        Node::Binomial { above, below } => {
            let stacked = flat(above)
                .over(Picture::line(""), Align::Centre)
                .over(flat(below), Align::Centre)
                .on_axis(1);
            enclosed("(", stacked, ")")
        }
        Node::Root { body, .. } => inner(root(&set(body, style).picture)),
        Node::Scripts { base, sub, sup } => scripts(base, sub.as_ref(), sup.as_ref(), style),
        Node::Brace { side, body, label } => inner(brace(*side, body, label.as_ref(), style)),
        Node::Stack { side, base, small } => stack(*side, base, small, style),
        Node::Fenced { open, body, close } => enclosed(open, set(body, style).picture, close),
        Node::Grid { kind, rows } => grid(*kind, rows, style),
        Node::Group(row) => set(row, style),
        _ => return None,
    })
}

/// Whether a node takes more than one line.
fn is_tall(node: &Node) -> bool {
    match node {
        Node::Fraction { above, below, .. } => {
            let glyph = |row: &Row| match row.as_slice() {
                [Node::Symbol { glyph, .. }] => glyph.clone(),
                _ => String::new(),
            };
            vulgar(&glyph(above), &glyph(below)).is_none()
        }
        Node::Binomial { .. } | Node::Brace { .. } | Node::Stack { .. } => true,
        Node::Scripts { base, sub, sup } => {
            has_limits(base, sub.as_ref(), sup.as_ref()) || is_tall(base)
        }
        Node::Grid { rows, .. } => rows.len() > 1 || rows.iter().flatten().flatten().any(is_tall),
        Node::Group(row) | Node::Root { body: row, .. } | Node::Fenced { body: row, .. } => {
            row.iter().any(is_tall)
        }
        _ => false,
    }
}

/// Whether limits go above and below. A short index stays beside its sign: `∑ᵢ`, `max_θ`.
fn has_limits(base: &Node, sub: Option<&Row>, sup: Option<&Row>) -> bool {
    let Node::Symbol { class, .. } = base else {
        return false;
    };
    let short = || sub.is_none_or(|sub| set(sub, Style::TIGHT).picture.width() <= 1);
    match class {
        Class::Large => sup.is_some() || !short(),
        Class::LimitName => !short(),
        Class::Integral => {
            let small = |row: Option<&Row>, letters: fn(&str) -> Option<String>| {
                row.is_none_or(|row| letters(set(row, Style::TIGHT).picture.text()).is_some())
            };
            !(small(sub, lowered) && small(sup, raised))
        }
        _ => false,
    }
}

fn flat(row: &Row) -> Picture {
    set(row, Style::LINE).picture
}

fn inner(picture: Picture) -> Piece {
    Piece::new(picture, Class::Inner)
}

fn fraction(above: &Row, below: &Row) -> Picture {
    let (above, below) = (flat(above), flat(below));
    let bar = "─".repeat(above.width().max(below.width()));
    above
        .over(Picture::line(bar), Align::Centre)
        .over(below, Align::Centre)
        .on_axis(1)
}

fn root(body: &Picture) -> Picture {
    let height = body.height();
    let mut sign = Picture::line(" ".repeat(height) + "┌");
    for y in 0..height {
        let stroke = match y + 1 == height {
            true => format!("╲{}╱", " ".repeat(height - y - 1)),
            false => format!("{}╱", " ".repeat(height - y)),
        };
        sign = sign.over(Picture::line(stroke), Align::Left);
    }
    let roof = Picture::line("─".repeat(body.width() + 1));
    let axis = body.axis() + 1;
    let mut inset = Picture::line(" ");
    inset.beside("", body);
    let covered = roof.over(inset, Align::Left).on_axis(axis);
    let mut whole = sign.on_axis(axis);
    whole.beside("", &covered);
    whole
}

fn scripts(base: &Node, sub: Option<&Row>, sup: Option<&Row>, style: Style) -> Piece {
    if has_limits(base, sub, sup) {
        return limits(base, sub, sup);
    }
    let mut piece = set(&vec![base.clone()], style);
    if piece.picture.is_flat() {
        return line::scripts(piece, sub, sup);
    }
    let small = |row: Option<&Row>| row.map(|row| set(row, Style::TIGHT).picture.text().to_owned());
    let (sub, sup) = (small(sub), small(sup));
    let (height, axis) = (piece.picture.height(), piece.picture.axis());
    // Small letters sit beside the top and bottom lines; others need lines of their own.
    let beside = |text: &Option<String>, letters: fn(&str) -> Option<String>| match text {
        Some(text) => letters(text).ok_or_else(|| text.clone()),
        None => Ok(String::new()),
    };
    let mut column = Picture::line("");
    for _ in 1..height {
        column = column.over(Picture::line(""), Align::Left);
    }
    let mut rows = column.into_rows();
    let mut shift = 0;
    match beside(&sub, lowered) {
        Ok(small) => rows[height - 1] = small,
        Err(text) => rows.push(text),
    }
    match beside(&sup, raised) {
        Ok(small) => rows[0].insert_str(0, &small),
        Err(text) => {
            rows.insert(0, text);
            shift = 1;
        }
    }
    piece
        .picture
        .beside("", &stacked(rows, Align::Left).on_axis(axis + shift));
    piece
}

fn stacked(rows: impl IntoIterator<Item = String>, align: Align) -> Picture {
    let mut rows = rows.into_iter().map(Picture::line);
    let first = rows.next().unwrap_or_else(|| Picture::line(""));
    rows.fold(first, |above, below| above.over(below, align))
}

/// A sum with its limits above and below.
fn limits(base: &Node, sub: Option<&Row>, sup: Option<&Row>) -> Piece {
    let sign = line::piece(base, Style::LINE);
    let small = |row: &Row| set(row, Style::TIGHT).picture;
    let mut picture = sign.picture.clone();
    if let Some(sup) = sup {
        picture = small(sup).over(picture, Align::Centre).on_axis(1);
    }
    if let Some(sub) = sub {
        picture = picture.over(small(sub), Align::Centre);
    }
    Piece::new(picture, sign.left)
}

fn brace(side: Side, body: &Row, label: Option<&Row>, style: Style) -> Picture {
    let body = set(body, style).picture;
    let label = label.map_or_else(|| Picture::line(""), flat);
    let width = body.width().max(3);
    let half = (width - 3) / 2;
    let (left, point, right) = match side {
        Side::Below => ('╰', '┬', '╯'),
        Side::Above => ('╭', '┴', '╮'),
    };
    let bar = format!(
        "{left}{}{point}{}{right}",
        "─".repeat(half),
        "─".repeat(width - 3 - half)
    );
    let axis = body.axis();
    match side {
        Side::Below => body
            .over(Picture::line(bar), Align::Centre)
            .over(label, Align::Centre),
        Side::Above => label
            .over(Picture::line(bar), Align::Centre)
            .over(body, Align::Centre)
            .on_axis(axis + 2),
    }
}

fn stack(side: Side, base: &Row, small: &Row, style: Style) -> Piece {
    let mut piece = set(base, style);
    let small = set(small, Style::TIGHT).picture;
    if let [Node::Symbol { glyph, .. }] = base.as_slice()
        && matches!(glyph.as_str(), "⟶" | "⟵")
    {
        let shaft = "─".repeat(small.width().max(1));
        let arrow = if glyph == "⟶" {
            format!("─{shaft}→")
        } else {
            format!("←{shaft}─")
        };
        piece.picture = Picture::line(arrow);
    }
    let axis = piece.picture.axis();
    piece.picture = match side {
        Side::Above => small.over(piece.picture, Align::Centre).on_axis(axis + 1),
        Side::Below => piece.picture.over(small, Align::Centre),
    };
    piece
}

/// A picture between brackets of its height.
fn enclosed(open: &str, body: Picture, close: &str) -> Piece {
    let (height, axis) = (body.height(), body.axis());
    let mut whole = bracket(open, height).map_or_else(|| Picture::line(""), |b| b.on_axis(axis));
    let airy = matches!(open, "|" | "‖" | "{") && height > 1;
    let air = if airy { " " } else { "" };
    whole.beside(air, &body);
    if let Some(close) = bracket(close, height) {
        whole.beside(air, &close.on_axis(axis));
    }
    let mut piece = Piece::new(whole, Class::Open);
    piece.right = Class::Close;
    piece
}

fn grid(kind: Grid, rows: &[Vec<Row>], style: Style) -> Piece {
    let cell_style = match kind {
        Grid::Aligned | Grid::Gathered => style,
        Grid::Matrix { .. } | Grid::Cases => Style::LINE,
    };
    let gap = match kind {
        Grid::Aligned => "",
        _ => "  ",
    };
    let cells: Vec<Vec<Picture>> = rows
        .iter()
        .map(|row| aligned_cells(kind, row, cell_style))
        .collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|x| {
            cells
                .iter()
                .filter_map(|row| row.get(x))
                .map(Picture::width)
                .max()
                .unwrap_or(0)
        })
        .collect();
    let lines: Vec<Picture> = cells
        .into_iter()
        .map(|row| {
            let mut line = Picture::line("");
            for (x, (cell, &width)) in row.into_iter().zip(&widths).enumerate() {
                let align = match kind {
                    Grid::Matrix { .. } | Grid::Gathered => Align::Centre,
                    Grid::Cases => Align::Left,
                    Grid::Aligned if x % 2 == 0 => Align::Right,
                    Grid::Aligned => Align::Left,
                };
                line.beside(if x == 0 { "" } else { gap }, &cell.in_column(width, align));
            }
            line
        })
        .collect();
    let align = if kind == Grid::Gathered {
        Align::Centre
    } else {
        Align::Left
    };
    let body = piled(lines, align);
    match kind {
        Grid::Matrix { open, close } => enclosed(open, body, close),
        Grid::Cases => enclosed("{", body, ""),
        Grid::Aligned | Grid::Gathered => inner(body),
    }
}

/// The cells of a row. In an aligned row, what follows `&` continues what precedes it, so
/// that a relation at a cell's start keeps its space.
fn aligned_cells(kind: Grid, row: &[Row], style: Style) -> Vec<Picture> {
    row.iter()
        .enumerate()
        .map(|(x, cell)| {
            let mut picture = set(cell, style).picture;
            if kind == Grid::Aligned && x % 2 == 1 && starts_with_relation(cell) {
                let mut spaced = Picture::line(" ");
                spaced.beside("", &picture);
                picture = spaced;
            }
            picture
        })
        .collect()
}

fn starts_with_relation(cell: &Row) -> bool {
    match cell.first() {
        Some(Node::Symbol { class, .. }) => matches!(class, Class::Relation | Class::Binary),
        Some(Node::Scripts { base, .. }) => starts_with_relation(&vec![(**base).clone()]),
        _ => false,
    }
}

/// Lines one below the other, with air between them where one is tall.
pub(super) fn piled(lines: Vec<Picture>, align: Align) -> Picture {
    let airy = lines.iter().any(|line| !line.is_flat());
    let mut lines = lines.into_iter();
    let mut pile = lines.next().unwrap_or_else(|| Picture::line(""));
    for line in lines {
        if airy {
            pile = pile.over(Picture::line(""), align);
        }
        pile = pile.over(line, align);
    }
    let middle = (pile.height() - 1) / 2;
    pile.on_axis(middle)
}

/// Makes growing brackets of the plain ones around something tall.
///
/// TeX leaves `(` small; a fraction of three lines beside it would hang in the air.
pub(super) fn fold_brackets(row: &Row) -> Option<Row> {
    let (start, end) = row.iter().enumerate().find_map(|(i, node)| {
        let end = closing(row, i)?;
        (bracket_glyph(node).is_some() && row[i + 1..end].iter().any(is_tall)).then_some((i, end))
    })?;
    let (open, close) = (bracket_glyph(&row[start])?, closing_glyph(&row[end])?);
    let fenced = Node::Fenced {
        open,
        body: row[start + 1..end].to_vec(),
        close,
    };
    let fenced = match &row[end] {
        Node::Scripts { sub, sup, .. } => Node::Scripts {
            base: Box::new(fenced),
            sub: sub.clone(),
            sup: sup.clone(),
        },
        _ => fenced,
    };
    let mut folded = row[..start].to_vec();
    folded.push(fenced);
    let rest = row[end + 1..].to_vec();
    folded.extend(fold_brackets(&rest).unwrap_or(rest));
    Some(folded)
}

fn bracket_glyph(node: &Node) -> Option<String> {
    match node {
        Node::Symbol { glyph, class, .. } if *class == Class::Open => Some(glyph.clone()),
        _ => None,
    }
}

fn closing_glyph(node: &Node) -> Option<String> {
    match node {
        Node::Symbol { glyph, class, .. } if *class == Class::Close => Some(glyph.clone()),
        Node::Scripts { base, .. } => closing_glyph(base),
        _ => None,
    }
}

/// The index of the bracket that closes the one at `start`.
fn closing(row: &Row, start: usize) -> Option<usize> {
    bracket_glyph(row.get(start)?)?;
    let mut depth = 0_usize;
    for (i, node) in row.iter().enumerate().skip(start) {
        if bracket_glyph(node).is_some() {
            depth += 1;
        } else if closing_glyph(node).is_some() {
            depth -= 1;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}
