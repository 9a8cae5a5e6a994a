//! The space between the parts of a formula, as TeX sets it (Knuth, *The TeXbook*,
//! chapter 18 and the table on page 170).

use super::tree::{Class, Grid, Node};

/// What a part of a formula is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    Ordinary,
    Operator,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    Inner,
}

/// The space, in steps, between the atom of a row and that of a column, in the order of
/// [`Atom`]. A star: the two never meet, since a binary operator without two operands is
/// ordinary. A letter: the step (`a` is 1) that is left out within a script.
const TABLE: [&[u8; 8]; 8] = [
    b"01bc000a",
    b"11*c000a",
    b"bb**b**b",
    b"cc*0c00c",
    b"00*00000",
    b"01bc000a",
    b"aa*aaaaa",
    b"a1bca0aa",
];

/// Thin, medium and thick, in eighteenths of an em.
const STEPS: [u8; 4] = [0, 3, 4, 5];

/// The space between two neighbours, in eighteenths of an em.
pub(super) fn between(left: Atom, right: Atom, in_script: bool) -> u8 {
    match TABLE[left as usize][right as usize] {
        step @ b'0'..=b'3' => STEPS[usize::from(step - b'0')],
        step @ b'a'..=b'c' if !in_script => STEPS[usize::from(step - b'a') + 1],
        _ => 0,
    }
}

/// What each node of a row is to its neighbours; nothing for a mere space. An operator
/// that lacks an operand on either side, such as a sign, is ordinary.
pub(super) fn atoms(row: &[Node]) -> Vec<Option<Atom>> {
    let mut atoms: Vec<Option<Atom>> = row.iter().map(natural).collect();
    let mut before = None;
    for at in 0..atoms.len() {
        let Some(atom) = atoms[at] else { continue };
        let after = atoms[at + 1..].iter().flatten().next().copied();
        if atom == Atom::Binary && !(ends_operand(before) && begins_operand(after)) {
            atoms[at] = Some(Atom::Ordinary);
        }
        before = atoms[at];
    }
    atoms
}

fn ends_operand(atom: Option<Atom>) -> bool {
    matches!(atom, Some(Atom::Ordinary | Atom::Close | Atom::Inner))
}

fn begins_operand(atom: Option<Atom>) -> bool {
    // At the end of a line of an aligned formula the operand follows on the next one.
    !matches!(atom, Some(Atom::Relation | Atom::Close | Atom::Punctuation))
}

fn natural(node: &Node) -> Option<Atom> {
    Some(match node {
        Node::Space(_) | Node::Tag(_) => return None,
        Node::Symbol { glyph, .. } if matches!(glyph.as_str(), "…" | "⋯") => Atom::Inner,
        Node::Symbol { class, .. } => of_class(*class),
        Node::Scripts { base, .. } => natural(base)?,
        Node::Stack { base, .. } => match base.as_slice() {
            [only] => natural(only)?,
            _ => Atom::Ordinary,
        },
        Node::Fenced { .. } => Atom::Inner,
        Node::Grid {
            kind: Grid::Matrix { .. },
            ..
        } => Atom::Inner,
        _ => Atom::Ordinary,
    })
}

fn of_class(class: Class) -> Atom {
    match class {
        Class::Ordinary | Class::Word => Atom::Ordinary,
        Class::Large | Class::Integral | Class::Name | Class::LimitName => Atom::Operator,
        Class::Binary => Atom::Binary,
        Class::Relation => Atom::Relation,
        Class::Open => Atom::Open,
        Class::Close => Atom::Close,
        Class::Punctuation => Atom::Punctuation,
        Class::Inner => Atom::Inner,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    /// The steps between the neighbours of a formula.
    fn steps(latex: &str) -> Vec<u8> {
        let atoms: Vec<Atom> = atoms(&parse(latex).unwrap())
            .into_iter()
            .flatten()
            .collect();
        let pairs = atoms.windows(2);
        pairs.map(|pair| between(pair[0], pair[1], false)).collect()
    }

    #[test]
    fn operators_have_medium_and_relations_thick_spaces() {
        assert_eq!(steps("a + b = c"), [4, 4, 5, 5]);
        assert_eq!(steps(r"f(x), \ln x"), [0, 0, 0, 0, 3, 3]);
    }

    #[test]
    fn a_sign_stays_with_its_number() {
        assert_eq!(steps("-a = -b"), [0, 5, 5, 0]);
        assert_eq!(steps("(-a)"), [0, 0, 0]);
    }

    #[test]
    fn scripts_are_set_without() {
        assert_eq!(between(Atom::Ordinary, Atom::Relation, true), 0);
        assert_eq!(between(Atom::Operator, Atom::Ordinary, true), 3);
    }
}
