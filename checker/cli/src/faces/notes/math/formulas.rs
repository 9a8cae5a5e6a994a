//! Formulas of the subject, and how they read.

use super::{FaultKind, display, inline};
use unicode_width::UnicodeWidthStr;

/// Pairs of lines: LaTeX, and below it, indented, the line that is made of it.
pub(super) const FORMULAS: &str = include_str!("formulas.txt");

fn line(latex: &str) -> String {
    match inline(latex) {
        Ok(text) => text.replace('\u{a0}', " "),
        Err(fault) => format!("{fault:?}"),
    }
}

fn picture(latex: &str, width: usize) -> String {
    match display(latex, width) {
        Ok(rows) => rows.join("\n"),
        Err(fault) => format!("{fault:?}"),
    }
}

#[test]
fn each_formula_reads_as_listed() {
    let lines: Vec<&str> = FORMULAS.lines().collect();
    let (pairs, rest) = lines.as_chunks::<2>();
    assert!(pairs.len() >= 120 && rest.is_empty());
    for [latex, expected] in pairs {
        assert_eq!(line(latex), expected.trim(), "{latex}");
    }
}

#[test]
fn a_picture_is_as_wide_as_allowed_and_says_the_same() {
    for latex in FORMULAS.lines().step_by(2) {
        for width in [20, 40, 80] {
            for row in picture(latex, width).lines() {
                assert!(row.width() <= width, "{width}: {latex}: {row}");
            }
        }
    }
}

#[test]
fn lines_break_after_outer_operators_only() {
    let text = inline(r"f(x + y) = \sum_{i} (a + b) x_i").expect("a formula");
    let parts: Vec<&str> = text.split(' ').collect();
    assert_eq!(
        parts,
        ["f(x\u{a0}+\u{a0}y)\u{a0}=", "∑ᵢ\u{a0}(a\u{a0}+\u{a0}b)xᵢ"]
    );
}

