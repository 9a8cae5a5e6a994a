//! Pictures at several widths, with and without colour, and of what is hardly there.

use super::draw;
use crate::faces::fit;
use crate::runner::{HeatPlot, Number, Plot, PlotLine, SeriesPlot};
use std::fmt::Write as _;

fn line(label: &str, points: impl IntoIterator<Item = (f64, f64)>) -> PlotLine {
    let (x, y) = points
        .into_iter()
        .map(|(x, y)| (Number(x), Number(y)))
        .unzip();
    let label = label.into();
    PlotLine { label, x, y }
}

fn series(lines: Vec<PlotLine>) -> SeriesPlot {
    SeriesPlot {
        title: "The loss falls fast, then slowly".into(),
        x: "step".into(),
        y: "loss (nats)".into(),
        log_x: false,
        log_y: false,
        lines,
    }
}

fn loss() -> Plot {
    let train = (0..400).map(|i| (f64::from(i), 1.0 + 2.3 * (-f64::from(i) / 60.0).exp()));
    let noise = |i: i32| 0.12 * (f64::from(i) * 1.7).sin();
    let held_out = (0..400).step_by(4).map(move |i| {
        let x = f64::from(i);
        (x, 1.3 + 2.0 * (-x / 50.0).exp() + noise(i) + x * 0.0005)
    });
    Plot::Series(series(vec![
        line("train", train),
        line("held out", held_out),
    ]))
}

/// The largest eigenvalue of softmax's Jacobian for two logits is p(1 − p)·2.
fn temperatures() -> Plot {
    let curve = |n: f64| {
        (-20..=12).map(move |i| {
            let t = 10f64.powf(f64::from(i) / 10.0);
            let p = 1.0 / (1.0 + (n - 1.0) * (-1.0 / t / n.sqrt()).exp());
            (t, 2.0 * p * (1.0 - p) / n.log2())
        })
    };
    Plot::Series(SeriesPlot {
        title: "the most that softmax passes on: too cold and it is sure, too hot and it averages"
            .into(),
        x: "temperature".into(),
        y: "largest eigenvalue of J".into(),
        log_x: true,
        log_y: false,
        lines: vec![
            line("2 logits", curve(2.0)),
            line("3", curve(3.0)),
            line("16", curve(16.0)),
        ],
    })
}

fn zipf() -> Plot {
    let ranks = (1..=256).map(|i| (f64::from(i), (9000.0 / f64::from(i).powf(1.1)).round()));
    Plot::Series(SeriesPlot {
        title: "A few pairs make up most of the text: the first merge is the best one".into(),
        x: "pair, by rank".into(),
        y: "occurrences".into(),
        log_y: true,
        ..series(vec![line("pairs", ranks)])
    })
}

fn few_points() -> Plot {
    let sizes = [1e3, 1e4, 1e5, 1e6, 3e7];
    let measured = sizes.map(|n| (n, 2.0 + 40.0 / f64::powf(n, 0.34)));
    Plot::Series(SeriesPlot {
        title: "Ten times the parameters, a constant step in loss".into(),
        x: "parameters".into(),
        y: "loss (nats/token)".into(),
        log_x: true,
        ..series(vec![line("measured", measured)])
    })
}

fn heat(rows: &[&str], columns: &[&str], values: Vec<f64>) -> Plot {
    let owned = |labels: &[&str]| labels.iter().map(|l| l.to_string()).collect();
    Plot::Heat(HeatPlot {
        title: "log10 P(next | prev): most symbols leave little choice".into(),
        row: "prev, the commonest first".into(),
        rows: owned(rows),
        column: "next".into(),
        columns: owned(columns),
        values: values.into_iter().map(Number).collect(),
    })
}

fn bigrams() -> Plot {
    let letters: Vec<String> = "␣eatonhisrdlu⏎w,mygc.fbp"
        .chars()
        .map(String::from)
        .collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let value = |i: usize| match (i * 7919) % 53 {
        0..20 => f64::NEG_INFINITY,
        k => -(k as f64) / 14.0,
    };
    let values = (0..letters.len() * letters.len()).map(value).collect();
    heat(&letters, &letters, values)
}

fn attention() -> Plot {
    let words = ["the", "cat", "sat", "on", "the", "mat"];
    let value = |i: usize| match (i / 6, i % 6) {
        (query, key) if key > query => 0.0,
        (query, key) => 1.0 / (1.0 + (query - key) as f64) / (1.0 + query as f64).ln_1p(),
    };
    heat(&words, &words, (0..36).map(value).collect())
}

