//! Setting a row: which gaps, signs and brackets stand between its parts.
//!
//! The gaps follow TeX. What TeX shows by height (a fraction beside a letter, the bar of a
//! root) is shown in one line by brackets, so that a line has one reading only.

use super::line;
use super::picture::Picture;
use super::tall;
use super::tree::{Class, Node, Row};

/// A space at which a line must not be broken.
pub(super) const TIE: &str = "\u{a0}";

/// How much room there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Without spaces around operators: in scripts and in the halves of a fraction.
    pub tight: bool,
    /// In two dimensions.
    pub tall: bool,
    /// Lines may be broken after the outermost operators.
    pub breaks: bool,
}

impl Style {
    pub(super) const LINE: Style = Style {
        tight: false,
        tall: false,
        breaks: false,
    };
    pub(super) const TIGHT: Style = Style {
        tight: true,
        ..Style::LINE
    };
    pub(super) const BROKEN: Style = Style {
        breaks: true,
        ..Style::LINE
    };
    pub(super) const TALL: Style = Style {
        tall: true,
        ..Style::LINE
    };

    pub(super) fn inside(self) -> Style {
        Style {
            breaks: false,
            ..self
        }
    }
}

/// What a part of a line would be misread as, beside the wrong neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing can happen to it.
    Solid,
    /// `a/b`: a letter beside it would look like part of the fraction.
    Quotient,
    /// `√a`: a letter after it would look like part of the root.
    Radical,
    /// `x_max`: a letter after it would look like part of the script.
    OpenEnded,
}

/// One part of a row, set.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub picture: Picture,
    /// The class that the part shows to its left and to its right.
    pub left: Class,
    pub right: Class,
    pub shape: Shape,
    /// The columns of the explicit spaces before it.
    pub gap: usize,
}

impl Piece {
    pub(super) fn new(picture: Picture, class: Class) -> Self {
        Piece {
            picture,
            left: class,
            right: class,
            shape: Shape::Solid,
            gap: 0,
        }
    }

    pub(super) fn line(text: impl Into<String>, class: Class) -> Self {
        Piece::new(Picture::line(text), class)
    }

