//! The commands that stand for one glyph, by what they do in a row.
//!
//! The tables are text: a command's name, then its glyph.

use super::tree::{Accent, Class};

const ORDINARY: &str = "
    alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  zeta ζ  eta η  theta θ
    vartheta ϑ  iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ  omicron ο  pi π  varpi ϖ
    rho ρ  varrho ϱ  sigma σ  varsigma ς  tau τ  upsilon υ  phi φ  varphi φ  chi χ  psi ψ
    omega ω  Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ
    Psi Ψ  Omega Ω  partial ∂  nabla ∇  infty ∞  ell ℓ  hbar ℏ  Re ℜ  Im ℑ  aleph ℵ  wp ℘
    emptyset ∅  varnothing ∅  forall ∀  exists ∃  nexists ∄  neg ¬  lnot ¬  top ⊤  bot ⊥
    angle ∠  prime ′  dagger †  ddagger ‡  square □  blacksquare ■  Box □  checkmark ✓
    ldots …  dots …  cdots ⋯  dotsc …  dotsb ⋯  vdots ⋮  ddots ⋱  vert |  Vert ‖  | ‖
    % %  # #  & &  $ $  _ _  imath ı  jmath ȷ  degree °  S §  backslash \\  complement ∁
    clubsuit ♣  heartsuit ♥  triangle △  surd √  mho ℧  eth ð  lozenge ◊  bigstar ★
";

const BINARY: &str = "
    cdot ·  times ×  div ÷  pm ±  mp ∓  ast *  star ⋆  circ ∘  bullet •  oplus ⊕
    ominus ⊖  otimes ⊗  oslash ⊘  odot ⊙  cap ∩  cup ∪  sqcap ⊓  sqcup ⊔  uplus ⊎  wedge ∧
    land ∧  vee ∨  lor ∨  setminus ∖  smallsetminus ∖  wr ≀  amalg ⨿  diamond ⋄  boxplus ⊞
    boxtimes ⊠  ltimes ⋉  rtimes ⋊  bmod mod
";

const RELATION: &str = "
    leq ≤  le ≤  geq ≥  ge ≥  lt <  gt >  ll ≪  gg ≫  neq ≠  ne ≠  equiv ≡  approx ≈  sim ∼
    simeq ≃  cong ≅  propto ∝  in ∈  notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃
    supseteq ⊇  subsetneq ⊊  prec ≺  preceq ≼  succ ≻  succeq ≽  perp ⊥  parallel ∥  mid |
    nmid ∤  vdash ⊢  dashv ⊣  models ⊨  doteq ≐  asymp ≍  triangleq ≜  coloneqq ≔  coloneq ≔
    leqslant ⩽  geqslant ⩾  lesssim ≲  gtrsim ≳  lll ⋘  ggg ⋙  nleq ≰  ngeq ≱
    to →  rightarrow →  leftarrow ←  gets ←  leftrightarrow ↔  Rightarrow ⇒  Leftarrow ⇐
    Leftrightarrow ⇔  implies ⟹  impliedby ⟸  iff ⟺  mapsto ↦  longmapsto ⟼
    longrightarrow ⟶  longleftarrow ⟵  Longrightarrow ⟹  hookrightarrow ↪  uparrow ↑
    downarrow ↓  updownarrow ↕  nearrow ↗  searrow ↘  rightharpoonup ⇀  rightleftharpoons ⇌
    leadsto ⇝  rightsquigarrow ⇝  nrightarrow ↛  therefore ∴  because ∵  smile ⌣
";

const LARGE: &str = "
    sum ∑  prod ∏  coprod ∐  bigcup ⋃  bigcap ⋂  bigoplus ⨁  bigotimes ⨂  bigodot ⨀
    bigvee ⋁  bigwedge ⋀  bigsqcup ⨆  biguplus ⨄
";

const INTEGRAL: &str = "int ∫  iint ∬  iiint ∭  oint ∮";

const OPEN: &str = "
    langle ⟨  lfloor ⌊  lceil ⌈  lbrace {  lbrack [  lVert ‖  lvert |  { {  lgroup (
";

const CLOSE: &str = "
    rangle ⟩  rfloor ⌋  rceil ⌉  rbrace }  rbrack ]  rVert ‖  rvert |  } }  rgroup )
";

const PUNCTUATION: &str = "colon :";

const NAMES: &str = "
    log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan arg deg
    dim ker hom
";

const LIMIT_NAMES: &str = "max min sup inf lim limsup liminf det gcd Pr injlim projlim";

