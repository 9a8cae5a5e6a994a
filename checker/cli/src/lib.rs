//! llmlings: a course that one does instead of reads.

pub mod faces;
