//! What a check program tells llmlings: one JSON object a line.
//!
//! | event | told when | fields beside `event` |
//! |---|---|---|
//! | `start` | a seed begins | `seed`, `checks` |
//! | `begin` | a check begins | `check` |
//! | `given` | inputs are asked for, or a check failed on them | `check`, `name`, `shape`, `values` |
//! | `observe` | a transcript is emitted | `check`, `name`, `shape`, `tolerance`, `values` |
//! | `broken` | a property does not hold | `check`, `law` |
//! | `mismatch` | a value differs | `check`, `name`, `kind`, … |
//! | `number`, `plot` | there is something to look at | … |
//! | `end` | a check is over | `check`, `outcome`, `message`, `file`, `line` |
//! | `mistake` | a recorded mistake explains the failure | `name`, `lesson` |
//! | `memory` | the memory limit was met | |
//! | `fault` | the course is broken, not the answer | `message` |
//! | `finish` | every check was run, or the first failing one | `passed`, `failed` |

use crate::{Heat, Mismatch, Plot, Series};
use std::fmt::Write as _;
use transcript::{Difference, Observation, Values};

/// One line of the protocol, under construction.
pub(crate) struct Event(String);

impl Event {
    pub fn new(kind: &str) -> Self {
        Self(String::from("{")).text("event", kind)
    }

    /// An event about one check.
    pub fn of(kind: &str, check: &str) -> Self {
        Self::new(kind).text("check", check)
    }

    /// The finished line, with its newline.
    pub fn line(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }

    pub fn text(mut self, key: &str, text: &str) -> Self {
        self.key(key);
        write_text(&mut self.0, text);
        self
    }

    pub fn number(mut self, key: &str, x: f64) -> Self {
        self.key(key);
        write_number(&mut self.0, x);
        self
    }

    pub fn count(mut self, key: &str, n: u64) -> Self {
        self.key(key);
        let _ = write!(self.0, "{n}");
        self
    }

    pub fn flag(mut self, key: &str, flag: bool) -> Self {
        self.key(key);
        let _ = write!(self.0, "{flag}");
        self
    }

    pub fn numbers(mut self, key: &str, numbers: impl IntoIterator<Item = f64>) -> Self {
        self.key(key);
        write_list(&mut self.0, numbers, write_number);
        self
    }

    pub fn texts<'a>(mut self, key: &str, texts: impl IntoIterator<Item = &'a str>) -> Self {
        self.key(key);
        write_list(&mut self.0, texts, write_text);
        self
    }

    pub fn values(self, key: &str, values: &Values) -> Self {
        match values {
            Values::Numbers(numbers) => self.numbers(key, numbers.iter().copied()),
            Values::Texts(texts) => {
                let quoted = texts.iter().map(String::as_str);
                self.flag("text", true).texts(key, quoted)
            }
        }
    }

    pub fn shape(self, key: &str, shape: &[usize]) -> Self {
        self.numbers(key, shape.iter().map(|&n| n as f64))
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        write_text(&mut self.0, key);
        self.0.push(':');
    }
}

/// Inputs, and the two arrays of a mismatch, are told whole up to this many elements.
pub(crate) const WHOLE: usize = 16;

/// An observation, as `given` or `observe`.
pub(crate) fn observed(kind: &str, check: &str, o: &Observation) -> String {
    Event::of(kind, check)
        .text("name", &o.name)
        .shape("shape", &o.shape)
        .text("tolerance", &o.tolerance.to_string())
        .values("values", &o.values)
        .line()
}

pub(crate) fn mismatch(check: &str, m: &Mismatch) -> String {
    let event = Event::of("mismatch", check).text("name", &m.name);
    let event = match &m.difference {
        Difference::Missing => event.text("kind", "missing"),
        Difference::Kind { yours, expected } => event
            .text("kind", "kind")
            .text("yours", yours)
            .text("expected", expected),
        Difference::Shape { yours, expected } => event
            .text("kind", "shape")
            .shape("yours", yours)
            .shape("expected", expected),
        Difference::Elements {
            first,
            yours,
            expected,
            largest_error,
            wrong,
            total,
            separation,
        } => event
            .text("kind", "elements")
            .shape("first", first)
            .text("yours", yours)
            .text("expected", expected)
            .numbers("largest_error", *largest_error)
            .count("wrong", *wrong as u64)
            .count("total", *total as u64)
            .number("separation", *separation),
        Difference::Bound { yours, bound } => event
            .text("kind", "bound")
            .number("yours", *yours)
            .text("bound", &bound.to_string()),
        Difference::Judged(why) => event.text("kind", "judged").text("why", why),
    };
    whole(event, m).line()
}

fn whole(event: Event, m: &Mismatch) -> Event {
    let Some((yours, expected)) = &m.whole else {
        return event;
    };
    if yours.values.len().max(expected.values.len()) > WHOLE {
        return event;
    }
    let show = |o: &Observation| -> Vec<String> {
        (0..o.values.len()).map(|i| o.values.show(i)).collect()
    };
    event
        .shape("yours_shape", &yours.shape)
        .texts("yours_whole", show(yours).iter().map(String::as_str))
        .shape("expected_shape", &expected.shape)
        .texts("expected_whole", show(expected).iter().map(String::as_str))
}

pub(crate) fn plot(check: &str, plot: &Plot) -> String {
    let event = Event::of("plot", check);
    match plot {
        Plot::Series(series) => series_event(event, series),
        Plot::Heat(heat) => heat_event(event, heat),
    }
    .line()
}

fn heat_event(event: Event, heat: &Heat) -> Event {
    let labels = |labels: &'_ [String]| labels.to_vec();
    event
        .text("kind", "heat")
        .text("title", &heat.title)
        .text("row", &heat.rows.0)
        .texts("rows", labels(&heat.rows.1).iter().map(String::as_str))
        .text("column", &heat.columns.0)
        .texts(
            "columns",
            labels(&heat.columns.1).iter().map(String::as_str),
        )
        .numbers("values", heat.values.iter().copied())
}

fn series_event(event: Event, series: &Series) -> Event {
    let mut event = event
        .text("kind", "series")
        .text("title", &series.title)
        .text("x", &series.x)
        .text("y", &series.y)
        .flag("log_x", series.log_x)
        .flag("log_y", series.log_y);
    event.key("lines");
    write_list(&mut event.0, &series.lines, |out, line| {
        let points = |pick: fn(&(f64, f64)) -> f64| line.points.iter().map(pick);
        let json = Event(String::from("{"))
            .text("label", &line.label)
            .numbers("x", points(|p| p.0))
            .numbers("y", points(|p| p.1));
        out.push_str(&json.0);
        out.push('}');
    });
    event
}

fn write_list<T>(
    out: &mut String,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    out.push('[');
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// JSON knows no NaN and no infinity: they travel as texts.
fn write_number(out: &mut String, x: f64) {
    let _ = if x.is_finite() {
        write!(out, "{x:?}")
    } else {
        write!(out, "\"{x}\"")
    };
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_infinities_are_texts() {
        let line = Event::of("observe", "a \"law\"\n\u{1}")
            .numbers("values", [1.0, -0.5, f64::INFINITY, 1e-300])
            .line();
        assert_eq!(
            line,
            "{\"event\":\"observe\",\"check\":\"a \\\"law\\\"\\n\\u0001\",\
             \"values\":[1.0,-0.5,\"inf\",1e-300]}\n"
        );
    }
}
