//! The notes of all stages as one book: pages that a browser shows without a network and
//! without a script.

mod links;
mod pages;
#[cfg(test)]
mod tests;

use crate::course::{Manifest, Stage};
use crate::faces::page::STYLE;
use crate::runner::Plot;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

pub use crate::faces::page::markdown::Unset;
pub use links::way;

/// The letters of formulas, so that they look the same everywhere.
const FONT: &[u8] = include_bytes!("../../../fonts/math.woff2");
const FONT_FACE: &str = "\
/* Letters of formulas: the same everywhere, also where there are none. */
@font-face {
  font-family: \"Llmlings Math\";
  src: url(\"math.woff2\") format(\"woff2\");
}

";
const FONT_LICENCE: &str = include_str!("../../../fonts/OFL.txt");

/// What a book is made of.
pub struct Book<'a> {
    /// The course in order.
    pub manifest: &'a Manifest,
    /// The notes of each stage, by its folder.
    pub notes: &'a HashMap<String, String>,
    /// Pictures of the references' runs, by exercise.
    pub plots: &'a HashMap<String, Vec<Plot>>,
    /// The way from the book's folder to the course's, as a URL.
    pub root: &'a str,
}

/// A file of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name in the book's folder.
    pub name: String,
    /// What is in it.
    pub contents: Cow<'static, [u8]>,
}

/// The formulas that cannot be set, with the notes in which they stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsettable(pub Vec<(String, Unset)>);

impl fmt::Display for Unsettable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.0.iter().map(|(file, unset)| {
            let formula: Vec<&str> = unset.formula.split_whitespace().collect();
            let formula = formula.join(" ");
            format!("{file}:{}: {formula}: {}", unset.line, unset.reason)
        });
        let lines: Vec<String> = lines.collect();
        write!(f, "formulas that cannot be set:\n{}", lines.join("\n"))
    }
}

impl std::error::Error for Unsettable {}

/// All files of a book.
///
/// # Errors
/// All formulas that cannot be set: none is left out in silence.
pub fn files(book: &Book<'_>) -> Result<Vec<File>, Unsettable> {
    let stages: Vec<&Stage> = stages(book.manifest).collect();
    let mut unset = Vec::new();
    let mut files = vec![pages::index(book)];
    for (at, stage) in stages.iter().enumerate() {
        let neighbours = pages::Neighbours {
            before: at.checked_sub(1).map(|at| stages[at]),
            after: stages.get(at + 1).copied(),
        };
        match pages::stage(book, stage, &neighbours) {
            Ok(page) => files.push(page),
            Err(faults) => {
                let notes = format!("exercises/{}/README.md", stage.folder);
                unset.extend(faults.into_iter().map(|fault| (notes.clone(), fault)));
            }
        }
    }
    if !unset.is_empty() {
        return Err(Unsettable(unset));
    }
    files.push(File::text("book.css", FONT_FACE.to_owned() + STYLE));
    files.push(File::text("math-font-licence.txt", FONT_LICENCE));
    files.push(File {
        name: "math.woff2".into(),
        contents: FONT.into(),
    });
    Ok(files)
}

impl File {
    fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            contents: text.into().into_bytes().into(),
        }
    }
}

fn stages(manifest: &Manifest) -> impl Iterator<Item = &Stage> {
    manifest.spirals.iter().flat_map(|spiral| &spiral.stages)
}
