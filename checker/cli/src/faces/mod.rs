//! What is drawn: one module a command or view. Nothing is compiled or judged here.
//!
//! A view writes into any [`std::io::Write`] and is told its width in columns. It always
//! writes its colours; whoever owns the terminal takes them out where they are not wanted.
//! No state is told by colour alone.

pub mod bench;
pub mod book;
pub mod check;
mod columns;
pub mod dev;
pub mod doctor;
mod fit;
pub mod hint;

pub mod list;
pub mod notes;
mod number;
mod page;
pub mod plot;
pub mod progress_bar;
pub mod report;
pub mod screen;
pub mod solution;
mod svg;
pub mod verdict;
pub mod watch;

pub(crate) use page::href;

#[cfg(test)]
pub(crate) mod drawn;
