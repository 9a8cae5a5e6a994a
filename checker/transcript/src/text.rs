//! Transcripts as text: the format of the recorded snapshots.
//!
//! ```text
//! # a row of a softmax sums to one        the check's name
//! s [2, 3] ±1e-12+1e-10                   name, shape, tolerance
//!   0.1 0.2 0.7                           one row a line, numbers in full
//!   0.3 0.3 0.4
//! word [] exact text                      texts are quoted
//!   "tale"
//! ? a property that did not hold
//! ! panicked "index out of bounds"        no such line: the check ran through
//! ```
//!
//! A session of several seeds puts a line `@ SEED` before each transcript.

use crate::{CheckRecord, End, Observation, Session, Tolerance, Transcript, Values};
use std::fmt::{self, Write as _};

/// A line that is not of the format.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "line {} of the transcript: {}", self.line, self.why)
    }
}

impl std::error::Error for ParseError {}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.checks
            .iter()
            .try_for_each(|check| write_check(f, check))
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (seed, transcript) in &self.runs {
            write!(f, "@ {seed}\n{transcript}")?;
        }
        Ok(())
    }
}

fn write_check(f: &mut fmt::Formatter, check: &CheckRecord) -> fmt::Result {
    writeln!(f, "# {}", check.name)?;
    for o in &check.observations {
        let text = matches!(o.values, Values::Texts(_));
        let text = if text { " text" } else { "" };
        writeln!(f, "{} {:?} {}{text}", o.name, o.shape, o.tolerance)?;
        write_rows(f, o)?;
    }
    for law in &check.broken {
        writeln!(f, "? {}", law.replace('\n', " "))?;
    }
    match &check.end {
        End::Done => Ok(()),
        End::Todo => writeln!(f, "! todo"),
        End::Unfinished => writeln!(f, "! unfinished"),
        End::Panicked(message) => writeln!(f, "! panicked {message:?}"),
    }
}

fn write_rows(f: &mut fmt::Formatter, o: &Observation) -> fmt::Result {
    let row = o.shape.last().copied().unwrap_or(1).max(1);
    let mut line = String::new();
    for i in 0..o.values.len() {
        line.push_str(if i % row == 0 { "  " } else { " " });
        match &o.values {
            Values::Numbers(numbers) => write!(line, "{}", Full(numbers[i]))?,
            Values::Texts(texts) => write!(line, "{:?}", texts[i])?,
        }
        if (i + 1) % row == 0 {
            writeln!(f, "{line}")?;
            line.clear();
        }
    }
    Ok(())
}

/// A number in full: what is read back is the same to the last bit. Whole numbers go without
/// `.0`, which a record of codes and counts would mostly consist of.
struct Full(f64);

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let whole = self.0.is_finite() && self.0 == self.0.trunc() && self.0.abs() < 1e15;
        match whole {
            true => write!(f, "{}", self.0),
            false => write!(f, "{:?}", self.0),
        }
    }
}

impl Transcript {
    /// Reads one transcript.
    ///
    /// # Errors
    /// Names the first line that is not of the format.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut session = Session::parse(&format!("@ 0\n{text}")).map_err(|mut e| {
            e.line -= 1;
            e
        })?;
        Ok(session.runs.pop().map(|(_, t)| t).unwrap_or_default())
    }

    /// Reads a snapshot file of insta: a header between two lines `---`, then the content.
    ///
    /// # Errors
    /// As for [`Transcript::parse`].
    pub fn parse_snapshot(file: &str) -> Result<Self, ParseError> {
        let file = file.replace("\r\n", "\n");
        let content = file.splitn(3, "---\n").nth(2).unwrap_or(&file);
        Self::parse(content)
    }
}

impl Session {
    /// Reads what [`Display`](fmt::Display) wrote.
    ///
    /// # Errors
    /// Names the first line that is not of the format.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut reader = Reader::default();
        for (i, line) in text.lines().enumerate() {
            reader
                .take(line)
                .map_err(|why| ParseError { line: i + 1, why })?;
        }
        let last = text.lines().count();
        reader
            .close_observation()
            .map_err(|why| ParseError { line: last, why })?;
        Ok(reader.session)
    }
}

/// An observation whose header was read and whose rows are still coming.
struct Open {
    name: String,
    shape: Vec<usize>,
    tolerance: Tolerance,
    values: Values,
}

#[derive(Default)]
struct Reader {
    session: Session,
    open: Option<Open>,
}

impl Reader {
    fn take(&mut self, line: &str) -> Result<(), String> {
        if let Some(row) = line.strip_prefix("  ") {
            let open = self.open.as_mut().ok_or("values without a name")?;
            return read_row(row, &mut open.values);
        }
        self.close_observation()?;
        if let Some(seed) = line.strip_prefix("@ ") {
            let seed = seed.parse().map_err(|_| "the seed is not a number")?;
            self.session.runs.push((seed, Transcript::default()));
        } else if let Some(name) = line.strip_prefix("# ") {
            let name = name.to_string();
            let end = End::Done;
            let record = CheckRecord {
                name,
                end,
                ..CheckRecord::default()
            };
            self.transcript()?.checks.push(record);
        } else if let Some(law) = line.strip_prefix("? ") {
            self.check()?.broken.push(law.into());
        } else if let Some(end) = line.strip_prefix("! ") {
            self.check()?.end = read_end(end).ok_or("an unknown end")?;
        } else if !line.trim().is_empty() {
            self.open = Some(read_header(line).ok_or("not `name [shape] tolerance`")?);
        }
        Ok(())
    }