    pub(super) fn shaped(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    fn is_bar(&self) -> bool {
        self.left == Class::Ordinary && self.picture.text().starts_with(['|', '‖'])
    }

    fn is_slash(&self) -> bool {
        self.picture.is_flat() && self.picture.text() == "/"
    }

    /// Whether something beside this would read as multiplied with it.
    fn multiplies_left(&self) -> bool {
        use Class::{Inner, Integral, Large, LimitName, Name, Open, Ordinary, Word};
        let factor = matches!(
            self.left,
            Ordinary | Word | Open | Large | Integral | Name | LimitName | Inner
        );
        factor
            && self.gap < 2
            && !self
                .picture
                .text()
                .starts_with(['|', '‖', '.', '!', '?', '…'])
    }
}

/// Sets a row.
pub(super) fn set(row: &Row, style: Style) -> Piece {
    let mut pieces = pieces(row, style);
    pair_bars(&mut pieces);
    mark_signs(&mut pieces);
    bracket_quotients(&mut pieces);
    if pieces.len() == 1 && pieces[0].gap == 0 {
        return pieces.remove(0);
    }
    let mut whole = Picture::line("");
    let mut depth = 0_usize;
    for (i, piece) in pieces.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|i| &pieces[i]) {
            let may_break = style.breaks
                && depth == 0
                && matches!(before.right, Class::Relation | Class::Binary);
            let gap = gap_between(before, piece, style);
            let gap = if may_break {
                gap
            } else {
                gap.replace(' ', TIE)
            };
            whole.beside(&gap, &piece.picture);
        } else {
            whole.beside("", &piece.picture);
        }
        match piece.left {
            Class::Open if is_bracket(piece) => depth += 1,
            Class::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let mut set = Piece::new(whole, Class::Ordinary);
    if pieces
        .last()
        .is_some_and(|last| last.shape == Shape::OpenEnded)
    {
        set.shape = Shape::OpenEnded;
    }
    set
}

fn is_bracket(piece: &Piece) -> bool {
    piece.right == Class::Open
        && piece
            .picture
            .text()
            .ends_with(['(', '[', '{', '⟨', '⌊', '⌈', '|', '‖'])
}

/// The parts of a row, with explicit spaces as gaps before them.
fn pieces(row: &Row, style: Style) -> Vec<Piece> {
    let folded = if style.tall {
        tall::fold_brackets(row)
    } else {
        None
    };
    let mut pieces = Vec::new();
    let mut gap = 0;
    for node in folded.as_ref().unwrap_or(row) {
        if let Node::Space(columns) = node {
            gap += columns;
            continue;
        }
        let mut piece = match tall::piece(node, style) {
            Some(piece) => piece,
            None => line::piece(node, style.inside()),
        };
        piece.gap += std::mem::take(&mut gap);
        pieces.push(piece);
    }
    pieces
}

/// Tells opening bars from closing ones: within one bracket they come in pairs, or they
/// are no brackets at all, as in `p(y|x)`.
fn pair_bars(pieces: &mut [Piece]) {
    let mut levels: Vec<Vec<usize>> = vec![Vec::new()];
    let mut pairs = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match piece.left {
            Class::Open if piece.right == Class::Open => levels.push(Vec::new()),
            Class::Close if levels.len() > 1 => pairs.extend(levels.pop()),
            _ if piece.is_bar() => {
                if let Some(level) = levels.last_mut() {
                    level.push(i);
                }
            }
            _ => {}
        }
    }
    pairs.extend(levels);
    for level in pairs.iter().filter(|level| level.len() % 2 == 0) {
        for (nth, &i) in level.iter().enumerate() {
            let class = if nth % 2 == 0 {
                Class::Open
            } else {
                Class::Close
            };
            (pieces[i].left, pieces[i].right) = (class, class);
        }
    }
}

/// An operator with nothing to its left is a sign; one with nothing to its right is a mark.
fn mark_signs(pieces: &mut [Piece]) {
    use Class::{Binary, Close, Integral, Large, LimitName, Name, Open, Punctuation, Relation};
    for i in 0..pieces.len() {
        if pieces[i].left != Binary {
            continue;
        }
        let before = i.checked_sub(1).map(|i| pieces[i].right);
        let after = pieces.get(i + 1).map(|piece| piece.left);
        let class = match (before, after) {
            (_, None | Some(Relation | Close | Punctuation)) => Class::Ordinary,
            (
                None
                | Some(Binary | Relation | Open | Punctuation | Large | Integral | Name | LimitName),
                _,
            ) => Class::Open,
            _ => continue,
        };
        (pieces[i].left, pieces[i].right) = (class, class);
    }
}

/// Brackets the fractions that stand beside a factor.
fn bracket_quotients(pieces: &mut [Piece]) {
    for i in 0..pieces.len() {
        if pieces[i].shape != Shape::Quotient {
            continue;
        }
        let after_factor = i.checked_sub(1).map(|i| &pieces[i]).is_some_and(|before| {
            use Class::{Close, LimitName, Name, Ordinary, Word};
            matches!(before.right, Ordinary | Word | Close | Name | LimitName)
        }) && pieces[i].gap < 2;
        let before_factor = pieces.get(i + 1).is_some_and(Piece::multiplies_left);
        if after_factor || before_factor {
            let gap = pieces[i].gap;
            pieces[i] = bracketed(&pieces[i]);
            pieces[i].gap = gap;
        }
    }
}

/// A piece in round brackets.
pub(super) fn bracketed(piece: &Piece) -> Piece {
    let mut set = Piece::line(format!("({})", piece.picture.text()), Class::Open);
    set.right = Class::Close;
    set
}

