//! What a formula is once it has been read: a row of nodes.

/// Nodes that stand side by side.
pub(super) type Row = Vec<Node>;

/// One part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A letter, a number, an operator, a bracket; `size` is 1 for `\big` to 4 for `\Bigg`,
    /// else 0.
    Symbol {
        glyph: String,
        class: Class,
        size: u8,
    },
    /// An explicit gap of so many columns (`\,` is one, `\quad` three).
    Space(usize),
    /// `{…}`: a row that scripts take as one.
    Group(Row),
    /// `\frac`, `\tfrac`, `\dfrac`.
    Fraction {
        style: FractionStyle,
        above: Row,
        below: Row,
    },
    /// `\binom`.
    Binomial { above: Row, below: Row },
    /// `\sqrt[degree]{body}`.
    Root { degree: Option<Row>, body: Row },
    /// A base with what is written to its lower and upper right.
    Scripts {
        base: Box<Node>,
        sub: Option<Row>,
        sup: Option<Row>,
    },
    /// `\hat`, `\bar`, …: a combining mark over the body.
    Accent { mark: Accent, body: Row },
    /// `\underbrace` and `\overbrace` with their label.
    Brace {
        side: Side,
        body: Row,
        label: Option<Row>,
    },
    /// `\overset`, `\underset`, `\xrightarrow`: a small row over or under a base.
    Stack { side: Side, base: Row, small: Row },
    /// `\left( … \right)`: brackets that grow with their body.
    Fenced {
        open: String,
        body: Row,
        close: String,
    },
    /// An environment with cells.
    Grid { kind: Grid, rows: Vec<Vec<Row>> },
    /// `\tag{…}`: the number of a displayed formula.
    Tag(String),
}

/// What a symbol does in a row: it decides the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter, a number.
    Ordinary,
    /// A word in upright letters: it needs a space beside another letter.
    Word,
    /// `\sum`, `\prod`: limits go above and below when displayed.
    Large,
    /// `\int`: limits stay at the side.
    Integral,
    /// `\log`: a function's name.
    Name,
    /// `\max`: a function's name whose subscript goes below when displayed.
    LimitName,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    /// Something tall, which needs air on both sides.
    Inner,
}

/// How large a fraction is set where that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FractionStyle {
    /// `\frac`: by where it stands.
    Natural,
    /// `\tfrac`: as in the text.
    Text,
    /// `\dfrac`: as when displayed.
    Display,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

/// A mark over a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accent {
    /// The command, which names the mark where it cannot be drawn.
    pub name: &'static str,
    /// The combining character.
    pub mark: char,
    /// Whether the mark may be repeated over every letter (a bar may, a hat may not).
    pub repeats: bool,
}

/// How the cells of an environment are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// Centred cells between two brackets.
    Matrix {
        open: &'static str,
        close: &'static str,
    },
    /// A brace, then values and their conditions, flush left.
    Cases,
    /// Columns that are alternately flush right and flush left, meeting at `&`.
    Aligned,
    /// One centred column.
    Gathered,
}

impl Node {
    pub(super) fn symbol(glyph: impl Into<String>, class: Class) -> Self {
        Node::Symbol {
            glyph: glyph.into(),
            class,
            size: 0,
        }
    }
}