    fn close_observation(&mut self) -> Result<(), String> {
        let Some(Open {
            name,
            shape,
            tolerance,
            values,
        }) = self.open.take()
        else {
            return Ok(());
        };
        let elements = shape
            .iter()
            .try_fold(1usize, |n, &axis| n.checked_mul(axis));
        if elements != Some(values.len()) {
            return Err(format!(
                "`{name}` has {} values, not {shape:?}",
                values.len()
            ));
        }
        let observation = Observation::new(&name, &shape, tolerance, values);
        self.check()?.observations.push(observation);
        Ok(())
    }

    fn transcript(&mut self) -> Result<&mut Transcript, String> {
        let last = self.session.runs.last_mut();
        last.map(|(_, t)| t).ok_or_else(|| "no seed yet".into())
    }

    fn check(&mut self) -> Result<&mut CheckRecord, String> {
        let last = self.transcript()?.checks.last_mut();
        last.ok_or_else(|| "no check yet".into())
    }
}

fn read_header(line: &str) -> Option<Open> {
    let (name, rest) = line.rsplit_once(" [")?;
    let (shape, tolerance) = rest.split_once("] ")?;
    let axes = shape.split(", ").filter(|axis| !axis.is_empty());
    let shape = axes.map(str::parse).collect::<Result<_, _>>().ok()?;
    let (tolerance, values) = match tolerance.strip_suffix(" text") {
        Some(tolerance) => (tolerance, Values::Texts(Vec::new())),
        None => (tolerance, Values::Numbers(Vec::new())),
    };
    Some(Open {
        name: name.into(),
        shape,
        tolerance: Tolerance::from_text(tolerance)?,
        values,
    })
}

fn read_row(row: &str, values: &mut Values) -> Result<(), String> {
    match values {
        Values::Numbers(numbers) => {
            for word in row.split(' ') {
                numbers.push(word.parse().map_err(|_| format!("{word:?} is no number"))?);
            }
        }
        Values::Texts(texts) => {
            let mut rest = row;
            while !rest.is_empty() {
                let (text, after) = read_quoted(rest).ok_or("a text without its quotes")?;
                texts.push(text);
                rest = after.strip_prefix(' ').unwrap_or(after);
            }
        }
    }
    Ok(())
}

fn read_end(text: &str) -> Option<End> {
    match text {
        "todo" => Some(End::Todo),
        "unfinished" => Some(End::Unfinished),
        _ => {
            let (message, rest) = read_quoted(text.strip_prefix("panicked ")?)?;
            rest.is_empty().then_some(End::Panicked(message))
        }
    }
}

/// Reads a text as `{:?}` writes it; returns it with what follows.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let body = text.strip_prefix('"')?;
    let mut out = String::new();
    let mut chars = body.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &body[at + 1..])),
            '\\' => out.push(match chars.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '0' => '\0',
                'u' => {
                    let digits: String = chars
                        .by_ref()
                        .skip(1)
                        .map(|(_, c)| c)
                        .take_while(|c| *c != '}')
                        .collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                }
                plain => plain,
            }),
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EXACT, T64};

    fn sample() -> Transcript {
        let texts = ["é", "a b", "\"\\\n", "\u{7f}\0"]
            .map(String::from)
            .to_vec();
        let mut t = Transcript::default();
        let first = t.check_mut("each row [0, 1] sums to one: #1");
        first.end = End::Done;
        first.observations = vec![
            Observation::numbers(
                "s",
                &[2, 2],
                T64,
                vec![0.1, f64::NAN, -1e-300, f64::INFINITY],
            ),
            Observation::numbers("none", &[0, 3], EXACT, vec![]),
            Observation::numbers("peak bytes", &[], Tolerance::AtMost(64.0), vec![16.0]),
            Observation::new("vocab", &[4], EXACT, Values::Texts(texts)),
        ];
        let second = t.check_mut("huge logits give no NaN");
        second.broken = vec!["rows sum to 1".into()];
        second.end = End::Panicked("index 3\nout of bounds".into());
        t.check_mut("the last").end = End::Todo;
        t
    }

    #[test]
    fn text_survives_a_round_trip() {
        let session = Session {
            runs: vec![(7, sample()), (8, Transcript::default()), (9, sample())],
        };
        let text = session.to_string();
        let read = Session::parse(&text).unwrap();
        // NaN is not equal to itself, so the texts are compared.
        assert_eq!(read.to_string(), text);
        assert_eq!(read.on(9).unwrap().checks.len(), 3);
    }

    #[test]
    fn a_snapshot_file_is_read_behind_its_header() {
        let file = format!(
            "---\r\nsource: x.rs\r\n---\r\n{}",
            "# a\nx [1] exact\n  3.0\n"
        );
        let t = Transcript::parse_snapshot(&file).unwrap();
        assert_eq!(t.check("a").unwrap().find("x").unwrap().values.show(0), "3");
    }

    #[test]
    fn what_is_not_of_the_format_is_refused_by_line() {
        for (text, line) in [
            ("x [1] exact\n  1.0\n", 2),
            ("# a\nx [2] exact\n  1.0\n", 3),
            ("# a\nx [18446744073709551615, 2] exact\n  1.0\n", 3),
            ("# a\nx [1] exact\n  one\n", 3),
            ("# a\nx [1] exact text\n  \"one\n", 3),
            ("# a\nx 1 exact\n", 2),
            ("# a\n! went home\n", 2),
            ("  1.0\n", 1),
        ] {
            let error = Transcript::parse(text).unwrap_err();
            assert_eq!(error.line, line, "{text:?}: {error}");
        }
    }

    #[test]
    fn no_truncated_or_mangled_text_panics() {
        let text = sample().to_string();
        for cut in (0..text.len()).filter(|&i| text.is_char_boundary(i)) {
            let _ = Transcript::parse(&text[..cut]);
            let _ = Transcript::parse(&format!("{}\u{0}{}", &text[..cut], &text[cut..]));
        }
    }
}
