//! Pictures of what is ordinary, and of what is hardly there.

use super::figure;
use crate::runner::{HeatPlot, Number, Plot, PlotLine, SeriesPlot};

fn series(log_y: bool, lines: &[(&str, &[f64])]) -> Plot {
    let line = |(label, y): &(&str, &[f64])| PlotLine {
        label: (*label).into(),
        x: (0..y.len()).map(|x| Number(x as f64)).collect(),
        y: y.iter().map(|&y| Number(y)).collect(),
    };
    Plot::Series(SeriesPlot {
        title: "The loss <falls>".into(),
        x: "step".into(),
        y: "loss".into(),
        log_x: false,
        log_y,
        lines: lines.iter().map(line).collect(),
    })
}

fn heat(rows: &[&str], columns: &[&str], values: &[f64]) -> Plot {
    let texts = |labels: &[&str]| labels.iter().map(|label| (*label).into()).collect();
    Plot::Heat(HeatPlot {
        title: "P".into(),
        row: "this".into(),
        rows: texts(rows),
        column: "next".into(),
        columns: texts(columns),
        values: values.iter().map(|&v| Number(v)).collect(),
    })
}

#[test]
fn lines_with_a_gap_and_labels_that_give_way() {
    let plot = series(
        false,
        &[
            ("train", &[3.0, 2.0, f64::NAN, 1.0, 1.0]),
            ("held out & so", &[3.0, -1.0, 1.0]),
        ],
    );
    insta::assert_snapshot!(figure(&plot));
}

#[test]
fn shades_and_what_has_none() {
    let values = [0.0, 0.5, f64::NEG_INFINITY, 1.0, f64::NAN, f64::INFINITY];
    insta::assert_snapshot!(figure(&heat(&[" ", "<"], &["a", "b", "c"], &values)));
}

#[test]
fn nothing_is_drawn_where_nothing_has_a_place() {
    for plot in [
        series(true, &[("x", &[-1.0, 0.0, f64::NAN])]),
        series(false, &[]),
        heat(&[], &[], &[]),
    ] {
        let figure = figure(&plot);
        assert!(
            !figure.contains("<svg") && figure.contains("There is no "),
            "{figure}"
        );
    }
}

#[test]
fn no_number_is_too_large_for_a_picture() {
    for plot in [
        series(false, &[("x", &[f64::MIN, f64::MAX])]),
        series(true, &[("x", &[5e-324, f64::MAX])]),
        series(false, &[("x", &[1.0])]),
        heat(&["r"], &["c"], &[f64::MAX]),
        heat(&["r"], &["c", "d"], &[f64::MIN, f64::MAX]),
        // Fewer values than its labels promise, and more.
        heat(&["r", "s"], &["c", "d"], &[1.0, 2.0, 3.0]),
        heat(&["r"], &["c"], &[1.0, 2.0, 3.0]),
    ] {
        let figure = figure(&plot);
        assert!(figure.contains("<svg"), "{figure}");
        assert!(
            !figure.contains("NaN") && !figure.contains("inf"),
            "{figure}"
        );
    }
}