fn gap_between(before: &Piece, after: &Piece, style: Style) -> String {
    let natural = match limits_meet(before, after) {
        true => "  ",
        false => natural_gap(before, after, style),
    };
    if natural.is_empty() && needs_dot(before, after) {
        return "·".into();
    }
    let columns = natural.len().max(if style.tight { 0 } else { after.gap });
    " ".repeat(columns)
}

/// Whether limits stand beside something as tall as they are: one space further, `s −s/2`
/// would read as a difference. A bracket between them tells them apart.
fn limits_meet(before: &Piece, after: &Piece) -> bool {
    use Class::{Integral, Large, LimitName, Open};
    let limited = |class| matches!(class, Large | Integral | LimitName);
    let tall = !before.picture.is_flat() && !after.picture.is_flat();
    tall && (limited(before.right) && after.left != Open || limited(after.left))
}

/// A root beside a factor, or a letter before a bracketed fraction: `√d·x`, `λ·(a/b)`.
fn needs_dot(before: &Piece, after: &Piece) -> bool {
    if before.is_slash() || after.is_slash() || after.gap > 1 {
        return false;
    }
    if before.shape == Shape::Radical {
        return after.multiplies_left();
    }
    let text = after.picture.text();
    let fraction = after.left == Class::Open && after.right == Class::Close && text.contains('/');
    let letter = before.right == Class::Ordinary
        && !before
            .picture
            .text()
            .ends_with(['∂', '∇', 'Δ', '|', '‖', '…', '⋯']);
    letter && (fraction || text.starts_with(['½', '⅓', '⅔', '¼', '¾']))
}

/// The gap that the classes of two neighbours ask for.
fn natural_gap(before: &Piece, after: &Piece, style: Style) -> &'static str {
    use Class::{
        Binary, Close, Inner, Integral, Large, LimitName, Name, Open, Ordinary, Punctuation,
        Relation, Word,
    };
    let wordy = |piece: &Piece| piece.picture.text().chars().any(char::is_alphabetic);
    match (before.right, after.left) {
        // A sign would run into the bar of a fraction.
        (Open, Inner) if !is_bracket(before) => " ",
        (_, Punctuation) | (Open, _) | (_, Close) => "",
        (Punctuation, _) if style.tight => "",
        (Punctuation, _) => " ",
        (Relation, Relation) => "",
        (Relation, _) | (_, Relation) if style.tight => "",
        (Relation, _) | (_, Relation) => " ",
        (Binary, _) if style.tight && !wordy(before) => "",
        (_, Binary) if style.tight && !wordy(after) => "",
        (Binary, _) | (_, Binary) => " ",
        (Large | Integral, _) => " ",
        // Limits below a name would run into what follows it.
        (LimitName, _) if !before.picture.is_flat() => " ",
        (Name | LimitName, Open) if !after.picture.text().starts_with(['|', '‖']) => "",
        (Name | LimitName, _) => " ",
        (Ordinary | Word | Close | Inner, Name | LimitName | Large | Integral) => " ",
        (Inner, _) | (_, Inner) => " ",
        // `e^(x)e^(y)` is hard to take apart.
        (Ordinary, Ordinary) if after.picture.text().contains('^') => " ",
        (Ordinary | Word, Ordinary | Word) if letters_meet(before, after) => " ",
        _ => "",
    }
}

/// Whether a word would run into the letters beside it.
fn letters_meet(before: &Piece, after: &Piece) -> bool {
    let last = before.picture.text().chars().next_back();
    let first = after.picture.text().chars().next();
    let meet = last.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric);
    let word = |piece: &Piece| {
        piece.left == Class::Word && piece.picture.text().chars().nth(1).is_some()
            || piece.shape == Shape::OpenEnded
    };
    meet && (word(before) || (after.left == Class::Word && word(after)))
}
