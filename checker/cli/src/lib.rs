//! llmlings: building LLMs from first principles, a course that one does.
//!
//! Three rooms, each of which can be tested without the others: the [`course`] (`info.toml`,
//! files, progress), the [`runner`] (compile one exercise, run its check program, return a
//! typed verdict), and the faces that draw verdicts. Authors of exercises have a room of their
//! own beside them, the [`author`]'s, which is built on the first two.

pub mod author;
pub mod course;
pub mod faces;
pub mod runner;
