//! Two small arrays, whole, with what differs between them marked.

use super::mismatch::INDENT;
use crate::faces::columns::cut;
use crate::faces::fit::{clean, columns, left, right};
use crate::faces::number::{digits_apart, even, told_apart};
use crate::runner::{Figure, Mismatch};
use colored::Colorize;
use std::io::{self, Write};
use transcript::Difference;

/// Columns between elements.
const GAP: usize = 2;

/// Digits that are shown where they suffice to tell what differs.
const LEAST_DIGITS: usize = 4;

/// Columns between two arrays.
const BETWEEN: usize = 4;

/// Columns of the names before two vectors.
const NAME: usize = 9;

/// Vectors in more pieces cannot be compared by eye.
const MOST_PIECES: usize = 3;

/// Elements of a list that takes the place of arrays which are too wide.
const MOST_LISTED: usize = 8;

/// An array as rows of texts of equal width.
struct Table {
    name: &'static str,
    rows: Vec<Vec<Cell>>,
    /// Rows of a matrix; an array of more axes is several of them, one below the other.
    block: usize,
    /// Columns of the marks around an element; none where nothing is marked.
    marks: usize,
    /// Columns of an element with its marks.
    cell: usize,
}

#[derive(Clone)]
struct Cell {
    text: String,
    differs: bool,
}

/// Draws both arrays if the mismatch has them and one element alone does not say it all;
/// tells whether anything in them is marked.
pub(super) fn draw(mismatch: &Mismatch, width: usize, out: &mut dyn Write) -> io::Result<bool> {
    let Some((yours, expected)) = &mismatch.whole else {
        return Ok(false);
    };
    if yours.elements.len().max(expected.elements.len()) < 2 {
        return Ok(false);
    }
    let wrong = differing(mismatch, yours, expected);
    let any = wrong.contains(&true);
    let [mine, reference] = tables(yours, expected, &wrong);
    let room = width - INDENT - 2;
    let vectors = mine.rows.len().max(reference.rows.len()) <= 1;
    let mut drawn = Vec::new();
    if vectors && mine.pieces(&reference, room) <= MOST_PIECES {
        strips(&mine, &reference, room, &mut drawn)?;
    } else if mine.width() + BETWEEN + reference.width() <= room {
        beside(&mine, &reference, &mut drawn)?;
    } else if mine.width().max(reference.width()) <= room {
        below(&mine, &reference, &mut drawn)?;
    } else if any {
        writeln!(out)?;
        listed(yours, expected, &wrong, room, out)?;
        return Ok(false);
    } else {
        return Ok(false);
    }
    writeln!(out)?;
    out.write_all(&drawn)?;
    Ok(any)
}

/// Which elements differ. The tolerance does not travel with a mismatch, but how many
/// elements are wrong, and the first of them: they are those with the largest errors.
fn differing(mismatch: &Mismatch, yours: &Figure, expected: &Figure) -> Vec<bool> {
    let mut marked = vec![false; yours.elements.len()];
    let Difference::Elements { wrong, first, .. } = &mismatch.difference else {
        return marked;
    };
    if yours.shape != expected.shape || marked.len() != expected.elements.len() {
        return marked;
    }
    let axes = first.iter().zip(&expected.shape);
    let first = axes.fold(0, |flat, (index, axis)| flat * axis + index);
    let error = |i: usize| {
        let numbers = [&yours.elements[i], &expected.elements[i]].map(|t| t.parse::<f64>());
        let [Ok(x), Ok(y)] = numbers else {
            return f64::INFINITY;
        };
        let error = (x - y).abs();
        if error.is_nan() { f64::INFINITY } else { error }
    };
    let unlike = |&i: &usize| yours.elements[i] != expected.elements[i];
    let mut candidates: Vec<usize> = (first..marked.len()).filter(unlike).collect();
    candidates.sort_by(|&a, &b| {
        (b == first)
            .cmp(&(a == first))
            .then(error(b).total_cmp(&error(a)))
    });
    candidates
        .iter()
        .take(*wrong)
        .for_each(|&i| marked[i] = true);
    marked
}

fn tables(yours: &Figure, expected: &Figure, wrong: &[bool]) -> [Table; 2] {
    let number = |text: &String| text.parse::<f64>().ok();
    let all = || yours.elements.iter().chain(&expected.elements);
    let mut texts: Vec<String> = all().map(|text| clean(text)).collect();
    if let Some(numbers) = all().map(number).collect::<Option<Vec<f64>>>() {
        let (mine, reference) = numbers.split_at(yours.elements.len());
        let pairs = mine.iter().zip(reference).zip(wrong);
        let pairs = pairs
            .filter(|(_, wrong)| **wrong)
            .map(|((x, y), _)| (*x, *y));
        let digits = digits_apart(LEAST_DIGITS, &pairs.collect::<Vec<_>>());
        texts = even(&numbers, digits);
    }
    let marks = if wrong.contains(&true) { 2 } else { 0 };
    let cell = texts.iter().map(|text| columns(text)).max().unwrap_or(0) + marks;
    let (mine, reference) = texts.split_at(yours.elements.len());
    [("yours", mine, yours), ("expected", reference, expected)].map(|(name, texts, figure)| {
        let across = figure.shape.last().copied().unwrap_or(1).max(1);
        let differs = |i: usize| wrong.get(i).copied().unwrap_or(false);
        let cells = texts.iter().enumerate().map(|(i, text)| Cell {
            text: text.clone(),
            differs: differs(i),
        });
        let cells: Vec<Cell> = cells.collect();
        let rows = cells.chunks(across).map(<[Cell]>::to_vec).collect();
        Table {
            name,
            rows,
            block: block(&figure.shape),
            marks,
            cell,
        }
    })
}

