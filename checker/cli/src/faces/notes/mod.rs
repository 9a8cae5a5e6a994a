//! A stage's notes in a terminal: Markdown with LaTeX mathematics.

pub mod math;
