//! A document with everything in it, at every width; and what an author is told.

use textwrap::core::display_width;

use super::{Reason, Trap, draw, unrenderable};

const SAMPLE: &str = include_str!("sample.md");

/// A document as drawn, with its colours.
fn coloured(markdown: &str, width: usize) -> String {
    colored::control::set_override(true);
    let mut out = Vec::new();
    draw(markdown, width, &mut out).expect("writing to memory");
    String::from_utf8(out).expect("UTF-8")
}

fn plain(markdown: &str, width: usize) -> String {
    anstream::adapter::strip_str(&coloured(markdown, width)).to_string()
}

/// Colours that a reviewer can see.
fn with_visible_escapes(text: &str) -> String {
    text.replace('\u{1b}', "␛")
}

#[test]
fn the_sample_without_colour() {
    for width in [40, 60, 80, 120] {
        insta::assert_snapshot!(format!("sample_{width}"), plain(SAMPLE, width));
    }
}

#[test]
fn the_sample_in_colour() {
    for width in [40, 60, 80, 120] {
        let text = with_visible_escapes(&coloured(SAMPLE, width));
        insta::assert_snapshot!(format!("sample_{width}_coloured"), text);
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in 20..=130 {
        for line in plain(SAMPLE, width).lines() {
            assert!(display_width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn no_line_ends_in_white_space() {
    for line in plain(SAMPLE, 60).lines() {
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn wide_tables_become_records() {
    let table = "| method | formula | memory |\n|-|-|-|\n| naive attention | $\\frac{QK^\\top}{\\sqrt{d_k}}$ | quadratic |\n| online | a monoid | linear |";
    insta::assert_snapshot!(plain(table, 24), @r#"
    method: naive
      attention
    formula: QKᵀ/√dₖ
    memory: quadratic

    method: online
    formula: a monoid
    memory: linear
    "#);
}

#[test]
fn lists_keep_their_numbers_and_levels() {
    let list = "9. nine\n10. ten\n    - a\n      ```sh\n      cargo test # all\n      ```\n    - b\n\n* loose\n\n* items";
    insta::assert_snapshot!(plain(list, 40), @r#"
     9. nine
    10. ten
        • a

            cargo test # all
        • b

    • loose

    • items
    "#);
}

#[test]
fn links_show_their_targets_unless_obvious() {
    let links =
        "[a](https://a.org) <https://b.org> [c.org](https://c.org/) [d](#d) ![e](f.png) <x@y.org>";
    insta::assert_snapshot!(plain(links, 80), @r#"
    a (https://a.org) https://b.org c.org d [picture: e] (f.png) x@y.org
    "#);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = coloured("a\u{1b}[31mb `c\u{7}` $x\u{1b}$\n\n```\nd\u{1b}]e\n```", 40);
    assert!(
        !text
            .replace("\u{1b}[36m", "")
            .replace("\u{1b}[0m", "")
            .contains(['\u{1b}', '\u{7}'])
    );
}

#[test]
fn html_leaves_its_text() {
    let html = "<!-- no --><details>\n<summary>More</summary>\n\nIt costs <span>$</span>5.<br>Next.\n\n</details>";
    insta::assert_snapshot!(plain(html, 40), @r#"
    More

    It costs $5.
    Next.
    "#);
}

#[test]
fn a_fault_is_reported_with_its_line() {
    let found =
        unrenderable("One\n\n$$\na \\\\\n\\foo\n$$\n\nand $x_1_2$.\n\n```math\n\\bar\n```\n");
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    line 4: a \\ \foo: unexpected \\
    line 8: x_1_2: two _ after one base: put the first pair in braces
    line 11: \bar: \bar lacks an argument
    "#);
}

#[test]
fn the_sample_has_the_faults_that_it_is_meant_to_have() {
    let told: Vec<String> = unrenderable(SAMPLE)
        .iter()
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    line 67: \foo{x}: unknown command \foo
    line 70: z > 88.72: GitHub shows no formulas in footnotes
    "#);
}

#[test]
fn what_is_safe_on_github_is_let_through() {
    let safe = [
        "Let $x$, $y$; and ($z$).",
        "$x_i + y_i$ and $x_{i,j}$.",
        "$`\\{a\\}_b c_{d}`$",
        "$$\n\\begin{aligned}\nx &= 1 \\\\\n&= 2\n\\end{aligned}\n$$",
        "```math\n\\begin{matrix} \\{a\\,b\\} \\\\ c \\end{matrix}\n```",
        "> $$\n> a\n> $$",
        "It costs \\$5.",
        "`$x` is code.",
    ];
    for markdown in safe {
        assert_eq!(unrenderable(markdown), [], "{markdown}");
    }
}

#[test]
fn what_github_breaks_is_reported() {
    let backslash = |what: &str| Trap::Backslash(what.into());
    let cases = [
        // https://github.com/github/markup/issues/1742
        ("a$x$", Trap::Neighbour('a')),
        ("1$x$", Trap::Neighbour('1')),
        ("-$x$", Trap::Neighbour('-')),
        ("\"$x$\"", Trap::Neighbour('"')),
        ("$x$1", Trap::Neighbour('1')),
        ("a$`x`$", Trap::Neighbour('a')),
        // https://github.com/github/markup/issues/1746
        ("$\\{a$", backslash("\\{")),
        ("$a\\,b$", backslash("\\,")),
        ("$$\na \\! b\n$$", backslash("\\!")),
        ("$\\|a$", backslash("\\|")),
        // https://stackoverflow.com/questions/77727151
        (
            "$$\n\\begin{matrix} a \\\\ b \\end{matrix}\n$$",
            backslash("\\\\"),
        ),
        // https://github.com/github/markup/issues/1575
        (
            "$\\mathbf{x}_{i,j} = \\mathbf{y}_{i,j}$",
            Trap::Markup("emphasis (_ or *)"),
        ),
        ("${a}_b c_{d}$", Trap::Markup("emphasis (_ or *)")),
        (
            "$\\mathbf{d}_{ij}$ and $\\mathbf{d}_{ij}$",
            Trap::Markup("emphasis (_ or *)"),
        ),
        // https://github.com/github/markup/issues/1747
        ("$a <b > c$", Trap::Markup("an HTML tag")),
        ("$[(a+b)c](d+e)$", Trap::Markup("a link")),
        ("$a<b$", Trap::LessThan),
        // https://github.com/github/markup/issues/1688
        ("$\\operatorname{Var} x$", Trap::Forbidden("\\operatorname")),
        // https://github.com/marktext/marktext/pull/4935
        ("text $$a$$", Trap::NotAlone),
        ("- $$a$$", Trap::NotAlone),
        ("line\n$$a$$\nline", Trap::NotAlone),
        // https://github.com/nschloe/github-math-bugs
        ("[$x$](y)", Trap::Inside("links")),
        ("a[^n]\n\n[^n]: $x$", Trap::Inside("footnotes")),
        ("$ x $", Trap::StrayDollar),
        ("$$\na\n\nb\n$$", Trap::StrayDollar),
        ("$$\na\n+ b\n$$", Trap::StrayDollar),
    ];
    for (markdown, trap) in cases {
        let found = unrenderable(markdown);
        let wanted = Reason::GitHub(trap);
        assert!(
            found.iter().any(|found| found.reason == wanted),
            "{markdown}: {found:?}"
        );
    }
}