fn positions() -> Plot {
    let labels: Vec<String> = (0..64).map(|i| i.to_string()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let rows = &labels[..8];
    let value = |i: usize| ((i % 64) as f64 / 10f64.powf((i / 64) as f64 / 4.0)).sin();
    heat(rows, &labels, (0..512).map(value).collect())
}

/// With escapes that can be read.
fn coloured(plot: &Plot, width: usize) -> String {
    colored::control::set_override(true);
    let mut out = Vec::new();
    draw(plot, width, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn plain(plot: &Plot, width: usize) -> String {
    let plain = anstream::adapter::strip_str(&coloured(plot, width)).to_string();
    for line in plain.lines() {
        assert!(fit::columns(line) <= width, "{width} columns:\n{plain}");
    }
    plain
}

fn at_all_widths(plot: &Plot) -> String {
    let mut all = String::new();
    for width in [40, 60, 80, 120] {
        let _ = writeln!(all, "{}\n{}", "·".repeat(width), plain(plot, width));
    }
    all
}

#[test]
fn pictures_fit_every_width() {
    insta::assert_snapshot!("loss", at_all_widths(&loss()));
    insta::assert_snapshot!("temperatures", at_all_widths(&temperatures()));
    insta::assert_snapshot!("zipf", at_all_widths(&zipf()));
    insta::assert_snapshot!("few_points", at_all_widths(&few_points()));
    insta::assert_snapshot!("bigrams", at_all_widths(&bigrams()));
    insta::assert_snapshot!("attention", at_all_widths(&attention()));
    insta::assert_snapshot!("positions", at_all_widths(&positions()));
}

#[test]
fn colours_repeat_what_marks_say() {
    let both = |width| [coloured(&loss(), width), coloured(&attention(), width)];
    let all = [40, 80, 120].map(both).concat();
    insta::assert_snapshot!("coloured", all.join("\n").replace('\x1b', "␛"));
}

fn degenerate() -> Vec<(&'static str, Plot)> {
    let mut all = degenerate_lines();
    all.extend(degenerate_matrices());
    all
}

fn degenerate_lines() -> Vec<(&'static str, Plot)> {
    let lines = |lines: Vec<PlotLine>| Plot::Series(series(lines));
    let one = |points: &[(f64, f64)]| lines(vec![line("a", points.iter().copied())]);
    let ends = [(1.0, f64::MIN), (2.0, f64::MAX), (f64::INFINITY, 0.0)];
    let (nan, odd) = (f64::NAN, [(0.0, 1.0), (1.0, -1.0), (2.0, 3.0)]);
    let hole = [(0.0, 1.0), (1.0, 2.0), (2.0, nan), (3.0, 2.0), (4.0, 3.0)];
    let many = (0..20).map(|i| line(&format!("line {i}"), [(0.0, f64::from(i)), (1.0, 9.0)]));
    let uneven = PlotLine {
        x: vec![Number(1.0)],
        ..line("uneven", [(1.0, 2.0), (2.0, 3.0)])
    };
    let logarithmic = SeriesPlot {
        log_x: true,
        log_y: true,
        ..series(vec![line("a", odd)])
    };
    vec![
        ("no line", lines(vec![])),
        ("no point", one(&[])),
        ("one point", one(&[(3.0, 0.5)])),
        ("a constant", one(&[(0.0, 2.0), (9.0, 2.0)])),
        ("no range in x", one(&[(1.0, 2.0), (1.0, 3.0)])),
        ("a hole", one(&hole)),
        ("all NaN", one(&[(nan, nan)])),
        ("the largest range", one(&ends)),
        ("no logarithm", Plot::Series(logarithmic)),
        ("many lines", lines(many.collect())),
        ("uneven", lines(vec![uneven])),
        ("no label", lines(vec![line("", [(0.0, 1.0), (1.0, 0.0)])])),
    ]
}

fn degenerate_matrices() -> Vec<(&'static str, Plot)> {
    let strange = vec![f64::NAN, f64::NEG_INFINITY, f64::INFINITY];
    let four = vec![1.0, 2.0, 3.0, 4.0];
    let extreme = vec![f64::MIN, f64::MAX];
    vec![
        ("no cell", heat(&[], &[], vec![])),
        ("one cell", heat(&["a"], &["b"], vec![0.25])),
        ("no number", heat(&["a"], &["b", "c", "d"], strange)),
        (
            "too few",
            heat(&["a", "b"], &["c", "d"], vec![1.0, 2.0, 3.0]),
        ),
        ("odd labels", heat(&["\n", " "], &["\t", "日本"], four)),
        ("the largest cells", heat(&["a"], &["b", "c"], extreme)),
    ]
}

#[test]
fn what_is_hardly_there_is_drawn_too() {
    let mut all = String::new();
    for (what, plot) in degenerate() {
        let _ = writeln!(all, "{what}\n{}\n{}", "·".repeat(40), plain(&plot, 40));
    }
    insta::assert_snapshot!("degenerate", all);
}

#[test]
fn no_width_is_too_small_or_too_large() {
    for (_, plot) in degenerate() {
        for width in [0, 1, 7, 24, 33, 500] {
            let drawn = coloured(&plot, width);
            let plain = anstream::adapter::strip_str(&drawn).to_string();
            let widest = plain.lines().map(fit::columns).max().unwrap_or(0);
            assert!(widest <= width.max(24), "{width} columns:\n{plain}");
        }
    }
}