#[test]
fn a_fraction_is_stacked() {
    insta::assert_snapshot!(picture(r"\frac{\partial L}{\partial z_i} = p_i - y_i", 60), @r#"
    ∂L
    ─── = pᵢ − yᵢ
    ∂zᵢ
    "#);
}

#[test]
fn sums_roots_and_tall_brackets() {
    let latex =
        r"\sigma = \sqrt{\frac{1}{n}\sum_{i=1}^n (x_i - \mu)^2} + \left(1 + \frac{a}{b}\right)^2";
    insta::assert_snapshot!(picture(latex, 60), @r#"
           ┌─────────────────
           ╱ 1   n              ⎛    a⎞²
    σ =   ╱  ─   ∑  (xᵢ − μ)² + ⎜1 + ─⎟
        ╲╱   n  i=1             ⎝    b⎠
    "#);
}

#[test]
fn limits_keep_clear_of_the_fraction_beside_them() {
    let error =
        r"\frac1s \int_{-s/2}^{s/2} e^2 \thinspace de = \frac1s \cdot \frac23 \Big(\frac s2\Big)^3";
    insta::assert_snapshot!(picture(error, 60), @r#"
    1  s/2          1    ⎛s⎞³
    ─   ∫   e² de = ─ · ⅔⎜─⎟
    s  −s/2         s    ⎝2⎠
    "#);
    let mean =
        r"\frac{1}{m} \sum_{j=0}^{m-1} \frac jm = \sum_{i \in S} \sum_{j=1}^n \frac{a_i}{b_j}";
    insta::assert_snapshot!(picture(mean, 60), @r#"
    1  m−1  j         n   aᵢ
    ─   ∑   ─ =  ∑    ∑   ──
    m  j=0  m   i∈S  j=1  bⱼ
    "#);
}

#[test]
fn plain_brackets_grow_too() {
    insta::assert_snapshot!(picture(r"(1 + \frac{x}{n})^n \to e^x", 60), @r#"
    ⎛    x⎞ⁿ
    ⎜1 + ─⎟  → eˣ
    ⎝    n⎠
    "#);
}

#[test]
fn cases_and_matrices() {
    let latex = r"f(x) = \begin{cases} x & \text{if } x > 0 \\ \alpha x & \text{if } x < 0 \\ 0 & \text{otherwise} \end{cases}";
    insta::assert_snapshot!(picture(latex, 60), @r#"
           ⎧ x   if x > 0
    f(x) = ⎨ αx  if x < 0
           ⎩ 0   otherwise
    "#);
    let latex = r"R = \begin{bmatrix} \cos m\theta & -\sin m\theta \\ \sin m\theta & \cos m\theta \end{bmatrix}";
    insta::assert_snapshot!(picture(latex, 60), @r#"
    R = ⎡cos mθ  −sin mθ⎤
        ⎣sin mθ  cos mθ ⎦
    "#);
}

#[test]
fn aligned_rows_meet_at_their_relations() {
    let latex = r"\begin{aligned} \mathcal{L}(\theta) &= -\sum_{t=1}^{T} \log p(x_t \mid x_{<t}) \\ &= \frac{T}{\ln 2} H(p, q) \tag{2} \end{aligned}";
    insta::assert_snapshot!(picture(latex, 60), @r#"
             T
    ℒ(θ) = − ∑  log p(xₜ | x_<t)
            t=1

            T
         = ──── H(p, q)  (2)
           ln 2
    "#);
}

#[test]
fn labels_limits_and_numbers() {
    let latex =
        r"\underbrace{(1 - \beta) g_t}_{\text{news}} + \overbrace{\beta m_{t-1}}^{\text{the past}}";
    insta::assert_snapshot!(picture(latex, 60), @r#"
                the past
                 ╭─┴─╮
    (1 − β)gₜ +  βmₜ₋₁
    ╰───┬───╯
      news
    "#);
    let latex = r"\theta^\star = \arg\max_{\theta \in \Theta} \binom{n}{k} \tag{1}";
    insta::assert_snapshot!(picture(latex, 60), @r#"
                 ⎛n⎞
    θ* = arg max ⎜ ⎟                                         (1)
             θ∈Θ ⎝k⎠
    "#);
}

#[test]
fn what_is_too_wide_is_broken_before_relations_then_operators_then_anywhere() {
    let attention =
        r"\mathrm{Attention}(Q, K, V) = \mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V";
    insta::assert_snapshot!(picture(attention, 30), @r#"
    Attention(Q, K, V)

                ⎛QKᵀ⎞
       = softmax⎜───⎟V
                ⎝√dₖ⎠
    "#);
    let adam = r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}, \qquad \theta_{t+1} = \theta_t - \eta \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}";
    insta::assert_snapshot!(picture(adam, 30), @r#"
           mₜ
    m̂ₜ = ───────,
         1 − β₁ᵗ

                    m̂ₜ
    θₜ₊₁ = θₜ − η ───────
                  √v̂ₜ + ε
    "#);
    let terms =
        r"L = \frac{a}{b} + \lambda \|\theta\|_2^2 + \mu \|\theta\|_1 + \nu \|\theta\|_\infty";
    insta::assert_snapshot!(picture(terms, 30), @r#"
        a
    L = ─ + λ‖θ‖₂² + μ‖θ‖₁
        b

        + ν‖θ‖_∞
    "#);
    let arguments = r"p(x_1, x_2, x_3, x_4, x_5, x_6, x_7, x_8, x_9) = 1";
    insta::assert_snapshot!(picture(arguments, 24), @r#"
    p(x₁, x₂, x₃, x₄, x₅,
       x₆, x₇, x₈, x₉) = 1
    "#);
}

#[test]
fn faults_say_what_and_where() {
    let cases = [
        (r"\foo{x}", 0, FaultKind::UnknownCommand(r"\foo".into())),
        (
            r"a + \softmax",
            4,
            FaultKind::UnknownCommand(r"\softmax".into()),
        ),
        (r"\frac{a}{b", 8, FaultKind::Unclosed("{".into())),
        (r"a}", 1, FaultKind::Unexpected("}".into())),
        (r"\frac{a}", 8, FaultKind::MissingArgument(r"\frac".into())),
        (r"x^", 2, FaultKind::MissingArgument("^".into())),
        (r"x_1_2", 3, FaultKind::DoubleScript('_')),
        (r"\left( a", 0, FaultKind::Unclosed(r"\left".into())),
        (r"a \right)", 2, FaultKind::Unexpected(r"\right".into())),
        (r"\left a", 6, FaultKind::NotADelimiter("a".into())),
        (r"a & b", 2, FaultKind::Unexpected("&".into())),
        (r"a \\ b", 2, FaultKind::Unexpected(r"\\".into())),
        (r"50%", 2, FaultKind::Unexpected("%".into())),
        (
            r"\begin{tikz}\end{tikz}",
            0,
            FaultKind::UnknownEnvironment("tikz".into()),
        ),
        (
            r"\begin{cases} a",
            0,
            FaultKind::Unclosed(r"\begin{cases}".into()),
        ),
        ("  ", 2, FaultKind::Empty),
    ];
    for (latex, at, kind) in cases {
        let fault = inline(latex).expect_err(latex);
        assert_eq!((fault.at, fault.kind), (at, kind), "{latex}");
    }
    let deep = "{".repeat(100) + &"}".repeat(100);
    assert_eq!(
        inline(&deep).map_err(|fault| fault.kind),
        Err(FaultKind::TooDeep)
    );
}

/// A small generator: the same numbers everywhere.
pub(super) struct Dice(pub u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// What garbage is made of.
const TOKENS: &str = r"\frac \sqrt [ ] { } { } ^ _ ' \left \right ( ) \{ \begin{cases} \end{cases} \
    \begin{aligned} \end{aligned} & \\ \sum \prod \max \hat \overline \text{a\ b} \text x 7 + - = \quad \
    \underbrace \overset \mathbf \tag{1} \binom | \| \ é 語 ̂ \int \substack \not \operatorname* % \
    \begin{pmatrix} \end{pmatrix} \langle \big , / \xrightarrow \pmod";

/// Something that is hardly ever a formula.
pub(super) fn garbage(dice: &mut Dice) -> String {
    let tokens: Vec<&str> = TOKENS.split(' ').chain([" ", "\n"]).collect();
    let length = dice.roll(14);
    (0..length)
        .map(|_| tokens[dice.roll(tokens.len())])
        .collect()
}

#[test]
fn garbage_is_refused_or_set_and_never_too_wide() {
    let mut dice = Dice(0x5eed);
    let mut set = 0;
    for _ in 0..6_000 {
        let latex = garbage(&mut dice);
        let width = 20 + dice.roll(60);
        let Ok(rows) = display(&latex, width) else {
            continue;
        };
        set += 1;
        for row in rows {
            assert!(row.width() <= width, "{width}: {latex:?}: {row:?}");
        }
    }
    assert!(set > 150, "{set} formulas were set");
}

#[test]
fn a_cut_or_garbled_formula_never_panics() {
    let mut dice = Dice(0xfee1);
    for latex in FORMULAS.lines().step_by(2) {
        for _ in 0..10 {
            let mut chars: Vec<char> = latex.chars().collect();
            let at = dice.roll(chars.len());
            match dice.roll(3) {
                0 => chars.truncate(at),
                1 => drop(chars.remove(at)),
                _ => chars.swap(at, 0),
            }
            let garbled: String = chars.into_iter().collect();
            let _ = inline(&garbled);
            let _ = display(&garbled, 1 + dice.roll(50));
        }
    }
}
