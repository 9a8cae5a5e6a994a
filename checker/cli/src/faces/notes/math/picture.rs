//! Text in two dimensions.

use unicode_width::UnicodeWidthStr;

/// A block of text with an axis: the line on which its neighbours stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    rows: Vec<String>,
    axis: usize,
}

/// Where a narrower part stands under or over a wider one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

impl Picture {
    pub(super) fn line(text: impl Into<String>) -> Self {
        Picture {
            rows: vec![text.into()],
            axis: 0,
        }
    }

    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.width()).max().unwrap_or(0)
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn axis(&self) -> usize {
        self.axis
    }

    /// The line on the axis, which is all there is of a flat picture.
    pub(super) fn text(&self) -> &str {
        &self.rows[self.axis]
    }

    pub(super) fn is_flat(&self) -> bool {
        self.rows.len() == 1
    }

    /// The same block standing on another of its lines.
    pub(super) fn on_axis(mut self, axis: usize) -> Self {
        self.axis = axis.min(self.rows.len() - 1);
        self
    }

    /// Puts another picture to the right, axis on axis.
    pub(super) fn beside(&mut self, gap: &str, right: &Picture) {
        if self.is_flat() && right.is_flat() {
            let line = &mut self.rows[0];
            line.push_str(gap);
            line.push_str(right.text());
            return;
        }
        let axis = self.axis.max(right.axis);
        let below = (self.height() - self.axis).max(right.height() - right.axis);
        let width = self.width();
        let rows = (0..axis + below).map(|y| {
            let own = row_at(self, y, axis);
            let theirs = row_at(right, y, axis);
            let between = if y == axis {
                gap.to_owned()
            } else {
                " ".repeat(gap.width())
            };
            format!("{}{between}{theirs}", padded(own, width, Align::Left))
        });
        self.rows = rows.collect();
        self.axis = axis;
    }

    /// One over the other. The axis is that of the first; [`Picture::on_axis`] moves it.
    pub(super) fn over(self, lower: Picture, align: Align) -> Self {
        let width = self.width().max(lower.width());
        let axis = self.axis;
        let mut rows = self.in_column(width, align).rows;
        rows.append(&mut lower.in_column(width, align).rows);
        Picture { rows, axis }
    }

    /// The picture in a column of the given width.
    pub(super) fn in_column(mut self, width: usize, align: Align) -> Self {
        let own = self.width();
        for row in &mut self.rows {
            // The rows move together: a fraction stays a fraction.
            *row = padded(&padded(row, own, Align::Left), width, align);
        }
        self
    }

    pub(super) fn into_rows(self) -> Vec<String> {
        self.rows
    }
}

fn row_at(picture: &Picture, y: usize, axis: usize) -> &str {
    let shift = axis - picture.axis;
    y.checked_sub(shift)
        .and_then(|y| picture.rows.get(y))
        .map_or("", String::as_str)
}

fn padded(text: &str, width: usize, align: Align) -> String {
    let missing = width.saturating_sub(text.width());
    let left = match align {
        Align::Left => 0,
        Align::Centre => missing / 2,
        Align::Right => missing,
    };
    format!("{}{text}{}", " ".repeat(left), " ".repeat(missing - left))
}

/// A bracket as tall as what it encloses.
pub(super) fn bracket(glyph: &str, height: usize) -> Option<Picture> {
    let (top, middle, bottom) = match glyph {
        "" => return None,
        "(" => ('⎛', '⎜', '⎝'),
        ")" => ('⎞', '⎟', '⎠'),
        "[" => ('⎡', '⎢', '⎣'),
        "]" => ('⎤', '⎥', '⎦'),
        "⌊" => ('⎢', '⎢', '⎣'),
        "⌋" => ('⎥', '⎥', '⎦'),
        "⌈" => ('⎡', '⎢', '⎢'),
        "⌉" => ('⎤', '⎥', '⎥'),
        "{" | "}" => return Some(brace(glyph == "{", height)),
        "⟨" | "⟩" => return Some(angle(glyph == "⟨", height)),
        "|" => ('│', '│', '│'),
        "‖" => ('║', '║', '║'),
        _ => return Some(Picture::line(glyph)),
    };
    let rows = (0..height).map(|y| match y {
        _ if height == 1 => glyph.to_owned(),
        0 => top.to_string(),
        y if y + 1 == height => bottom.to_string(),
        _ => middle.to_string(),
    });
    Some(Picture {
        rows: rows.collect(),
        axis: 0,
    })
}

fn brace(opens: bool, height: usize) -> Picture {
    let pick = |left: &'static str, right: &'static str| if opens { left } else { right };
    let rows = (0..height).map(|y| match y {
        _ if height == 1 => pick("{", "}"),
        0 if height == 2 => pick("⎰", "⎱"),
        _ if height == 2 => pick("⎱", "⎰"),
        0 => pick("⎧", "⎫"),
        y if y + 1 == height => pick("⎩", "⎭"),
        y if y == height / 2 => pick("⎨", "⎬"),
        _ => "⎪",
    });
    Picture {
        rows: rows.map(str::to_owned).collect(),
        axis: 0,
    }
}

fn angle(opens: bool, height: usize) -> Picture {
    if height == 1 {
        return Picture::line(if opens { "⟨" } else { "⟩" });
    }
    let half = height.div_ceil(2);
    let rows = (0..height).map(|y| {
        let upper = y < half;
        let depth = if upper {
            half - 1 - y
        } else {
            y + half - height
        };
        let indent = if opens { depth } else { half - 1 - depth };
        let stroke = if upper == opens { '╱' } else { '╲' };
        format!("{}{stroke}", " ".repeat(indent))
    });
    Picture {
        rows: rows.map(|row| padded(&row, half, Align::Left)).collect(),
        axis: 0,
    }
}
