//! The alphabets of mathematics, and the small letters above and below the line.

use super::tree::{Class, Node, Row};

/// A style that is part of a letter's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Upright,
    Bold,
    DoubleStruck,
    Script,
    Fraktur,
    Italic,
}

impl Alphabet {
    /// The alphabet that a command selects, given without its backslash.
    pub(super) fn named(command: &str) -> Option<Self> {
        Some(match command {
            "mathrm" | "mathsf" | "mathtt" => Self::Upright,
            "mathbf" | "boldsymbol" | "mathbfit" => Self::Bold,
            "mathbb" => Self::DoubleStruck,
            "mathcal" | "mathscr" => Self::Script,
            "mathfrak" => Self::Fraktur,
            "mathit" | "mathnormal" => Self::Italic,
            _ => return None,
        })
    }

    fn letter(self, c: char) -> char {
        let (upper, lower, digit) = match self {
            Self::Upright | Self::Italic => return c,
            Self::Bold => ('𝐀', '𝐚', Some('𝟎')),
            Self::DoubleStruck => ('𝔸', '𝕒', Some('𝟘')),
            Self::Script => ('𝒜', '𝒶', None),
            Self::Fraktur => ('𝔄', '𝔞', None),
        };
        if let Some(known) = self.older(c) {
            return known;
        }
        let from = |first: char, base: char| {
            char::from_u32(first as u32 + (c as u32 - base as u32)).unwrap_or(c)
        };
        match (c, digit) {
            ('A'..='Z', _) => from(upper, 'A'),
            ('a'..='z', _) => from(lower, 'a'),
            ('0'..='9', Some(zero)) => from(zero, '0'),
            ('α'..='ω', _) if self == Self::Bold => from('𝛂', 'α'),
            ('Α'..='Ω', _) if self == Self::Bold => from('𝚨', 'Α'),
            _ => c,
        }
    }

    /// The letters that Unicode had before it got whole alphabets.
    fn older(self, c: char) -> Option<char> {
        let table = match self {
            Self::DoubleStruck => "CℂHℍNℕPℙQℚRℝZℤ",
            Self::Script => "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
            Self::Fraktur => "CℭHℌIℑRℜZℨ",
            Self::Bold => "∇𝛁∂𝛛",
            _ => return None,
        };
        looked_up(table, c)
    }
}

/// Sets a row in an alphabet. A row of letters becomes one word where it is upright.
pub(super) fn dress(row: Row, alphabet: Alphabet) -> Node {
    if matches!(alphabet, Alphabet::Upright | Alphabet::Italic) && is_word(&row) {
        return Node::symbol(plain(&row), Class::Word);
    }
    let mut dressed: Row = row
        .into_iter()
        .map(|node| dress_node(node, alphabet))
        .collect();
    match dressed.len() {
        1 => dressed.remove(0),
        _ => Node::Group(dressed),
    }
}

fn is_word(row: &Row) -> bool {
    row.iter().all(|node| match node {
        Node::Symbol { class, .. } => *class == Class::Ordinary,
        Node::Space(_) => true,
        _ => false,
    })
}

fn dress_node(node: Node, alphabet: Alphabet) -> Node {
    let dress_row = |row: Row| -> Row {
        row.into_iter()
            .map(|node| dress_node(node, alphabet))
            .collect()
    };
    match node {
        Node::Symbol { glyph, class, size } => Node::Symbol {
            glyph: glyph.chars().map(|c| alphabet.letter(c)).collect(),
            class,
            size,
        },
        Node::Group(row) => Node::Group(dress_row(row)),
        Node::Scripts { base, sub, sup } => Node::Scripts {
            base: Box::new(dress_node(*base, alphabet)),
            sub,
            sup,
        },
        Node::Accent { mark, body } => Node::Accent {
            mark,
            body: dress_row(body),
        },
        other => other,
    }
}

/// The letters of a row, without any structure: the name of an operator.
pub(super) fn plain(row: &Row) -> String {
    row.iter()
        .map(|node| match node {
            Node::Symbol { glyph, .. } => match glyph.as_str() {
                "−" => "-".to_owned(),
                other => other.to_owned(),
            },
            Node::Space(_) => " ".to_owned(),
            Node::Group(row) => plain(row),
            _ => String::new(),
        })
        .collect()
}

const SUBSCRIPTS: &str = "\
    0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

const SUPERSCRIPTS: &str = "\
    0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ\
    AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂ⊤ᵀβᵝγᵞδᵟθᶿ′′″″‴‴**††‡‡∗*⋆*∘°°°";

const PRIMES: [char; 3] = ['′', '″', '‴'];

/// A text in small letters below the line, if each of its characters has one.
pub(super) fn lowered(text: &str) -> Option<String> {
    text.chars().map(|c| looked_up(SUBSCRIPTS, c)).collect()
}

/// A text in small letters above the line, if each of its characters has one.
pub(super) fn raised(text: &str) -> Option<String> {
    // A prime belongs to the letter before it: in `e^(m′−M)` it would seem to be e's.
    let exponent = text.trim_start_matches(PRIMES);
    if exponent.contains(PRIMES) {
        return None;
    }
    text.chars().map(|c| looked_up(SUPERSCRIPTS, c)).collect()
}

fn looked_up(table: &str, c: char) -> Option<char> {
    let mut letters = table.chars();
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// One character for a fraction that has one.
pub(super) fn vulgar(above: &str, below: &str) -> Option<&'static str> {
    Some(match (above, below) {
        ("1", "2") => "½",
        ("1", "3") => "⅓",
        ("2", "3") => "⅔",
        ("1", "4") => "¼",
        ("3", "4") => "¾",
        _ => return None,
    })
}