/// The glyph and class of a command, given without its backslash.
pub(super) fn symbol(name: &str) -> Option<(String, Class)> {
    let tables = [
        (ORDINARY, Class::Ordinary),
        (BINARY, Class::Binary),
        (RELATION, Class::Relation),
        (LARGE, Class::Large),
        (INTEGRAL, Class::Integral),
        (OPEN, Class::Open),
        (CLOSE, Class::Close),
        (PUNCTUATION, Class::Punctuation),
    ];
    for (table, class) in tables {
        if let Some((_, glyph)) = pairs(table).find(|(command, _)| *command == name) {
            return Some((glyph.to_owned(), class));
        }
    }
    function_name(name)
}

fn function_name(name: &str) -> Option<(String, Class)> {
    let listed = |names: &str| names.split_whitespace().any(|known| known == name);
    let spelled = match name {
        "limsup" => "lim sup",
        "liminf" => "lim inf",
        other => other,
    };
    if listed(NAMES) {
        Some((spelled.to_owned(), Class::Name))
    } else if listed(LIMIT_NAMES) {
        Some((spelled.to_owned(), Class::LimitName))
    } else {
        None
    }
}

fn pairs(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut words = table.split_whitespace();
    std::iter::from_fn(move || Some((words.next()?, words.next()?)))
}

/// The glyph and class of a character that is written as itself.
pub(super) fn character(c: char) -> (String, Class) {
    let class = match c {
        '+' | '-' | '*' | '−' | '±' | '·' | '×' | '÷' | '⊙' | '⊗' | '⊕' | '∘' | '∩' | '∪' => {
            Class::Binary
        }
        '=' | '<' | '>' | ':' | '≤' | '≥' | '≠' | '≈' | '∼' | '∈' | '→' | '←' | '⇒' | '⇔' | '↦'
        | '∝' | '≡' => Class::Relation,
        '(' | '[' | '⟨' | '⌊' | '⌈' => Class::Open,
        ')' | ']' | '⟩' | '⌋' | '⌉' => Class::Close,
        ',' | ';' => Class::Punctuation,
        '∑' | '∏' => Class::Large,
        _ => Class::Ordinary,
    };
    let glyph = if c == '-' { '−' } else { c };
    (glyph.to_string(), class)
}

/// The bracket that `\left`, `\right` and `\big` may name; `.` is no bracket at all.
pub(super) fn delimiter(name: &str) -> Option<String> {
    let glyph = match name {
        "." => "",
        "(" | ")" | "[" | "]" | "|" | "/" => name,
        "<" => "⟨",
        ">" => "⟩",
        "\\{" => "{",
        "\\}" => "}",
        "\\|" | "\\Vert" => "‖",
        "\\vert" => "|",
        "\\uparrow" => "↑",
        "\\downarrow" => "↓",
        "\\backslash" => "\\",
        _ => {
            let command = name.strip_prefix('\\')?;
            return pairs(OPEN)
                .chain(pairs(CLOSE))
                .find(|(known, _)| *known == command)
                .map(|(_, glyph)| glyph.to_owned());
        }
    };
    Some(glyph.to_owned())
}

/// The mark of an accent command.
pub(super) fn accent(name: &str) -> Option<Accent> {
    let (name, mark, repeats) = match name {
        "hat" | "widehat" => ("hat", '\u{302}', false),
        "tilde" | "widetilde" => ("tilde", '\u{303}', false),
        "bar" | "overline" => ("bar", '\u{304}', true),
        "underline" => ("underline", '\u{332}', true),
        "vec" | "overrightarrow" => ("vec", '\u{20d7}', false),
        "dot" => ("dot", '\u{307}', false),
        "ddot" => ("ddot", '\u{308}', false),
        "check" => ("check", '\u{30c}', false),
        "breve" => ("breve", '\u{306}', false),
        "acute" => ("acute", '\u{301}', false),
        "grave" => ("grave", '\u{300}', false),
        "mathring" => ("ring", '\u{30a}', false),
        _ => return None,
    };
    Some(Accent {
        name,
        mark,
        repeats,
    })
}

/// A relation struck through: `\not=`, `\not\in`.
pub(super) fn negated(glyph: &str) -> String {
    match glyph {
        "=" => "≠".into(),
        "∈" => "∉".into(),
        "≡" => "≢".into(),
        "∼" => "≁".into(),
        "≈" => "≉".into(),
        "⊂" => "⊄".into(),
        "⊆" => "⊈".into(),
        "∃" => "∄".into(),
        "<" => "≮".into(),
        ">" => "≯".into(),
        other => format!("{other}\u{338}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn tables_are_pairs_of_a_command_and_one_narrow_glyph() {
        for table in [
            ORDINARY,
            BINARY,
            RELATION,
            LARGE,
            INTEGRAL,
            OPEN,
            CLOSE,
            PUNCTUATION,
        ] {
            assert_eq!(table.split_whitespace().count() % 2, 0, "{table}");
            for (command, glyph) in pairs(table) {
                assert!(command.is_ascii(), "{command}");
                assert!(glyph == "mod" || glyph.width() == 1, "{glyph}");
            }
        }
    }
}
