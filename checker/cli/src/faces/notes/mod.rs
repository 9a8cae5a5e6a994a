//! A stage's notes in a terminal: Markdown with LaTeX mathematics.
//!
//! [`draw`] shows a document to a reader, whatever is in it. [`unrenderable`] tells an author
//! which formulas a reader would not see as mathematics, here or on GitHub.

mod blocks;
mod code;
mod document;
mod github;
pub mod math;
mod review;
mod tables;
mod words;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub(super) use code::RUST;
pub(super) use document::{DIALECT, bare};
pub use github::Trap;
pub use review::{Reason, Unrenderable, unrenderable};

/// Draws a document, `width` columns wide.
///
/// A formula that cannot be read is shown as its source. No line is wider than `width`,
/// whatever has to be broken for it, as long as `width` is 20 or more.
///
/// # Errors
/// Those of `out`.
///
/// # Examples
/// ```
/// let mut out = Vec::new();
/// llmlings::faces::notes::draw(r"The loss is $\frac{1}{n}\sum_i \ell_i$.", 40, &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "The loss is (1/n) ∑ᵢ ℓᵢ.\n");
/// # std::io::Result::Ok(())
/// ```
pub fn draw(markdown: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for line in blocks::lines(&document::read(markdown), width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