fn block(shape: &[usize]) -> usize {
    match shape {
        [_, .., rows, _] => (*rows).max(1),
        _ => usize::MAX,
    }
}

impl Table {
    fn across(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// How many elements stand beside one another after a vector's name.
    fn fit(&self, room: usize) -> usize {
        ((room.saturating_sub(NAME) + GAP) / (self.cell + GAP)).max(1)
    }

    /// In how many pieces two vectors are shown.
    fn pieces(&self, other: &Self, room: usize) -> usize {
        if NAME + self.cell > room {
            return usize::MAX;
        }
        self.across().max(other.across()).div_ceil(self.fit(room))
    }

    fn width(&self) -> usize {
        let across = self.across();
        let cells = across * (self.cell + GAP);
        cells.saturating_sub(GAP).max(columns(self.name) + 1)
    }

    /// Some elements of a row, right-aligned, those that differ between ‹ and ›.
    fn row(&self, cells: &[Cell]) -> String {
        let cells = cells.iter().map(|cell| {
            if !cell.differs {
                let text = left(&cell.text, columns(&cell.text) + self.marks / 2);
                return right(&text, self.cell);
            }
            let text = format!("‹{}›", cell.text);
            let space = " ".repeat(self.cell.saturating_sub(columns(&text)));
            let text = match self.name {
                "yours" => text.red().bold(),
                _ => text.green().bold(),
            };
            format!("{space}{text}")
        });
        let cells: Vec<String> = cells.collect();
        cells.join(&" ".repeat(GAP))
    }
}

fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{:1$}{2}", "", INDENT + 2, text.trim_end())
}

/// Vectors: one below the other, element under element, in as many pieces as it takes.
fn strips(mine: &Table, reference: &Table, room: usize, out: &mut dyn Write) -> io::Result<()> {
    let fit = mine.fit(room);
    let length = mine.across().max(reference.across());
    for start in (0..length).step_by(fit) {
        if start > 0 {
            writeln!(out)?;
        }
        for table in [mine, reference] {
            let cells = table.rows.first().map_or(&[][..], Vec::as_slice);
            let piece = &cells[start.min(cells.len())..(start + fit).min(cells.len())];
            let text = match cells.is_empty() {
                true => " (empty)".into(),
                false => table.row(piece),
            };
            line(out, &format!("{}{text}", left(table.name, NAME).dimmed()))?;
        }
    }
    Ok(())
}

fn beside(mine: &Table, reference: &Table, out: &mut dyn Write) -> io::Result<()> {
    let gap = " ".repeat(BETWEEN);
    let width = mine.width();
    let heading = format!(" {}{gap} {}", left(mine.name, width - 1), reference.name);
    line(out, &heading.dimmed().to_string())?;
    for row in 0..mine.rows.len().max(reference.rows.len()) {
        if row > 0 && row % mine.block.min(reference.block) == 0 {
            writeln!(out)?;
        }
        let text = |table: &Table| match table.rows.get(row) {
            Some(cells) => table.row(cells),
            None => String::new(),
        };
        let mut left_half = text(mine);
        let used = mine
            .rows
            .get(row)
            .map_or(0, |_| mine.across() * (mine.cell + GAP) - GAP);
        left_half.push_str(&" ".repeat(width.saturating_sub(used)));
        line(out, &format!("{left_half}{gap}{}", text(reference)))?;
    }
    Ok(())
}

fn below(mine: &Table, reference: &Table, out: &mut dyn Write) -> io::Result<()> {
    for table in [mine, reference] {
        line(out, &format!(" {}", table.name.dimmed()))?;
        for (i, row) in table.rows.iter().enumerate() {
            if i > 0 && i % table.block == 0 {
                writeln!(out)?;
            }
            line(out, &table.row(row))?;
        }
    }
    Ok(())
}

/// Arrays that are too wide for a picture: the elements that differ, one a line.
fn listed(
    yours: &Figure,
    expected: &Figure,
    wrong: &[bool],
    room: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shape = &expected.shape;
    let wrong: Vec<usize> = (0..wrong.len()).filter(|&i| wrong[i]).collect();
    let shown = wrong.iter().take(MOST_LISTED).map(|&i| {
        let (yours, expected) = told_apart(&yours.elements[i], &expected.elements[i]);
        let index = format!("{:?}", position(shape, i));
        [index, clean(&yours), clean(&expected)]
    });
    let heading = ["", "yours", "expected"].map(String::from);
    let rows: Vec<[String; 3]> = std::iter::once(heading).chain(shown).collect();
    let widest = |column: usize| rows.iter().map(|row| columns(&row[column])).max();
    let [first, mine, reference] = [0, 1, 2].map(|column| widest(column).unwrap_or(0));
    let half = room.saturating_sub(first + 4) / 2;
    let (mine, reference) = (mine.min(half), reference.min(half));
    for (i, [index, yours, expected]) in rows.iter().enumerate() {
        let yours = right(&cut(yours, mine), mine);
        let expected = right(&cut(expected, reference), reference);
        let text = format!("{}  {yours}  {expected}", left(index, first));
        let text = if i == 0 { text.dimmed() } else { text.normal() };
        line(out, &text.to_string())?;
    }
    match wrong.len().saturating_sub(MOST_LISTED) {
        0 => Ok(()),
        n => line(out, &format!("… {n} more").dimmed().to_string()),
    }
}

/// The index along each axis of a row-major position.
fn position(shape: &[usize], mut flat: usize) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for (place, &axis) in index.iter_mut().zip(shape).rev() {
        *place = flat % axis.max(1);
        flat /= axis.max(1);
    }
    index
}
