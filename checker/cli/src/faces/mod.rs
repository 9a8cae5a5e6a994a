//! What a person sees: one module for each command or view.
//!
//! A view renders into a writer and always writes colours; the stream strips them where
//! they are unwanted, so nothing may be told by colour alone.

mod fit;
mod number;
pub mod plot;
pub mod verdict;
