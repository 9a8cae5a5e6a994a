//! The llmlings program, in rooms that can be tested apart: the course as data, the
//! runner that compiles and judges, the faces that draw.

pub mod course;
pub mod faces;
