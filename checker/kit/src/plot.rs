//! Pictures drawn from the learner's own run.
//!
//! A plot is data: the program that watches draws it in the terminal. One idea a plot;
//! label the lines themselves; the data's range is the axis.

/// Something to look at once the exercise is solved.
#[derive(Clone, Debug, PartialEq)]
pub enum Plot {
    /// Lines over a common horizontal axis.
    Series(Series),
    /// A matrix as shades.
    Heat(Heat),
}

/// Lines over a common horizontal axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What the picture shows, as a sentence.
    pub title: String,
    /// Name and unit of the horizontal axis.
    pub x: String,
    /// Name and unit of the vertical axis.
    pub y: String,
    /// Whether the horizontal axis is logarithmic.
    pub log_x: bool,
    /// Whether the vertical axis is logarithmic.
    pub log_y: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A labelled line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Stands beside the line's end.
    pub label: String,
    /// Points `(x, y)`, ascending in x.
    pub points: Vec<(f64, f64)>,
}

/// A matrix as shades, darkest at the largest value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// What the picture shows, as a sentence.
    pub title: String,
    /// What a row is, with one label each.
    pub rows: (String, Vec<String>),
    /// What a column is, with one label each.
    pub columns: (String, Vec<String>),
    /// Row-major values. One that is not finite (log 0, say) is left blank, and does not
    /// stretch the scale.
    pub values: Vec<f64>,
}
