//! Pictures of the learner's own run, drawn with characters.
//!
//! Lines are told apart by their marks and by where their labels stand, shades by their
//! characters: colour only repeats what is there without it.

pub(in crate::faces) mod axis;
mod canvas;
pub(in crate::faces) mod heat;
mod series;
#[cfg(test)]
mod tests;

use super::fit::paragraph;
use crate::runner::Plot;
use colored::Colorize;
use std::io::{self, Write};

/// Narrower than this nothing can be drawn: lines are as long as here instead.
const NARROWEST: usize = 24;

/// Draws a picture under its title, at most `width` columns wide (or 24, if that is
/// more). Values that have no place (NaN, infinite, or not positive on a logarithmic axis)
/// are counted in a note below.
///
/// # Errors
/// If `out` cannot be written to.
pub fn draw(plot: &Plot, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let width = width.max(NARROWEST);
    let title = match plot {
        Plot::Series(series) => &series.title,
        Plot::Heat(heat) => &heat.title,
    };
    paragraph(out, width, 0, title, |line| line.bold())?;
    match plot {
        Plot::Series(series) => series::draw(series, width, out),
        Plot::Heat(heat) => heat::draw(heat, width, out),
    }
}

/// A remark below a picture.
fn note(out: &mut dyn Write, width: usize, text: &str) -> io::Result<()> {
    paragraph(out, width, 0, text, |line| line.dimmed())
}
