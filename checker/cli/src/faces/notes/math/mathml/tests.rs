//! Markup that is right for every formula, and for garbage.

use super::super::formulas::{Dice, FORMULAS, garbage};
use super::super::{display_mathml, inline_mathml};
use quick_xml::Reader;
use quick_xml::events::Event;

/// How many parts an element has, where that is fixed.
fn arity(name: &str) -> Option<usize> {
    Some(match name {
        "mfrac" | "mroot" | "msub" | "msup" | "munder" | "mover" => 2,
        "msubsup" | "munderover" => 3,
        _ => return None,
    })
}

/// Panics if a piece of markup is not well-formed, or an element has too few parts or too
/// many, which browsers would show as an error or not at all.
fn assert_right(latex: &str, markup: &str) {
    let mut reader = Reader::from_str(markup);
    let mut open: Vec<(String, usize)> = Vec::new();
    loop {
        let event = reader.read_event();
        match event.unwrap_or_else(|e| panic!("{latex}: {e}: {markup}")) {
            Event::Start(start) => {
                if let Some((_, parts)) = open.last_mut() {
                    *parts += 1;
                }
                let name = start.name().as_ref().to_owned();
                open.push((name, 0));
            }
            Event::End(_) => {
                let (name, parts) = open.pop().unwrap();
                if let Some(wanted) = arity(&name) {
                    assert_eq!(parts, wanted, "{latex}: {name} in {markup}");
                }
            }
            Event::Eof => return assert!(open.is_empty(), "{latex}: {markup}"),
            _ => {}
        }
    }
}

#[test]
fn every_formula_is_right() {
    for latex in FORMULAS.lines().step_by(2) {
        assert_right(latex, &display_mathml(latex).unwrap());
        for part in inline_mathml(latex).unwrap() {
            assert_right(latex, &part);
        }
    }
}

#[test]
fn garbage_is_refused_or_right() {
    let mut dice = Dice(0xbad);
    let mut set = 0;
    for _ in 0..3_000 {
        let latex = garbage(&mut dice);
        if let Ok(markup) = display_mathml(&latex) {
            set += 1;
            assert_right(&latex, &markup);
            for part in inline_mathml(&latex).unwrap() {
                assert_right(&latex, &part);
            }
        }
    }
    assert!(set > 70, "{set} formulas were set");
}

/// Markup without what says only that the browser adds no space.
fn set(latex: &str) -> String {
    let markup = display_mathml(latex).unwrap();
    let markup = markup.replace(" stretchy=\"false\"", "");
    let markup = markup.replace(" lspace=\"0\" rspace=\"0\"", "");
    let markup = markup
        .replace("<mspace width=\"", "[")
        .replace("\"></mspace>", "]");
    let body = markup.strip_prefix("<math display=\"block\">").unwrap();
    body.strip_suffix("</math>").unwrap().to_owned()
}

#[test]
fn formulas_in_markup() {
    let cases = [
        // The name of a function has room, and its bracket none.
        (r"\ln x", "<mo>ln</mo>[0.167em]<mi>x</mi>"),
        (r"\ln(x)", "<mo>ln</mo><mo>(</mo><mi>x</mi><mo>)</mo>"),
        // A base of a logarithm is a subscript of it.
        (
            r"p \log_2 p",
            "<mi>p</mi>[0.167em]<msub><mo>log</mo><mn>2</mn></msub>[0.167em]<mi>p</mi>",
        ),
        ("-1", "<mo>−</mo><mn>1</mn>"),
        // Primes are raised by their font; what else is raised comes after them.
        (
            "f''_i",
            "<msub><mrow><mi>f</mi><mo>″</mo></mrow><mi>i</mi></msub>",
        ),
        (
            r"\tfrac12 \Gamma",
            "<mstyle displaystyle=\"false\" scriptlevel=\"0\"><mfrac><mn>1</mn><mn>2</mn></mfrac>\
             </mstyle><mtext>Γ</mtext>",
        ),
        (
            r"\sum_{i=1}^n",
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>\
             </munderover>",
        ),
        (
            r"\text{if } x < 0",
            "<mtext>if\u{a0}</mtext><mi>x</mi>[0.278em]<mo>&lt;</mo>[0.278em]<mn>0</mn>",
        ),
    ];
    for (latex, expected) in cases {
        assert_eq!(set(latex), expected, "{latex}");
    }
}

#[test]
fn long_formulas_may_be_broken_after_outer_operators_only() {
    assert_eq!(inline_mathml("a = b").unwrap().len(), 1);
    let parts = inline_mathml(r"f(x + y + z + a) = \sum_i (a + b) x_i + c").unwrap();
    let ends: Vec<bool> = parts.iter().map(|part| part.contains("=</mo>")).collect();
    assert_eq!(ends, [true, false, false]);
    // The space after an operator is not the first thing on a line.
    assert!(parts.iter().all(|part| !part.starts_with("<math><mspace")));
}
