//! ndarray, with the generic code that exercises use most compiled once.
//!
//! Exercises name this crate `ndarray`. rustc shares instances of generic functions
//! between crates at opt-level 0 and 1; with [`warm`] here, an exercise that uses them
//! compiles in half the time and runs optimised code.

pub use ndarray::*;

#[doc(hidden)] // public, or the compiler finds it unused and compiles nothing
pub mod warm;
