//! From CubeCL's intermediate representation to the interpreter's bytecode.
//!
//! This folder is the only place that knows the IR. Operations are recognised by their name, so
//! that one which a later CubeCL renames is refused and never misread.

pub mod expression;
mod flatten;
pub mod kind;
mod lower;
pub mod program;
pub mod refusal;

pub use lower::Flattening;
