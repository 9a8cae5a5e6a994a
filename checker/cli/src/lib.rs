//! llmlings: building LLMs from first principles, a course that one does.
//!
//! Three rooms, each of which can be tested without the others: the [`course`] (`info.toml`,
//! files, progress), the [`runner`] (compile one exercise, run its check program, return a
//! typed verdict), and the [`faces`] that draw. A [`workbook`] is where they meet, and
//! [`commands`] is what the command line asks for. Authors of exercises have a room of their
//! own, the [`author`]'s, which is built on the first two.

pub mod args;
pub mod author;
pub mod checking;
pub mod commands;
pub mod course;
pub mod devices;
pub mod exit;
pub mod faces;
pub mod runner;
mod side_by_side;
pub mod workbook;
